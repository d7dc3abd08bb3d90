import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import {
  createTestAuthority,
  findRedisServer,
  type OwnServer,
  startRedisCluster,
  startTlsPostgres,
  startTlsRedis,
  type TestAuthority,
} from '@worksights/dev-stack/testing'
import { createLogger, verifiedUrl } from '@worksights/runtime'
import { Redis } from 'ioredis'
import { createQueues, migrateQueues, type Queues } from './index.ts'

const log = createLogger({ service: 'test', level: 'silent' })
const connectionId = '018f0000-0000-7000-8000-000000000001'
const redisServer = await findRedisServer()

const open: Queues[] = []
function openAt(address: { url: string; caFile?: string; redisCluster?: boolean }): Queues {
  const queues = createQueues({ ...address, log })
  open.push(queues)
  return queues
}
afterEach(async () => {
  for (const queues of open.splice(0)) await queues.close()
})

/** Hints until one came through: the connection is made with the first, which may be too early for it. */
async function comesThrough(queues: Queues): Promise<void> {
  let seen = 0
  const worker = queues.work(
    'resolve',
    async () => {
      seen += 1
    },
    { concurrency: 1 },
  )
  while (seen === 0) {
    await queues.hint('resolve', connectionId).catch(() => {})
    await sleep(20)
  }
  await worker.close()
}

let folder: string
let authority: TestAuthority
const file = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'worksights-certificates-'))
  authority = await createTestAuthority()
  await writeFile(file('ca.crt'), authority.certificate)
  await writeFile(file('stranger.crt'), (await createTestAuthority()).certificate)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const named = (url: string) => url.replace('127.0.0.1', 'localhost')

describe('queues in a PostgreSQL that shows a certificate', () => {
  let server: OwnServer
  beforeAll(async () => {
    server = await startTlsPostgres(await authority.sign('localhost'))
    await migrateQueues(verifiedUrl(named(server.url), file('ca.crt')))
  })
  afterAll(() => server.close())

  test('a hint is worked over TLS', async () => {
    await comesThrough(openAt({ url: named(server.url), caFile: file('ca.crt') }))
  })

  test.each([
    ['another authority', named, 'stranger.crt'],
    ['another name', (url: string) => url, 'ca.crt'],
  ])('a server with a certificate for %s is not spoken to', async (_, address, ca) => {
    await expect(openAt({ url: address(server.url), caFile: file(ca) }).hint('resolve', connectionId)).rejects.toThrow()
    await expect(migrateQueues(verifiedUrl(address(server.url), file(ca)))).rejects.toThrow(/certificate|altnames/i)
  })
})

test('a Redis Cluster in PostgreSQL is refused', () => {
  expect(() => createQueues({ url: 'postgres://localhost/queues', redisCluster: true, log })).toThrow(
    'QUEUE_REDIS_CLUSTER is for queues on Redis',
  )
})

if (redisServer) {
  describe('queues in a Redis that shows a certificate', () => {
    let server: Awaited<ReturnType<typeof startTlsRedis>>
    beforeAll(async () => {
      const { key, certificate } = await authority.sign('localhost')
      await writeFile(file('server.key'), key)
      await writeFile(file('server.crt'), certificate)
      server = await startTlsRedis(redisServer, { keyFile: file('server.key'), certificateFile: file('server.crt') })
    })
    afterAll(() => server.close())

    test('a hint is worked over TLS', async () => {
      await comesThrough(openAt({ url: named(server.url), caFile: file('ca.crt') }))
    })

    test.each([
      ['that shows a certificate of another authority', () => named(server.url), 'stranger.crt'],
      ['that shows a certificate for another name', () => server.url, 'ca.crt'],
      ['that shows none', () => named(server.plainUrl), 'ca.crt'],
    ])('a server %s is not spoken to', async (_, address, ca) => {
      await expect(openAt({ url: address(), caFile: file(ca) }).hint('resolve', connectionId)).rejects.toThrow()
    })
  })

  describe('queues in a Redis Cluster', () => {
    let cluster: Awaited<ReturnType<typeof startRedisCluster>>
    beforeAll(async () => {
      cluster = await startRedisCluster(redisServer)
    })
    afterAll(() => cluster.close())

    test('hints, now and for later, are worked once each, and one that comes while its connection is worked makes one more turn', async () => {
      const queues = openAt({ url: cluster.url, redisCluster: true })
      await comesThrough(queues)
      let turns = 0
      let release = () => {}
      const held = new Promise<void>(resolve => {
        release = resolve
      })
      const worker = queues.work(
        'coalesce',
        async () => {
          turns += 1
          if (turns === 1) await held
        },
        { concurrency: 2 },
      )
      await queues.hint('coalesce', connectionId)
      while (turns === 0) await sleep(5)
      for (let times = 0; times < 5; times += 1) await queues.hint('coalesce', connectionId)
      release()
      while (turns < 2) await sleep(5)
      await queues.hint('coalesce', connectionId, { delayMs: 50 })
      while (turns < 3) await sleep(5)
      await worker.close()
      expect(turns).toBe(3)
    })

    test('queues may lie on different nodes: each has a slot of its own', async () => {
      const client = new Redis(cluster.url)
      const slots = await Promise.all(
        ['resolve', 'coalesce', 'runs'].map(name => client.call('cluster', 'keyslot', `{worksights:${name}}:${name}:wait`)),
      )
      client.disconnect()
      expect(new Set(slots).size).toBe(3)
    })
  })
}
