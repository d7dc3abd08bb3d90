import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { v7 as uuid } from 'uuid'
import { json, startApi, type TestApi, until } from '../testing/api.ts'
import { type Fixture, insertConnection, insertLine, insertMember, noteChange } from '../testing/lines.ts'
import { readStream, type StreamReader } from '../testing/read-stream.ts'

type Page = { data: { id: string }[]; stream_cursor: string }

let api: TestApi
let northwind: Fixture
let globex: Fixture
const readers: StreamReader[] = []

/** Opens a stream that is live: what is written from here on is seen. */
async function open(
  query: Record<string, string> = {},
  options: { org?: string; lastEventId?: string; lifetime?: number } = {},
): Promise<StreamReader> {
  const abort = new AbortController()
  const now = Math.floor(Date.now() / 1000)
  const response = await api.call(
    `/v1/timeline/stream?${new URLSearchParams(query)}`,
    { org: options.org ?? 'northwind', exp: now + (options.lifetime ?? 600) },
    { signal: abort.signal, headers: options.lastEventId === undefined ? {} : { 'last-event-id': options.lastEventId } },
  )
  const reader = readStream(response, abort)
  readers.push(reader)
  if (!query.cursor && options.lastEventId === undefined) await until(() => reader.lastId())
  return reader
}

async function cursorNow(): Promise<string> {
  return (await json<Page>(await api.call('/v1/timeline?limit=1'))).stream_cursor
}

const insert = (title: string, memberId = 'ada') => insertLine(api.database.pool, northwind, { memberId, title })

beforeAll(async () => {
  api = await startApi()
  northwind = await insertConnection(api.database, 'northwind')
  globex = await insertConnection(api.database, 'globex')
  await insertMember(api.database, northwind, { id: 'ada' })
  await insertMember(api.database, northwind, { id: 'mary', user: false })
  await insertMember(api.database, globex, { id: 'hedy' })
})
afterAll(async () => {
  for (const reader of readers) reader.leave()
  await api.close()
})

describe('the stream', () => {
  test('brings a new line as the list has it, and is set up for proxies', async () => {
    const reader = await open()
    expect(reader.response.headers.get('content-type')).toContain('text/event-stream')
    expect(reader.response.headers.get('cache-control')).toBe('no-store')
    expect(reader.response.headers.get('x-accel-buffering')).toBe('no')
    const id = await insert('Initech > Created')
    const [event] = await reader.take(1)
    const page = await json<Page>(await api.call('/v1/timeline?q=initech'))
    expect(event).toEqual({ event: 'activity', id: expect.stringMatching(/^\d+\.\d+\.\d+$/), data: page.data[0] })
    expect(event?.data.id).toBe(id)
  })

  test('brings only what passes the filters, of one’s own organisation', async () => {
    const [own, tasks, foreign] = await Promise.all([open(), open({ kind: 'task.created' }), open({}, { org: 'globex' })])
    const id = await insertLine(api.database.pool, northwind, { memberId: 'ada', kind: 'task.created', category: 'task', feature: 'tasks' })
    const theirs = await insertLine(api.database.pool, globex, { memberId: 'hedy' })
    const [[one], [two], [three]] = await Promise.all([own.take(1), tasks.take(1), foreign.take(1)])
    expect([one?.data.id, two?.data.id, three?.data.id]).toEqual([id, id, theirs])
    await insert('Marker > Created')
    const [, marker] = await own.take(2)
    expect(marker?.data.title).toBe('Marker > Created')
    expect(foreign.events).toHaveLength(1)
  })

  test('tells that a line is gone, or does not show any more', async () => {
    const id = await insert('Umbrella > Created')
    const reader = await open()
    await api.database.pool.query(`update member set mapping = 'excluded' where id = 'ada'`)
    await noteChange(api.database.pool, northwind, id)
    expect(await reader.take(1)).toMatchObject([{ event: 'removed', data: { id } }])
    await api.database.pool.query(`update member set mapping = 'auto' where id = 'ada'`)
    await api.database.pool.query('delete from activity where id = $1', [id])
    await noteChange(api.database.pool, northwind, id, 'removed')
    expect(await reader.take(2)).toMatchObject([{}, { event: 'removed', data: { id } }])
  })

  test('never brings a hidden member’s line, and says reset when a new user makes it show', async () => {
    const reader = await open()
    await insert('Secret > Created', 'mary')
    const body = JSON.stringify({ users: [{ email: ' MARY@example.com ', name: 'Mary' }] })
    const headers = { 'content-type': 'application/json' }
    const registered = await api.call('/v1/users', { role: 'admin' }, { method: 'POST', body, headers })
    expect((await json<{ mapped_members: number }>(registered)).mapped_members).toBe(1)
    await until(() => reader.events.some(event => event.event === 'reset'))
    expect(reader.events.filter(event => event.event === 'activity')).toEqual([])
    expect((await json<Page>(await api.call('/v1/timeline?q=secret'))).data).toHaveLength(1)
  })
})

describe('a stream that resumes', () => {
  test('from the cursor of a page misses nothing that came after the page', async () => {
    const cursor = await cursorNow()
    const ids = [await insert('One > Created'), await insert('Two > Created'), await insert('Three > Created')]
    const reader = await open({ cursor })
    const fourth = await insert('Four > Created')
    expect((await reader.take(4)).map(event => event.data.id)).toEqual([...ids, fourth])
  })

  test('from any id it has seen gets the rest, whole and in order', async () => {
    const cursor = await cursorNow()
    const ids: string[] = []
    for (let n = 0; n < 12; n += 1) ids.push(await insert(`Line ${n} > Created`))
    const whole = await (await open({ cursor })).take(12)
    expect(whole.map(event => event.data.id)).toEqual(ids)
    for (const seen of [1, 5, 11]) {
      const resumed = await open({ cursor }, { lastEventId: whole[seen - 1]?.id ?? '' })
      expect((await resumed.take(12 - seen)).map(event => event.data.id)).toEqual(ids.slice(seen))
    }
  })

  test('is given a line that was written first and committed last', async () => {
    const { pool } = api.database
    const reader = await open()
    const slow = await pool.connect()
    try {
      await slow.query('begin')
      const late = await insertLine(slow, northwind, { memberId: 'ada', title: 'Written first > Created' })
      const early = await insert('Committed first > Created')
      const resumed = await open({ cursor: await cursorNow() })
      await slow.query('commit')
      const expected = [late, early].sort()
      expect((await reader.take(2)).map(event => event.data.id).sort()).toEqual(expected)
      await until(() => resumed.events.some(event => event.data.id === late))
      const again = await open({}, { lastEventId: reader.events[0]?.id ?? '' })
      expect((await again.take(1))[0]?.data.id).toBe(reader.events[1]?.data.id)
    } finally {
      slow.release()
    }
  })

  test.each([
    ['a place that is not one', 'nonsense'],
    ['a place of a future this database has not seen', `9000000000000000000.0.${Date.now()}`],
    ['a place older than what is kept', `3.0.${Date.now() - 25 * 60 * 60 * 1000}`],
  ])('from %s is told to read the list again, and goes on from now', async (_what, lastEventId) => {
    const reader = await open({}, { lastEventId })
    expect(await reader.take(1)).toMatchObject([{ event: 'reset', data: {} }])
    const id = await insert('After > Created')
    expect((await reader.take(2))[1]?.data.id).toBe(id)
    const resumed = await open({}, { lastEventId: reader.events[0]?.id ?? '' })
    expect((await resumed.take(1))[0]?.data.id).toBe(id)
  })

  test('gets a line that changed often once, as it is now', async () => {
    const cursor = await cursorNow()
    const id = await insert('Often > Created')
    for (let n = 0; n < 5; n += 1) await noteChange(api.database.pool, northwind, id)
    const marker = await insert('Marker > Created')
    const reader = await open({ cursor })
    expect((await reader.take(2)).map(event => event.data.id)).toEqual([id, marker])
  })
})

describe('a stream ends', () => {
  test('when the token does', async () => {
    const reader = await open({}, { lifetime: 1 })
    await reader.ended
    expect(reader.response.status).toBe(200)
  })

  test('for a reader that does not read, and from the last id it got it resumes with the rest', async () => {
    const cursor = await cursorNow()
    const { port, hostname } = new URL(api.url)
    const socket = connect(Number(port), hostname)
    let received = ''
    socket.setEncoding('utf8').on('error', () => undefined)
    const cut = new Promise(resolve => socket.on('close', resolve))
    const authorization = `Bearer ${await api.issuer.token()}`
    socket.write(`GET /v1/timeline/stream?cursor=${cursor} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: ${authorization}\r\n\r\n`)
    await new Promise(resolve => socket.once('data', resolve))
    socket.on('data', chunk => {
      received += chunk
    })
    socket.pause()
    const ids: string[] = []
    const detail = 'x'.repeat(60_000)
    // More than the kernel and the server together hold for one reader.
    for (let n = 0; n < 200; n += 1) {
      ids.push(await insertLine(api.database.pool, northwind, { id: uuid(), memberId: 'ada', title: `Bulk ${n} > Created`, detail }))
    }
    await (await open({ cursor })).take(200)
    socket.resume()
    await cut
    const got = [...received.matchAll(/^id: (\S+)\ndata: .*\n\n/gm)]
    expect(got.length).toBeLessThan(200)
    const resumed = await open({ cursor }, { lastEventId: got.at(-1)?.[1] ?? cursor })
    expect((await resumed.take(200 - got.length)).map(event => event.data.id)).toEqual(ids.slice(got.length))
  })

  test('when the server is being replaced, and no new one is taken', async () => {
    const other = await startApi()
    const abort = new AbortController()
    const reader = readStream(await other.call('/v1/timeline/stream', {}, { signal: abort.signal }), abort)
    await until(() => reader.lastId())
    other.closeStreams()
    await reader.ended
    const refused = await other.call('/v1/timeline/stream')
    expect([refused.status, (await json<{ code: string }>(refused)).code]).toEqual([503, 'draining'])
    await other.close()
  })
})
