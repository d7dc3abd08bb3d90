import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { createTestDatabase, queueBackends } from '@worksights/dev-stack/testing'
import { createLogger } from '@worksights/runtime'
import { createQueues, migrateQueues } from './index.ts'

const log = createLogger({ service: 'test', level: 'silent' })
const connectionId = '018f0000-0000-7000-8000-000000000001'
const backends = queueBackends()

describe.each(backends)('queues on $name', backend => {
  test('a job of a killed worker is worked by another', async () => {
    const database = await createTestDatabase()
    const url = backend.url(database)
    await migrateQueues(url)
    const queues = createQueues({ url, log })
    const stuck = spawn(process.execPath, [fileURLToPath(new URL('testing/stuck-worker.ts', import.meta.url)), url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await queues.hint('resolve', connectionId)
    await once(stuck.stdout, 'data')
    stuck.kill('SIGKILL')
    let taken = () => {}
    const retaken = new Promise<void>(resolve => {
      taken = resolve
    })
    const worker = queues.work('resolve', async () => taken(), { concurrency: 1 })
    await retaken
    await worker.close()
    await queues.close()
    await database.drop()
  }, 60_000)
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/** A Redis of the test's own, to be stopped and started. */
async function startRedis(port: number, folder: string): Promise<ChildProcess> {
  const child = spawn('redis-server', [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--maxmemory-policy',
    'noeviction',
  ])
  await once(child.stdout, 'data')
  return child
}

// Without a Redis server there is no such part; the test command names it as missing.
const whereThereIsRedis = backends.some(backend => backend.name === 'redis') ? test : () => {}
whereThereIsRedis(
  'with Redis away hints fail fast, and workers take jobs again when it is back',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'worksights-redis-'))
    const port = await freePort()
    let redis = await startRedis(port, folder)
    const queues = createQueues({ url: `redis://127.0.0.1:${port}`, log })
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
        await sleep(50)
      }
    }
    await workOneMore()
    redis.kill('SIGKILL')
    await once(redis, 'exit')
    await expect(queues.hint('resolve', connectionId)).rejects.toThrow()
    // Longer than the six seconds after which some releases of BullMQ never took a job again.
    await sleep(7_000)
    await expect(queues.hint('resolve', connectionId)).rejects.toThrow()
    redis = await startRedis(port, folder)
    await workOneMore()
    await worker.close()
    await queues.close()
    redis.kill('SIGTERM')
    await once(redis, 'exit')
    await rm(folder, { recursive: true, force: true })
  },
  60_000,
)
