import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createTestDatabase, queueBackends, type TestDatabase } from '@worksights/dev-stack/testing'
import { createLogger } from '@worksights/runtime'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import pg from 'pg'
import { createQueues, migrateQueues, type Queues } from './index.ts'

const log = createLogger({ service: 'test', level: 'silent' })
const connectionId = '018f0000-0000-7000-8000-000000000001'

/** A door to the store that can be shut: a store that is away, without stopping the one all tests share. */
function createDoor(target: URL) {
  const sockets = new Set<Socket>()
  let server: Server | undefined
  let port = 0
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    return socket
  }
  return {
    async open(): Promise<void> {
      server = createServer(inner => {
        const outer = keep(connect(Number(target.port), target.hostname))
        keep(inner).pipe(outer).pipe(inner)
      }).listen(port, '127.0.0.1')
      await once(server, 'listening')
      port = (server.address() as AddressInfo).port
    },
    async shut(): Promise<void> {
      if (!server?.listening) return
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
    url(): string {
      return Object.assign(new URL(target), { host: `127.0.0.1:${port}` }).toString()
    },
  }
}

describe.each(queueBackends())('queues on $name', backend => {
  let database: TestDatabase
  let door: ReturnType<typeof createDoor>
  let queues: Queues

  beforeEach(async () => {
    database = await createTestDatabase()
    const url = backend.url(database)
    await migrateQueues(url)
    door = createDoor(new URL(url))
    // Opened once for its port, and shut before anything connects.
    await door.open()
    await door.shut()
    queues = createQueues({ url: door.url(), log })
  })
  afterEach(async () => {
    await queues.close()
    await door.shut()
    await database.drop()
  })

  test('hints and workers that began while the store was away work once it is there', async () => {
    let turns = 0
    const worker = queues.work(
      'resolve',
      async () => {
        turns += 1
      },
      { concurrency: 1 },
    )
    await expect(queues.hint('resolve', connectionId)).rejects.toThrow()
    await door.open()
    while (turns === 0) {
      await queues.hint('resolve', connectionId).catch(() => {})
      await sleep(20)
    }
    await worker.close()
    expect(turns).toBeGreaterThan(0)
  })

  test('a worker takes jobs again after its store was cut off', async () => {
    await door.open()
    let turns = 0
    const worker = queues.work(
      'resolve',
      async () => {
        turns += 1
      },
      { concurrency: 1 },
    )
    const workOneMore = async () => {
      const before = turns
      while (turns === before) {
        await queues.hint('resolve', connectionId).catch(() => {})
        await sleep(20)
      }
    }
    await workOneMore()
    await door.shut()
    await expect(queues.hint('resolve', connectionId)).rejects.toThrow()
    await door.open()
    await workOneMore()
    await worker.close()
    expect(turns).toBeGreaterThan(1)
  })

  test('a worker whose store never came can be closed', async () => {
    const worker = queues.work('resolve', async () => {}, { concurrency: 1 })
    await expect(queues.hint('resolve', connectionId)).rejects.toThrow()
    await worker.close()
  })

  test('what a turn throws is not kept in the queue', async () => {
    await door.open()
    let failed = false
    const worker = queues.work(
      'resolve',
      async () => {
        failed = true
        throw new TypeError('a payload that was quoted')
      },
      { concurrency: 1 },
    )
    while (!failed) {
      await queues.hint('resolve', connectionId).catch(() => {})
      await sleep(20)
    }
    await worker.close()
    const kept = backend.name === 'redis' ? await keptInRedis(backend.url(database)) : await keptInPostgres(database.url)
    expect(kept).toContain('TypeError')
    expect(kept).not.toContain('a payload that was quoted')
  })
})

async function keptInPostgres(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query('select row_to_json(job) as job from bullmq.job')
  await client.end()
  return JSON.stringify(rows)
}

async function keptInRedis(url: string): Promise<string> {
  const connection = new Redis(url, { maxRetriesPerRequest: null })
  const queue = new Queue('resolve', { connection, prefix: '{worksights:resolve}' })
  const jobs = await queue.getFailed(0, 10)
  await queue.close()
  connection.disconnect()
  return JSON.stringify(jobs.map(job => job.toJSON()))
}
