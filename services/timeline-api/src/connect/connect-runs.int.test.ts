import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startApiWithAttio, type TestAttio } from '../testing/attio.ts'

let attio: TestAttio

beforeAll(async () => {
  attio = await startApiWithAttio()
}, 60_000)
afterAll(() => attio.close())

test('a workspace that is being ended is not connected again, as whoever ends it would end that too; once it has ended it is', async () => {
  const { connected } = await attio.connect()
  const before = await attio.storedWebhooks(connected ?? '')
  await attio.api.call(`/v1/integrations/attio/connections/${connected}`, { role: 'admin' }, { method: 'DELETE' })
  expect((await attio.connect()).error).toBe('workspace_ending')
  expect(await attio.storedWebhooks(connected ?? '')).toEqual(before)
  await attio.api.database.pool.query(`update run set state = 'done', due_at = null where connection_id = $1`, [connected])
  expect((await attio.connect()).connected).toBe(connected)
})

test('a workspace that is connected again is refreshed, so that names are found that the token before could not read; a new one needs none', async () => {
  const { connected } = await attio.connect('globex')
  const runs = async () => (await attio.api.database.pool.query('select kind, state from run where connection_id = $1', [connected])).rows
  expect(await runs()).toEqual([])
  attio.api.hints.length = 0
  await attio.connect('globex')
  expect(await runs()).toEqual([{ kind: 'refresh', state: 'waiting' }])
  expect(attio.api.hints).toEqual([`runs ${connected}`])
})
