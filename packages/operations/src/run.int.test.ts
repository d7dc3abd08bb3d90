import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { claimRun, failRun, finishRun, type RunStep, reportRun, requestRun } from '@worksights/database'
import { createQueues, type QueueWorker } from '@worksights/queues'
import { createKeyRing, createLogger } from '@worksights/runtime'
import { type Bench, key, openBench, type TestConnection } from './testing/bench.ts'

let bench: Bench
let connection: TestConnection
beforeAll(async () => {
  bench = await openBench()
})
beforeEach(async () => {
  connection = await bench.connect(createKeyRing(key('key1', 1)))
})
afterAll(() => bench.close())

type Work = (run: { id: string; lease: number; kind: string; params: unknown }) => Promise<void>

/** A worker of runs in the resolver's place, for as long as `during` takes. */
async function working<T>(work: Work, during: () => Promise<T>): Promise<T> {
  const queues = createQueues({ url: bench.urls.workerUrl, log: createLogger({ service: 'test', level: 'silent' }) })
  const worker: QueueWorker = queues.work(
    'runs',
    async ({ connectionId }) => {
      const run = await claimRun(bench.database.pool, connectionId, 60_000)
      if (run) await work(run)
    },
    { concurrency: 1 },
  )
  try {
    return await during()
  } finally {
    await worker.close()
    await queues.close()
  }
}

const target = () => ({ organizationId: connection.organizationId, connectionId: connection.id })
const step = (name: string, state: RunStep['state'], detail: string | null = null): RunStep => ({ name, state, detail })
const audit = async () =>
  (
    await bench.database.pool.query(
      `select action, actor_name as actor, user_id as "userId", details->'states' as states from audit_entry where connection_id = $1`,
      [connection.id],
    )
  ).rows

test('a replay is asked for, hinted, followed to its end, and stands in the audit trail', async () => {
  const params: unknown[] = []
  const work: Work = async run => {
    params.push(run.kind, run.params)
    await reportRun(bench.database.pool, run, { done: 500, total: 1200 }, 60_000)
    await pause(700)
    await reportRun(bench.database.pool, run, { done: 1200 }, 60_000)
    await finishRun(bench.database.pool, run, [step('deliveries', 'done')])
  }
  const argv = ['replay', '--connection', connection.id, '--dead', '--from', '2026-01-31T10:00:00+01:00']
  const { exitCode, out, err } = await working(work, () => bench.run(argv))
  expect(exitCode).toBe(0)
  expect(params).toEqual(['replay', { states: ['dead'], from: '2026-01-31T09:00:00.000Z' }])
  expect(err).toContain('It goes on if this command is stopped.')
  expect(err).toContain('500 of 1200')
  expect(out).toBe('replay: done, 1200 of 1200\n')
  expect(await audit()).toEqual([{ action: 'deliveries.replayed', actor: 'operator', userId: null, states: ['dead'] }])
})

test('asked for twice it is one run, with one line in the audit trail', async () => {
  const argv = ['replay', '--connection', connection.id, '--from', '2026-01-31T10:00:00Z', '--json']
  let runs = 0
  const work: Work = async run => {
    runs += 1
    await pause(1_000)
    await finishRun(bench.database.pool, run, [])
  }
  const both = await working(work, () => Promise.all([bench.run(argv), bench.run(argv)]))
  expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0])
  const ids = both.map(({ out }) => (JSON.parse(out) as { id: string }).id)
  expect(new Set(ids).size).toBe(1)
  expect(runs).toBe(1)
  expect(await audit()).toMatchObject([{ states: ['failed', 'dead', 'filtered', 'ignored', 'processed'] }])
})

test.each<[string, Work, string]>([
  [
    'with a step that failed',
    async run => {
      await finishRun(bench.database.pool, run, [step('webhooks', 'failed', 'Attio did not answer'), step('lines', 'done')])
    },
    'webhooks failed: Attio did not answer',
  ],
  ['as failed', run => failRun(bench.database.pool, run, 'begun too often', null), 'begun too often'],
])('an erasure that ends %s is told as one', async (_, work, told) => {
  const { exitCode, out } = await working(work, () => bench.run(['erase', '--connection', connection.id, '--yes']))
  expect(exitCode).toBe(1)
  expect(out).toContain(told)
})

test('an erasure needs the name of the workspace or --yes, else nothing is asked for', async () => {
  const argv = ['erase', '--connection', connection.id]
  const asked = async () => (await bench.database.pool.query('select from run where connection_id = $1', [connection.id])).rowCount
  expect(await bench.run(argv)).toMatchObject({ exitCode: 2, err: expect.stringContaining('Add --yes') })
  expect(await bench.run(argv, {}, 'no')).toMatchObject({ exitCode: 2, err: expect.stringContaining('Nothing was changed.') })
  expect(await asked()).toBe(0)
  const finish: Work = async run => void (await finishRun(bench.database.pool, run, []))
  expect((await working(finish, () => bench.run(argv, {}, 'northwind'))).exitCode).toBe(0)
  expect(await audit()).toMatchObject([{ action: 'connection.erased', actor: 'operator' }])
})

test('what cannot be is refused before anything is asked for', async () => {
  const nothingSaid = await bench.run(['replay', '--connection', connection.id])
  expect(nothingSaid).toMatchObject({ exitCode: 2, err: expect.stringContaining('--dead') })
  const unknown = await bench.run(['replay', '--connection', connection.organizationId, '--dead'])
  expect(unknown).toMatchObject({ exitCode: 1, err: 'There is no connection with this id.\n' })
  await requestRun(bench.database.pool, { ...target(), kind: 'erase', params: {}, requestedBy: null })
  const ending = await bench.run(['replay', '--connection', connection.id, '--dead'])
  expect(ending).toMatchObject({ exitCode: 1, err: expect.stringContaining('about to be disconnected or erased') })
  await bench.database.pool.query(`update connection set state = 'disconnected' where id = $1`, [connection.id])
  const disconnected = await bench.run(['replay', '--connection', connection.id, '--dead'])
  expect(disconnected).toMatchObject({ exitCode: 1, err: expect.stringContaining('is disconnected') })
})
