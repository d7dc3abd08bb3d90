import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { currentFeedPosition, type Executor, type FeedPosition, type Scope, type Tenant } from '@worksights/database'
import { createLogger } from '@worksights/runtime'
import { startApi, type TestApi, until } from '../testing/api.ts'
import { type Fixture, insertConnection, insertLine, insertMember } from '../testing/lines.ts'
import type { StreamClient } from './client.ts'
import { createStreamHub } from './hub.ts'

let api: TestApi
let northwind: Fixture

beforeAll(async () => {
  api = await startApi()
  northwind = await insertConnection(api.database, 'northwind')
  await insertMember(api.database, northwind, { id: 'ada' })
})
afterAll(() => api.close())

type Recorder = StreamClient & { text: string }

/** A reader that keeps what it is sent. */
function recorder(): Recorder {
  let closed = false
  const client: Recorder = {
    text: '',
    get closed() {
      return closed
    },
    send(text) {
      client.text += text
    },
    drained: async () => undefined,
    end() {
      closed = true
    },
  }
  return client
}

/** The pool, with each statement told to `onQuery`, which may throw in its place. */
function observed(onQuery: (text: string) => void): Executor {
  return observe(api.database.pool, onQuery)
}

/** Northwind's rows, with each statement told to `onQuery`, which may throw in its place. */
function observedTenant(onQuery: (text: string) => void): Tenant {
  const tenant = api.tenantOf(northwind.organizationId)
  return { ...tenant, transaction: work => tenant.transaction(scope => work(observe(scope, onQuery))) }
}

function observe<E extends Executor | Scope>(executor: E, onQuery: (text: string) => void): E {
  const query = async (text: string, values: unknown[]) => {
    onQuery(text)
    return await executor.query(text, values)
  }
  return { ...executor, query }
}

const log = createLogger({ service: 'test', level: 'silent' })
const readsLines = (text: string) => text.includes('from activity a')
const readsChanges = (text: string) => text.includes('from activity_change')

/** A place that a line's change lies before: transactions of other databases on the server, which may run just now, hold places back. */
async function placeBeyond(id: string): Promise<FeedPosition> {
  const { rows } = await api.database.pool.query<{ xid: string }>('select xid::text from activity_change where activity_id = $1', [id])
  for (;;) {
    const place = await currentFeedPosition(api.database.pool)
    if (place.xid > BigInt(rows[0]?.xid ?? 0)) return place
  }
}

describe('all streams of a process', () => {
  test("tell a reader who comes with a place beyond the poller's nothing that it has, and everything after", async () => {
    const hub = createStreamHub({ executor: api.database.pool, log, pollMs: 300 })
    const view = { tenant: api.tenantOf(northwind.organizationId), filters: {} }
    const [first, second] = [recorder(), recorder()]
    await hub.open(view, first, null)
    const known = await insertLine(api.database.pool, northwind, { memberId: 'ada' })
    const opened = hub.open(view, second, await placeBeyond(known))
    const news = await insertLine(api.database.pool, northwind, { memberId: 'ada' })
    await opened
    await until(() => second.text.includes(news) && first.text.includes(news))
    expect(second.text).not.toContain(known)
    expect(second.text.split(`"id":"${news}"`)).toHaveLength(2)
    expect(first.text).toContain(known)
    hub.close()
  })

  test('share one reader of the feed, and those of one view share its lines', async () => {
    const statements: string[] = []
    const hub = createStreamHub({ executor: api.database.pool, log, pollMs: 10 })
    const view = { tenant: observedTenant(text => statements.push(text)), filters: {} }
    const clients = Array.from({ length: 20 }, recorder)
    await Promise.all(clients.map(client => hub.open(view, client, null)))
    const id = await insertLine(api.database.pool, northwind, { memberId: 'ada' })
    await until(() => clients.every(client => client.text.includes(id)))
    expect(statements.filter(readsLines)).toHaveLength(1)
    for (const client of clients) hub.left(client)
  })

  test('ask the database nothing while nobody listens', async () => {
    const statements: string[] = []
    const hub = createStreamHub({ executor: observed(text => statements.push(text)), log, pollMs: 5 })
    expect(statements).toEqual([])
    const view = { tenant: api.tenantOf(northwind.organizationId), filters: {} }
    const client = recorder()
    await hub.open(view, client, null)
    await until(() => statements.some(readsChanges))
    hub.left(client)
    const asked = statements.length
    // Long enough for a dozen polls of another hub, which runs beside it.
    const clock: string[] = []
    const other = createStreamHub({ executor: observed(text => clock.push(text)), log, pollMs: 5 })
    const watcher = recorder()
    await other.open(view, watcher, null)
    await until(() => clock.length > 12)
    other.left(watcher)
    expect(statements).toHaveLength(asked)
  })

  test('are kept alive by heartbeats, which also move the place to resume from', async () => {
    const hub = createStreamHub({ executor: api.database.pool, log, pollMs: 5, heartbeatMs: 10 })
    const client = recorder()
    await hub.open({ tenant: api.tenantOf(northwind.organizationId), filters: { kind: ['task.deleted'] } }, client, null)
    const first = client.text
    await insertLine(api.database.pool, northwind, { memberId: 'ada' })
    await until(() => /: heartbeat\n\n/.test(client.text) && new Set(client.text.match(/^id: .*$/gm)).size > 2)
    expect(first).toMatch(/^id: \d+\.\d+\.\d+\n\n$/)
    hub.left(client)
  })

  test('wait while the feed cannot be read, and go on without a gap', async () => {
    let broken = false
    const hub = createStreamHub({
      executor: observed(text => {
        if (broken && readsChanges(text)) throw new Error('the database is away')
      }),
      ...{ log, pollMs: 5 },
    })
    const client = recorder()
    await hub.open({ tenant: api.tenantOf(northwind.organizationId), filters: {} }, client, null)
    broken = true
    const id = await insertLine(api.database.pool, northwind, { memberId: 'ada' })
    broken = false
    await until(() => client.text.includes(id))
    expect(client.closed).toBe(false)
    hub.left(client)
  })

  test('wait for no other view: one whose lines take long holds up its own readers only, and loses nothing', async () => {
    let letGo = () => {}
    const held = new Promise<void>(resolve => {
      letGo = resolve
    })
    const tenant = api.tenantOf(northwind.organizationId)
    const slowly: Tenant = { ...tenant, transaction: work => held.then(() => tenant.transaction(work)) }
    const hub = createStreamHub({ executor: api.database.pool, log, pollMs: 5, heartbeatMs: 10 })
    const [slow, quick] = [recorder(), recorder()]
    await hub.open({ tenant: slowly, filters: { category: ['default'] } }, slow, null)
    await hub.open({ tenant, filters: {} }, quick, null)
    const told = () => slow.text.replaceAll(': heartbeat\n\n', '')
    const ids: string[] = []
    const insert = async () => {
      const id = await insertLine(api.database.pool, northwind, { memberId: 'ada' })
      ids.push(id)
      await until(() => quick.text.includes(id))
    }
    await insert()
    const before = told()
    await insert()
    const marks = () => quick.text.match(/^id: [^\n]*\n\n/gm)?.length ?? 0
    const marked = marks()
    await until(() => marks() > marked)
    await insert()
    // Not even its place moves: it would resume past what it was not sent.
    expect(told()).toBe(before)
    letGo()
    await until(() => ids.every(id => slow.text.includes(id)))
    expect(ids.map(id => slow.text.indexOf(id))).toEqual(ids.map(id => slow.text.indexOf(id)).toSorted((one, other) => one - other))
    for (const client of [slow, quick]) hub.left(client)
  })

  test('are ended when lines of a change that was taken cannot be read, so that their readers resume before it', async () => {
    let broken = true
    const hub = createStreamHub({ executor: api.database.pool, log, pollMs: 5 })
    const tenant = observedTenant(text => {
      if (broken && readsLines(text)) throw new Error('the database is away')
    })
    const view = { tenant, filters: {} }
    const before = await currentFeedPosition(api.database.pool)
    const client = recorder()
    await hub.open(view, client, null)
    const id = await insertLine(api.database.pool, northwind, { memberId: 'ada' })
    await until(() => client.closed)
    expect(client.text).not.toContain(id)
    hub.left(client)
    broken = false
    const again = recorder()
    await hub.open(view, again, before)
    await until(() => again.text.includes(id))
    hub.left(again)
  })

  test('leave no reader behind who left while the hub was starting', async () => {
    const statements: string[] = []
    const hub = createStreamHub({ executor: observed(text => statements.push(text)), log, pollMs: 5 })
    const client = recorder()
    const opening = hub.open({ tenant: api.tenantOf(northwind.organizationId), filters: {} }, client, null)
    client.end()
    hub.left(client)
    await opening
    expect(statements.filter(readsChanges)).toEqual([])
  })
})
