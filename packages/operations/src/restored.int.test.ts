import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createKeyRing } from '@worksights/runtime'
import { type Bench, key, openBench, type TestConnection } from './testing/bench.ts'

let bench: Bench
let connection: TestConnection
let ended: TestConnection
beforeAll(async () => {
  bench = await openBench()
  connection = await bench.connect(createKeyRing(key('key1', 1)))
  ended = await bench.connect(createKeyRing(key('key1', 1)))
  await bench.database.pool.query(`update connection set state = 'disconnected' where id = $1`, [ended.id])
})
afterAll(() => bench.close())

const times = ['--from', '2026-11-29T02:00:00Z', '--to', '2026-11-29T10:30:00+01:00']

test('restored notes the lost time in every living connection, once however often it is told, and has each looked at anew', async () => {
  for (let told = 0; told < 2; told += 1) {
    const { exitCode, out } = await bench.run(['restored', ...times])
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: 'The timelines of 1 connection say that what was delivered from 2026-11-29T02:00:00.000Z to 2026-11-29T09:30:00.000Z is lost; each is checked within a minute.\n',
    })
  }
  const { rows } = await bench.database.pool.query(
    `select g.connection_id as connection, g.organization_id as organization, purpose, reason, started_at as from, ended_at as to,
       c.check_due_at <= now() and c.sync_due_at <= now() as due
     from delivery_gap g join connection c on c.id = g.connection_id order by purpose`,
  )
  const gap = {
    ...{ connection: connection.id, organization: connection.organizationId, reason: 'database_restored', due: true },
    ...{ from: new Date('2026-11-29T02:00:00Z'), to: new Date('2026-11-29T09:30:00Z') },
  }
  expect(rows).toEqual([
    { ...gap, purpose: 'other' },
    { ...gap, purpose: 'records' },
  ])
})

test('restored refuses a time that ends before it begins', async () => {
  const { exitCode, err } = await bench.run(['restored', '--from', '2026-11-29T02:00:00Z', '--to', '2026-11-29T01:00:00Z'])
  expect({ exitCode, err }).toEqual({ exitCode: 2, err: '--from must be before --to.\n' })
})
