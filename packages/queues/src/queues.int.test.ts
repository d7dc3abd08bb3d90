import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createTestDatabase, queueBackends, type TestDatabase } from '@worksights/dev-stack/testing'
import { createLogger } from '@worksights/runtime'
import { createQueues, migrateQueues, type Queues } from './index.ts'

const log = createLogger({ service: 'test', level: 'silent' })

/** Starts a worker that counts its turns. */
function count(queues: Queues): { turns(): number; close(): Promise<void> } {
  let turns = 0
  const worker = queues.work(
    'resolve',
    async () => {
      turns += 1
    },
    { concurrency: 1 },
  )
  return { turns: () => turns, close: () => worker.close() }
}
const [one, two] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'] as const

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5)
}

describe.each(queueBackends())('queues on $name', backend => {
  let database: TestDatabase
  let url: string
  const open: Queues[] = []
  const openQueues = () => {
    const queues = createQueues({ url, log })
    open.push(queues)
    return queues
  }

  beforeEach(async () => {
    database = await createTestDatabase()
    url = backend.url(database)
    await migrateQueues(url)
  })
  afterEach(async () => {
    for (const queues of open.splice(0)) await queues.close()
    await database.drop()
  })

  test('a hint is worked with its connection', async () => {
    const queues = openQueues()
    const seen: string[] = []
    const worker = queues.work('resolve', async ({ connectionId }) => void seen.push(connectionId), { concurrency: 1 })
    await queues.hint('resolve', one)
    await until(() => seen.length > 0)
    await worker.close()
    expect(seen).toEqual([one])
  })

  test('many hints for a connection that waits are one turn, and connections do not hide each other', async () => {
    const queues = openQueues()
    for (let times = 0; times < 5; times += 1) await queues.hint('resolve', one)
    await queues.hint('resolve', two)
    const seen: string[] = []
    const worker = queues.work('resolve', async ({ connectionId }) => void seen.push(connectionId), { concurrency: 1 })
    await until(() => seen.includes(two))
    await worker.close()
    expect(seen.sort()).toEqual([one, two])
  })

  test('hints while a connection is being worked are exactly one more turn', async () => {
    const queues = openQueues()
    let turns = 0
    let finish = () => {}
    const first = new Promise<void>(resolve => {
      finish = resolve
    })
    const worker = queues.work(
      'coalesce',
      async () => {
        turns += 1
        if (turns === 1) await first
      },
      { concurrency: 4 },
    )
    await queues.hint('coalesce', one)
    await until(() => turns === 1)
    for (let times = 0; times < 3; times += 1) await queues.hint('coalesce', one)
    finish()
    await until(() => turns === 2)
    await queues.hint('coalesce', two)
    await until(() => turns === 3)
    await worker.close()
    expect(turns).toBe(3)
  })

  test('a hint for later neither hides an immediate one nor is hidden by it, and the newest for later counts', async () => {
    const queues = openQueues()
    await queues.hint('resolve', one, { delayMs: 3_600_000 })
    await queues.hint('resolve', one)
    const worker = count(queues)
    await until(() => worker.turns() === 1)
    await queues.hint('resolve', one, { delayMs: 50 })
    await until(() => worker.turns() === 2)
    await worker.close()
  })

  test('a turn that fails does not keep its connection from being hinted again', async () => {
    const queues = openQueues()
    let turns = 0
    const worker = queues.work(
      'resolve',
      async () => {
        turns += 1
        if (turns === 1) throw new Error('on purpose')
      },
      { concurrency: 1 },
    )
    await queues.hint('resolve', one)
    await until(() => turns === 1)
    while (turns < 2) {
      await queues.hint('resolve', one)
      await sleep(20)
    }
    await worker.close()
  })
})

test.each(['redis://127.0.0.1:1', 'postgres://nobody@127.0.0.1:1/none'])(
  'a hint to a queue that is away fails and leaves nothing behind: %s',
  async url => {
    const queues = createQueues({ url, log })
    await expect(queues.hint('resolve', one)).rejects.toThrow()
    await expect(queues.hint('resolve', one)).rejects.toThrow()
    await queues.close()
  },
)
