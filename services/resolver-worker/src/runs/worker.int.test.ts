import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openDatabase } from '@worksights/database'
import { createQueues, type Queues } from '@worksights/queues'
import { createConsumptionProbe, systemClock } from '@worksights/runtime'
import { createLabelBook } from '../labels/book.ts'
import { type Bench, openBench } from '../testing/bench.ts'
import { gatewayUrl, openRuns } from '../testing/runs.ts'
import { waitUntil } from '../testing/wait.ts'
import { runsAtOnce, startRuns } from './worker.ts'

let bench: Bench
let queues: Queues

beforeAll(async () => {
  bench = await openBench()
  queues = createQueues({ url: bench.url, log: bench.log })
}, 60_000)
afterAll(async () => {
  await queues.close()
  await bench.close()
})

/** A worker with database connections of its own, as many as `poolMax`. */
function start(poolMax: number) {
  const { keyRing, log, attio } = bench
  const database = openDatabase({ url: bench.url, applicationName: 'runs', max: poolMax })
  const book = createLabelBook({ database, log, runsDue: () => {} })
  const worker = startRuns({
    ...{ database, keyRing, log, book, queues, gatewayUrl, clock: systemClock, endpointsForgottenAfterMs: 0 },
    attio: { apiUrl: attio.url, appUrl: attio.url },
    probe: createConsumptionProbe({ staleAfterMs: 60_000, clock: systemClock }),
    concurrency: runsAtOnce(poolMax),
  })
  return {
    async close() {
      await worker.close()
      await book.settle()
      await database.close()
    },
  }
}

test('refreshes of many workspaces at once do not take the last database connections from each other, however few there are', async () => {
  const worker = start(3)
  const asking = openRuns(bench)
  try {
    const places = await Promise.all(Array.from({ length: 5 }, () => bench.connect()))
    const ids = await Promise.all(places.map(place => asking.ask(place, 'refresh')))
    await Promise.all(places.map(place => queues.hint('runs', place.connectionId)))
    await waitUntil(async () => (await Promise.all(ids.map(asking.read))).every(run => run.state === 'done'))
    expect((await Promise.all(ids.map(asking.read))).map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1, 1])
  } finally {
    await worker.close()
    await asking.settle()
  }
}, 30_000)

test('a hinted run is worked, what waits behind it is too, and a worker that is closed leaves nothing leased', async () => {
  const worker = start(10)
  const place = await bench.connect()
  const asking = openRuns(bench)
  const [refresh, disconnect] = [await asking.ask(place, 'refresh'), await asking.ask(place, 'disconnect')]
  try {
    await queues.hint('runs', place.connectionId)
    await waitUntil(async () => (await asking.read(disconnect)).state === 'done')
    expect(await asking.read(refresh)).toMatchObject({ state: 'done', attempts: 1 })
  } finally {
    await worker.close()
    await asking.settle()
  }
})
