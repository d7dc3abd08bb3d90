import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { v7 as uuid } from 'uuid'
import { json, startApi, type TestApi } from '../testing/api.ts'
import { type Fixture, insertConnection, insertEvent, insertLine, insertMember } from '../testing/lines.ts'
import { getActivity } from './get-activity.ts'

type Line = {
  id: string
  redirected_from: string | null
  events: { id: string; type: string; attribute: { id: string; title: string } | null }[]
}

let api: TestApi
let northwind: Fixture
let globex: Fixture

const read = async (id: string, org = 'northwind') => {
  const response = await api.call(`/v1/timeline/${id}`, { org })
  return { status: response.status, line: await json<Line>(response) }
}

beforeAll(async () => {
  api = await startApi()
  northwind = await insertConnection(api.database, 'northwind')
  globex = await insertConnection(api.database, 'globex')
  await insertMember(api.database, northwind, { id: 'ada' })
  await insertMember(api.database, northwind, { id: 'mary', user: false })
  await insertMember(api.database, globex, { id: 'hedy' })
})
afterAll(() => api.close())

describe('one line', () => {
  test('comes with its events in the order they happened, whatever order they arrived in', async () => {
    const activityId = await insertLine(api.database.pool, northwind, { memberId: 'ada' })
    const of = { activityId, type: 'record.updated' }
    const later = await insertEvent(api.database, northwind, { ...of, happenedAt: '2026-11-24T09:05:00.000Z' })
    const earlier = await insertEvent(api.database, northwind, {
      ...{ ...of, happenedAt: '2026-11-24T09:00:00.000Z' },
      attribute: { id: 'stage', name: 'Stage' },
    })
    const { status, line } = await read(activityId)
    expect(status).toBe(200)
    expect(line.events.map(event => event.id)).toEqual([earlier, later])
    expect(line.events.map(event => event.attribute)).toEqual([{ id: 'stage', title: 'Stage' }, null])
    expect(line.redirected_from).toBeNull()
    expect(getActivity.reply.schema?.parse(line)).toEqual(line)
  })

  test('is found by the id of a line it absorbed, also by way of another absorbed line', async () => {
    const id = await insertLine(api.database.pool, northwind, { memberId: 'ada' })
    const [first, middle] = [uuid(), uuid()]
    await api.database.pool.query('insert into activity_alias (id, organization_id, activity_id) values ($1, $3, $2), ($2, $3, $4)', [
      ...[first, middle],
      ...[northwind.organizationId, id],
    ])
    const { status, line } = await read(first)
    expect([status, line.id, line.redirected_from]).toEqual([200, id, first])
  })

  test('of another organisation, of a hidden member, or of nowhere is not found, and neither is told from the other', async () => {
    const foreign = await insertLine(api.database.pool, globex, { memberId: 'hedy' })
    const hidden = await insertLine(api.database.pool, northwind, { memberId: 'mary' })
    const alias = uuid()
    await api.database.pool.query('insert into activity_alias (id, organization_id, activity_id) values ($1, $2, $3)', [
      ...[alias, globex.organizationId, foreign],
    ])
    expect((await read(foreign, 'globex')).status).toBe(200)
    const answers = await Promise.all([foreign, hidden, alias, uuid()].map(id => read(id)))
    expect(answers.map(answer => answer.status)).toEqual([404, 404, 404, 404])
    expect(new Set(answers.map(({ line }) => JSON.stringify({ ...line, request_id: '' }))).size).toBe(1)
  })
})
