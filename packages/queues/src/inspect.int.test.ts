import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  createTestDatabase,
  findRedisServer,
  type OwnServer,
  queueBackends,
  startOwnRedis,
  startRedisCluster,
  type TestDatabase,
} from '@worksights/dev-stack/testing'
import { createLogger } from '@worksights/runtime'
import { Redis } from 'ioredis'
import pg from 'pg'
import { createQueues, inspectQueues } from './index.ts'

const log = createLogger({ service: 'test', level: 'silent' })
const redisServer = await findRedisServer()

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const none = { waiting: 0, active: 0, delayed: 0, failed: 0 }

/** A hint is given up after half a second, and however often it is given, it waits once. */
async function comesThrough(hint: () => Promise<void>): Promise<void> {
  while (
    !(await hint().then(
      () => true,
      () => false,
    ))
  );
}

describe.each(queueBackends())('an inspection of queues on $name', backend => {
  test('counts hints and takes none', async () => {
    const url = backend.url(database)
    const queues = createQueues({ url, log })
    const hinted = [randomUUID(), randomUUID()]
    for (const id of hinted) await comesThrough(() => queues.hint('coalesce', id))
    const later = randomUUID()
    await comesThrough(() => queues.hint('runs', later, { delayMs: 60_000 }))
    for (let times = 0; times < 2; times += 1) {
      const { servers, counts } = await inspectQueues({ url })
      expect(servers).toEqual([{ name: expect.stringMatching(/^(Redis|Valkey|PostgreSQL) \d/), faults: [], warnings: [] }])
      expect(counts).toEqual({ resolve: none, coalesce: { ...none, waiting: 2 }, runs: { ...none, delayed: 1 } })
    }
    const worked = new Set<string>()
    let allWorked = () => {}
    const done = new Promise<void>(resolve => {
      allWorked = resolve
    })
    const take = async ({ connectionId }: { connectionId: string }) => {
      if (worked.add(connectionId).size === hinted.length) allWorked()
    }
    const worker = queues.work('coalesce', take, { concurrency: 1 })
    await done
    await worker.close()
    expect([...worked].sort()).toEqual([...hinted].sort())
    await queues.close()
  })
})

describe('queues in PostgreSQL', () => {
  test('are inspected without a row being written', async () => {
    const own = await createTestDatabase()
    const client = new pg.Client({ connectionString: own.url })
    await client.connect()
    await inspectQueues({ url: own.workerUrl })
    const { rows } = await client.query('select (select count(*)::int from bullmq.meta) + (select count(*)::int from bullmq.job) as rows')
    expect(rows).toEqual([{ rows: 0 }])
    await client.end()
    await own.drop()
  })

  test.each([
    ['without their tables', 'drop schema bullmq cascade', 'the queues have no tables yet: run `worksights migrate`'],
    [
      'that the login may only read',
      'revoke insert on bullmq.job from worksights_worker',
      "the login workers may not write the queues' tables",
    ],
  ])('%s are a fault that says what to do', async (_, sql, told) => {
    const own = await createTestDatabase()
    const client = new pg.Client({ connectionString: own.url })
    await client.connect()
    await client.query(sql)
    await client.end()
    expect(await inspectQueues({ url: own.workerUrl })).toEqual({
      servers: [expect.objectContaining({ faults: [expect.stringContaining(told)] })],
      counts: null,
    })
    await own.drop()
  })
})

test.each(['redis://127.0.0.1:1', 'postgres://nobody:nothing@127.0.0.1:1/nowhere'])('nobody at %s is said with its reason', async url => {
  await expect(inspectQueues({ url })).rejects.toThrow('ECONNREFUSED')
})

if (redisServer) {
  describe('queues in Redis', () => {
    const servers: OwnServer[] = []
    const start = async (settings: Record<string, string | number>) => {
      const server = await startOwnRedis(redisServer, settings)
      servers.push(server)
      return server
    }
    afterAll(() => Promise.all(servers.map(server => server.close())))

    test('are inspected without a key being written', async () => {
      const { url } = await start({})
      await inspectQueues({ url })
      const client = new Redis(url)
      expect(await client.keys('*')).toEqual([])
      client.disconnect()
    })

    test('that throws hints away under pressure is a warning', async () => {
      const { url } = await start({ 'maxmemory-policy': 'allkeys-lru' })
      const { servers: reports, counts } = await inspectQueues({ url })
      expect(reports).toMatchObject([{ faults: [], warnings: [expect.stringContaining('maxmemory-policy is allkeys-lru')] }])
      expect(counts).toMatchObject({ resolve: none })
    })

    test('that is a replica is a fault', async () => {
      const { url } = await start({ replicaof: '127.0.0.1 1' })
      expect(await inspectQueues({ url })).toMatchObject({ servers: [{ faults: [expect.stringContaining('replica')] }], counts: null })
    })

    test('that wants another password says so', async () => {
      const { url } = await start({})
      const client = new Redis(url)
      await client.config('SET', 'requirepass', 'right')
      client.disconnect()
      await expect(inspectQueues({ url: url.replace('//', '//:wrong@') })).rejects.toThrow('WRONGPASS')
    })

    test('that is a cluster is asked at each of its nodes', async () => {
      const cluster = await startRedisCluster(redisServer)
      servers.push(cluster)
      const { servers: reports, counts } = await inspectQueues({ url: cluster.url, redisCluster: true })
      expect(reports).toHaveLength(3)
      expect(counts).toEqual({ resolve: none, coalesce: none, runs: none })
    })
  })
}
