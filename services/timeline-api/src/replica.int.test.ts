import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type ReplicatedPostgres, startReplicatedPostgres } from '@worksights/dev-stack/testing'
import { v7 as uuid } from 'uuid'
import { json, startApi, type TestApi, until } from './testing/api.ts'
import { type Fixture, insertConnection, insertLine, insertMember } from './testing/lines.ts'
import { readStream } from './testing/read-stream.ts'

let servers: ReplicatedPostgres
let api: TestApi
let northwind: Fixture

type Page = { data: { id: string; title: string }[]; stream_cursor: string }

beforeAll(async () => {
  // Each statement is logged before it runs, after the name of who asks.
  servers = await startReplicatedPostgres({ log_statement: 'all', log_line_prefix: '%a: ' })
  const { url, apiUrl } = servers.primary
  api = await startApi({ DATABASE_READ_URL: servers.standby.apiUrl }, { url, apiUrl, drop: () => servers.close() })
  northwind = await insertConnection(api.database, 'northwind')
  await insertMember(api.database, northwind, { id: 'ada', name: 'Ada' })
  await insertLine(api.database.pool, northwind, { memberId: 'ada', title: 'Acme Corp > Created' })
  const globex = await insertConnection(api.database, 'globex')
  await insertMember(api.database, globex, { id: 'hank', name: 'Hank' })
  await insertLine(api.database.pool, globex, { memberId: 'hank', title: 'Secret of Globex > Created' })
  await untilReadAt('standby')
})
afterAll(() => api.close())

const insert = (title: string) => insertLine(api.database.pool, northwind, { memberId: 'ada', title })
const list = async () => await json<Page>(await api.call('/v1/timeline?limit=200'))

/** What each server's log says of the API's statements while `work` runs. */
async function asked(work: () => Promise<unknown>): Promise<{ primary: string; standby: string }> {
  const logs = () => Promise.all([servers.primary, servers.standby].map(({ logFile }) => readFile(logFile, 'utf8')))
  const before = await logs()
  await work()
  const [primary = '', standby = ''] = (await logs()).map((text, index) => text.slice(before[index]?.length ?? 0))
  return { primary, standby }
}

/** Waits until a page is read at one server and not at the other. */
async function untilReadAt(server: 'primary' | 'standby'): Promise<void> {
  const other = server === 'primary' ? 'standby' : 'primary'
  await until(async () => {
    const logs = await asked(list)
    return logs[server].includes('from activity a') && !logs[other].includes('from activity a')
  })
}

async function fallbacks(reason: string): Promise<number> {
  const found = new RegExp(`^worksights_replica_fallbacks_total\\{reason="${reason}"\\} (\\d+)`, 'm').exec(await api.metrics())
  return Number(found?.[1] ?? 0)
}

describe('with a replica', () => {
  test.each([
    ['the list', '/v1/timeline', /from activity a\b/],
    ['the summary', '/v1/timeline/summary', /from activity a\b/],
    ['an export', '/v1/timeline/export?format=ndjson', /from activity a\b/],
    ['what can be chosen', '/v1/timeline/filters', /from label l\b/],
    ['records by typing', '/v1/timeline/filters/records?q=acme', /records_by_name/],
  ])('%s is read there and not at the primary', async (_what, path, statement) => {
    const { primary, standby } = await asked(async () => {
      const response = await api.call(path)
      expect([response.status, (await response.text()).includes('Globex')]).toEqual([200, false])
    })
    expect([statement.test(standby), statement.test(primary)]).toEqual([true, false])
  })

  test('one line and the stream are read at the primary', async () => {
    const id = await insert('Streamed > Created')
    const { stream_cursor } = await list()
    const abort = new AbortController()
    const { primary, standby } = await asked(async () => {
      expect((await api.call(`/v1/timeline/${id}`)).status).toBe(200)
      const stream = readStream(await api.call(`/v1/timeline/stream?cursor=${stream_cursor}`, {}, { signal: abort.signal }), abort)
      await insert('Streamed too > Created')
      await stream.take(1)
      abort.abort()
    })
    expect(primary).toContain('from activity a')
    expect(standby).toBe('')
  })

  test('an area that is switched off shows in no list from then on, and one that is switched on in each', async () => {
    const body = (enabled: boolean) => JSON.stringify({ enabled })
    const headers = { 'content-type': 'application/json' }
    const { standby } = await asked(async () => {
      for (let n = 0; n < 20; n += 1) {
        const path = '/v1/integrations/attio/features/crm'
        const switched = await api.call(path, { role: 'admin' }, { method: 'PATCH', body: body(n % 2 === 1), headers })
        expect([switched.status, (await list()).data.length > 0]).toEqual([200, n % 2 === 1])
      }
    })
    expect(standby).toContain('from activity a')
  })

  test('what a stream told is in every list that is asked for afterwards', async () => {
    const { stream_cursor } = await list()
    const abort = new AbortController()
    const stream = readStream(await api.call(`/v1/timeline/stream?cursor=${stream_cursor}`, {}, { signal: abort.signal }), abort)
    for (let n = 1; n <= 20; n += 1) {
      await insert(`Told ${n} > Created`)
      const events = await stream.take(n)
      const shown = new Set((await list()).data.map(line => line.id))
      expect(events.filter(({ data }) => !shown.has(data.id ?? ''))).toEqual([])
    }
    abort.abort()
  })
})

describe('while the replica', () => {
  test('is behind, list and stream lose nothing, whichever server the list came from', async () => {
    const client = await api.database.pool.connect()
    const abort = new AbortController()
    const slow = uuid()
    try {
      await client.query('begin')
      await insertLine(client, northwind, { id: slow, memberId: 'ada', title: 'Slow > Created' })
      const before = await list()
      await servers.standby.pause()
      await client.query('commit')
      const during = await insert('During > Created')
      const page = await list()
      const ids = page.data.map(line => line.id)
      expect([ids.includes(slow), ids.includes(during)]).toEqual([true, true])
      const after = await insert('After > Created')
      const resumed = readStream(await api.call(`/v1/timeline/stream?cursor=${before.stream_cursor}`, {}, { signal: abort.signal }), abort)
      const rest = readStream(await api.call(`/v1/timeline/stream?cursor=${page.stream_cursor}`, {}, { signal: abort.signal }), abort)
      await until(() => rest.events.some(({ data }) => data.id === after))
      await until(() => [slow, during, after].every(id => resumed.events.some(({ data }) => data.id === id)))
      expect(await fallbacks('behind')).toBeGreaterThan(0)
    } finally {
      abort.abort()
      client.release()
      await servers.standby.resume()
    }
    await untilReadAt('standby')
  })

  test('ends and comes back, every request is answered; it is counted, logged once, and used again', async () => {
    let isOver = false
    const answers: number[] = []
    const readers = Array.from({ length: 4 }, async () => {
      while (!isOver) answers.push((await api.call('/v1/timeline')).status)
    })
    const asMany = async (more: number) => {
      const wanted = answers.length + more
      await until(() => answers.length > wanted)
    }
    await asMany(20)
    await servers.standby.crash()
    await asMany(100)
    await servers.standby.start()
    await asMany(20)
    isOver = true
    await Promise.all(readers)
    expect(answers.filter(status => status !== 200)).toEqual([])
    expect(await fallbacks('unreachable')).toBeGreaterThan(0)
    const told = api.logs.filter(line => line.includes('the primary answers reads of the timeline'))
    expect(told).toHaveLength(1)
    await untilReadAt('standby')
  })
})
