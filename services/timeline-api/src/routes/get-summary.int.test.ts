import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { json, startApi, type TestApi } from '../testing/api.ts'
import { type Fixture, insertConnection, insertLine, insertMember } from '../testing/lines.ts'
import { getSummary } from './get-summary.ts'

type Counts = { default: number; task: number; meeting: number }
type Summary = { from: string; to: string; buckets: { start: string; lines: Counts }[]; total: Counts }

let api: TestApi
let northwind: Fixture

beforeAll(async () => {
  api = await startApi()
  northwind = await insertConnection(api.database, 'northwind')
  await insertMember(api.database, northwind, { id: 'ada' })
  await insertMember(api.database, northwind, { id: 'mary', user: false })
  const add = (occurredAt: string, category = 'default', memberId = 'ada') =>
    insertLine(api.database.pool, northwind, { memberId, occurredAt, category, feature: category === 'task' ? 'tasks' : 'crm' })
  await add('2026-11-23T22:30:00.000Z')
  await add('2026-11-23T23:30:00.000Z')
  await add('2026-11-24T10:00:00.000Z', 'task')
  await add('2026-11-24T10:59:59.999Z', 'meeting')
  await add('2026-11-24T11:00:00.000Z')
  await add('2026-11-24T10:00:00.000Z', 'default', 'mary')
  // The hour that comes twice when summer time ends in Berlin.
  await add('2026-10-25T00:30:00.000Z')
  await add('2026-10-25T01:30:00.000Z')
})
afterAll(() => api.close())

const ask = async (query: Record<string, string>, org = 'northwind') =>
  await json<Summary & { errors?: { path: string; message: string }[] }>(
    await api.call(`/v1/timeline/summary?${new URLSearchParams(query)}`, { org }),
  )
const lines = ({ default: others, task, meeting }: Counts) => [others, task, meeting]
const picture = (summary: Summary) => summary.buckets.map(bucket => [bucket.start, ...lines(bucket.lines)])

describe('the summary', () => {
  test('counts visible lines by day and category, days without lines too', async () => {
    const summary = await ask({ from: '2026-11-22', to: '2026-11-24', time_zone: 'UTC' })
    expect(getSummary.reply.schema?.parse(summary)).toEqual(summary)
    expect([summary.from, summary.to]).toEqual(['2026-11-22T00:00:00.000Z', '2026-11-25T00:00:00.000Z'])
    expect(picture(summary)).toEqual([
      ['2026-11-22T00:00:00.000Z', 0, 0, 0],
      ['2026-11-23T00:00:00.000Z', 2, 0, 0],
      ['2026-11-24T00:00:00.000Z', 1, 1, 1],
    ])
    expect(lines(summary.total)).toEqual([3, 1, 1])
  })

  test('takes its days from the time zone', async () => {
    const summary = await ask({ from: '2026-11-23', to: '2026-11-24', time_zone: 'Europe/Berlin' })
    expect(picture(summary)).toEqual([
      ['2026-11-22T23:00:00.000Z', 1, 0, 0],
      ['2026-11-23T23:00:00.000Z', 2, 1, 1],
    ])
  })

  test('counts by hour, and keeps apart the two hours that summer time’s end makes of one', async () => {
    const hours = await ask({ interval: 'hour', from: '2026-11-24T09:30:00Z', to: '2026-11-24T11:30:00Z' })
    expect(picture(hours)).toEqual([
      ['2026-11-24T09:00:00.000Z', 0, 0, 0],
      ['2026-11-24T10:00:00.000Z', 0, 1, 1],
      ['2026-11-24T11:00:00.000Z', 1, 0, 0],
    ])
    const night = await ask({ interval: 'hour', from: '2026-10-25', to: '2026-10-25', time_zone: 'Europe/Berlin' })
    expect(night.buckets).toHaveLength(25)
    expect(picture(night).filter(([, count]) => count !== 0)).toEqual([
      ['2026-10-25T00:00:00.000Z', 1, 0, 0],
      ['2026-10-25T01:00:00.000Z', 1, 0, 0],
    ])
  })

  test('has hours that begin where the clock of the zone says, also where that is not at the full hour of UTC', async () => {
    const summary = await ask({ interval: 'hour', from: '2026-11-24T10:00:00Z', to: '2026-11-24T11:00:00Z', time_zone: 'Asia/Kolkata' })
    expect(picture(summary)).toEqual([
      ['2026-11-24T09:30:00.000Z', 0, 1, 0],
      ['2026-11-24T10:30:00.000Z', 0, 0, 1],
    ])
  })

  test('counts a day that lacks an hour, and a midnight that does not exist, once', async () => {
    // Summer time began in São Paulo at midnight of 4 November 2018.
    const summary = await ask({ from: '2018-11-03', to: '2018-11-05', time_zone: 'America/Sao_Paulo' })
    expect(summary.buckets.map(bucket => bucket.start)).toEqual([
      '2018-11-03T03:00:00.000Z',
      '2018-11-04T03:00:00.000Z',
      '2018-11-05T02:00:00.000Z',
    ])
  })

  test('is of the last 30 days, today among them, where nothing else is said', async () => {
    const { buckets, from } = await ask({ time_zone: 'Europe/Berlin' })
    expect(buckets).toHaveLength(30)
    expect(buckets[0]?.start).toBe(from)
  })

  test('obeys the filters of the list, and shows nothing of others', async () => {
    const range = { from: '2026-11-24', to: '2026-11-24', time_zone: 'UTC' }
    expect(lines((await ask({ ...range, category: 'task,meeting' })).total)).toEqual([0, 1, 1])
    expect(lines((await ask({ ...range, feature: 'tasks' })).total)).toEqual([0, 1, 0])
    expect(lines((await ask(range, 'globex')).total)).toEqual([0, 0, 0])
  })

  test.each<[Record<string, string>, string]>([
    [{ from: '2026-11-24', to: '2026-11-23' }, 'is not before the end'],
    [{ from: '2024-11-24', to: '2026-11-23' }, 'more than 400 intervals'],
    [{ from: '2026-11-01', to: '2026-11-23', interval: 'hour' }, 'or interval=day'],
  ])('refuses %j and says what to do', async (query, message) => {
    expect((await ask(query)).errors).toEqual([{ path: 'query.from', message: expect.stringContaining(message) }])
  })
})
