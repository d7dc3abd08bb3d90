import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { type Database, type NewDelivery, openDatabase } from '@worksights/database'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import { createKeyRing, createLogger } from '@worksights/runtime'
import { v7 as uuid } from 'uuid'
import { createStore, type StoreOptions, type StoreOutcome } from './store.ts'
import { addEndpoint, recordUpdated, type TestEndpoint } from './testing/endpoints.ts'

let testDatabase: TestDatabase
let database: Database
let endpoint: TestEndpoint

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase({ url: testDatabase.url, applicationName: 'test', max: 6 })
})
afterAll(async () => {
  await database?.close()
  await testDatabase?.drop()
})
beforeEach(async () => {
  endpoint = await addEndpoint(database, createKeyRing(`test:${Buffer.alloc(32, 7).toString('base64')}`))
})

const open = (options: Partial<StoreOptions> = {}) =>
  createStore({
    ...{ database, clock: { now: () => 0 }, log: createLogger({ service: 'test', level: 'silent' }), afterCommit: async () => {} },
    ...options,
  })

function delivery(change: Partial<NewDelivery> = {}): NewDelivery {
  const { organizationId, connectionId, webhookId } = endpoint
  const body = Buffer.from(recordUpdated())
  return {
    ...{ id: uuid(), organizationId, connectionId, webhookId, idempotencyKey: uuid(), body },
    ...{ eventTypes: ['record.updated'], ignoredBecause: null, traceContext: null, ...change },
  }
}

async function storedIds(): Promise<Set<string>> {
  const { rows } = await database.pool.query<{ id: string }>('select id from delivery where connection_id = $1', [endpoint.connectionId])
  return new Set(rows.map(row => row.id))
}

test('a row that Postgres refuses takes none of its batch with it', async () => {
  const store = open()
  const batch = [delivery(), delivery({ eventTypes: ['\u0000'] }), delivery()]
  expect(await Promise.all(batch.map(item => store.store(item)))).toEqual(['stored', 'unavailable', 'stored'])
  expect(await storedIds()).toEqual(new Set([batch[0]?.id, batch[2]?.id]))
})

test('equal keys in one batch are one row that counts the others, without a key each is its own', async () => {
  const store = open()
  const batch = [...Array.from({ length: 3 }, () => delivery({ idempotencyKey: 'twin' })), delivery({ idempotencyKey: null })]
  batch.push(delivery({ idempotencyKey: null }))
  expect(await Promise.all(batch.map(item => store.store(item)))).toEqual([...['stored', 'repeat', 'repeat'], ...['stored', 'stored']])
  expect(await store.store(delivery({ idempotencyKey: 'twin' }))).toBe('repeat')
  const { rows } = await database.pool.query(
    'select idempotency_key as key, repeats from delivery where connection_id = $1 order by repeats desc',
    [endpoint.connectionId],
  )
  expect(rows).toEqual([
    { key: 'twin', repeats: 3 },
    { key: null, repeats: 0 },
    { key: null, repeats: 0 },
  ])
})

test('batches that share keys in opposite order do not block each other for good', async () => {
  const store = open()
  const keys = Array.from({ length: 50 }, (_, n) => `shared-${n}`)
  const rounds = Array.from({ length: 20 }, (_, n) => (n % 2 ? keys : keys.toReversed()))
  const stores = [store, open()]
  const all = rounds.flatMap((round, n) => round.map(idempotencyKey => stores[n % 2]?.store(delivery({ idempotencyKey }))))
  const outcomes = await Promise.all(all)
  expect(outcomes.filter(outcome => outcome === 'stored')).toHaveLength(50)
  expect(outcomes.filter(outcome => outcome === 'repeat')).toHaveLength(950)
  const { rows } = await database.pool.query(
    'select count(*)::int as rows, sum(repeats)::int as repeats from delivery where connection_id = $1',
    [endpoint.connectionId],
  )
  expect(rows).toEqual([{ rows: 50, repeats: 950 }])
})

test('what waits is bounded: beyond it the answer is no at once, and everything taken is stored', async () => {
  const store = open()
  const answers = await Promise.all(Array.from({ length: 6_000 }, () => store.store(delivery())))
  expect(answers.filter(answer => answer === 'stored')).toHaveLength(5_000)
  expect(await storedIds()).toHaveProperty('size', 5_000)
})

test('afterwards is after the commit, once a connection and batch, and settling waits for it', async () => {
  const seen: number[] = []
  const store = open({
    afterCommit: async () => {
      seen.push((await storedIds()).size)
    },
  })
  const stored = Array.from({ length: 10 }, () => store.store(delivery()))
  await store.settle()
  expect(seen).toEqual([10])
  expect(await Promise.all(stored)).toEqual(Array(10).fill('stored'))
})

test('a post that waited too long for its turn is told no, while Attio still listens, and is not stored', async () => {
  let now = 0
  const store = open({ clock: { now: () => now } })
  const client = await database.pool.connect()
  const waiters = async () => {
    const { rowCount } = await client.query(
      `select 1 from pg_locks join pg_database on pg_database.oid = database
       where datname = current_database() and relation = 'delivery'::regclass and not granted`,
    )
    return rowCount ?? 0
  }
  const first = [delivery(), delivery()]
  const answers: Promise<StoreOutcome>[] = []
  try {
    await client.query('begin')
    await client.query('lock table delivery in access exclusive mode')
    for (const [n, item] of first.entries()) {
      answers.push(store.store(item))
      while ((await waiters()) <= n) await sleep(5)
    }
    answers.push(store.store(delivery()))
    now += 2_000
    answers.push(store.store(delivery()))
    await client.query('commit')
  } finally {
    client.release()
  }
  expect(await Promise.all(answers)).toEqual(['stored', 'stored', 'unavailable', 'stored'])
  expect(await storedIds()).toHaveProperty('size', 3)
})
