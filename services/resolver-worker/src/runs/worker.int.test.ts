import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createQueues, type Queues } from '@worksights/queues'
import { createConsumptionProbe, systemClock } from '@worksights/runtime'
import { createLabelBook } from '../labels/book.ts'
import { type Bench, openBench } from '../testing/bench.ts'
import { gatewayUrl, openRuns } from '../testing/runs.ts'
import { waitUntil } from '../testing/wait.ts'
import { startRuns } from './worker.ts'

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

test('a hinted run is worked, what waits behind it is too, and a worker that is closed leaves nothing leased', async () => {
  const { database, keyRing, log, attio } = bench
  const book = createLabelBook({ database, log, runsDue: () => {} })
  const worker = startRuns({
    ...{ database, keyRing, log, book, queues, gatewayUrl, clock: systemClock, endpointsForgottenAfterMs: 0 },
    attio: { apiUrl: attio.url, appUrl: attio.url },
    probe: createConsumptionProbe({ staleAfterMs: 60_000, clock: systemClock }),
  })
  const place = await bench.connect()
  const asking = openRuns(bench)
  const [refresh, disconnect] = [await asking.ask(place, 'refresh'), await asking.ask(place, 'disconnect')]
  try {
    await queues.hint('runs', place.connectionId)
    await waitUntil(async () => (await asking.read(disconnect)).state === 'done')
    expect(await asking.read(refresh)).toMatchObject({ state: 'done', attempts: 1 })
  } finally {
    await worker.close()
    await book.settle()
    await asking.settle()
  }
})
