import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createApiClient, type TimelineStreamEvent } from '@worksights/api-client'
import { startApi, type TestApi, until } from './testing/api.ts'
import { type Fixture, insertConnection, insertLine, insertMember } from './testing/lines.ts'

/*
 * The typed client with the API it was made from. What the API does not do on purpose is tested in packages/api-client.
 */

let api: TestApi
let northwind: Fixture

beforeAll(async () => {
  api = await startApi()
  northwind = await insertConnection(api.database, 'northwind')
  await insertMember(api.database, northwind, { id: 'ada', name: 'Ada' })
  for (let n = 0; n < 25; n += 1) {
    await insertLine(api.database.pool, northwind, { memberId: 'ada', title: `Line ${n}`, occurredAt: `2026-11-24T09:00:${10 + n}.000Z` })
  }
})
afterAll(() => api.close())

const clientFor = (claims: Record<string, unknown> = {}, options?: { lifetime?: number }) =>
  createApiClient({ baseUrl: api.url, getToken: () => api.issuer.token(claims, options) })

test('calls give data of the documented shape, or a problem', async () => {
  const { data } = await clientFor().GET('/v1/me')
  expect(data).toMatchObject({ organization: { external_id: 'northwind' }, role: 'member', user: { name: 'Ada Lovelace' } })
  const { error, response } = await clientFor().GET('/v1/timeline/{id}', {
    params: { path: { id: '0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10' } },
  })
  expect([response.status, error?.code]).toEqual([404, 'not_found'])
})

test('an expired token is replaced without the caller’s notice', async () => {
  const client = createApiClient({ baseUrl: api.url, getToken: ({ refused }) => api.issuer.token({}, { lifetime: refused ? 600 : -60 }) })
  expect((await client.GET('/v1/me')).data?.role).toBe('member')
})

test('pages are the whole list, with every filter understood', async () => {
  const titles: string[] = []
  const query = { limit: 10, kind: ['record.created' as const], from: '2026-11-24', time_zone: 'UTC' }
  for await (const page of clientFor().pages('/v1/timeline', { params: { query } })) titles.push(...page.data.map(line => line.title))
  expect(titles).toEqual(Array.from({ length: 25 }, (_, n) => `Line ${24 - n}`))
})

test('the stream brings what is new from the page on, through an end of the server’s streams and of tokens, each line once as it is', async () => {
  const client = clientFor({}, { lifetime: 3 })
  const page = await client.GET('/v1/timeline', { params: { query: { category: ['task'] } } })
  const task = (title: string) => insertLine(api.database.pool, northwind, { memberId: 'ada', title, category: 'task', feature: 'tasks' })
  await task('Before the stream is open')
  const over = new AbortController()
  const events: TimelineStreamEvent[] = []
  const states: string[] = []
  const following = client.streamTimeline({
    ...{ cursor: page.data?.stream_cursor ?? '', filters: { category: ['task'] }, signal: over.signal, pauseMs: 10 },
    onEvent: event => events.push(event),
    onState: state => states.push(state),
  })
  const shown = () => events.map(event => (event.type === 'activity' ? event.line.title : event.type))
  await until(() => shown().length === 1)
  // The token ends, and with it the connection.
  await until(() => states.includes('waiting'))
  await task('While it was away')
  await insertLine(api.database.pool, northwind, { memberId: 'ada', title: 'Of another category' })
  await until(() => shown().includes('While it was away'))
  over.abort()
  await following
  expect(shown().filter(title => title !== 'removed')).toEqual(['Before the stream is open', 'While it was away'])
})

test('a stream from a place nobody knows any more begins with a reset', async () => {
  const over = new AbortController()
  const events: TimelineStreamEvent[] = []
  await clientFor().streamTimeline({
    ...{ cursor: '1.1.1000', signal: over.signal },
    onEvent(event) {
      events.push(event)
      over.abort()
    },
  })
  expect(events).toEqual([{ type: 'reset' }])
})

test('a stream with filters the API refuses ends with its problem', async () => {
  const following = clientFor().streamTimeline({
    ...{ filters: { from: '2026-11-24' }, signal: new AbortController().signal },
    onEvent: () => undefined,
  })
  await expect(following).rejects.toMatchObject({ problem: { code: 'invalid_request', errors: [{ path: 'query.from' }] } })
})
