import autocannon from 'autocannon'
import { type LoadResult, loadPlan } from './load-plan.ts'

// Posts deliveries as fast as they are taken, each with an Idempotency-Key of its own, in turn to every target. A process of its own, so that making
// the load takes nothing from what is measured but its share of the machine. Its one argument is the plan as JSON; it prints what came of it.

const { url, targets, keyPrefix, connections, until } = loadPlan.parse(JSON.parse(process.argv[2] ?? ''))
let sent = 0
const startedAt = performance.now()
let answeredAt = startedAt
const run = autocannon(
  {
    url,
    connections,
    ...('amount' in until ? { amount: until.amount } : { duration: until.seconds }),
    requests: targets.map(({ path, body, signature }) => ({
      method: 'POST',
      path,
      body,
      setupRequest(request) {
        sent += 1
        request.headers = { 'content-type': 'application/json', 'attio-signature': signature, 'idempotency-key': `${keyPrefix}-${sent}` }
        return request
      },
    })),
  },
  (error: unknown, result) => {
    if (error) throw error
    const answered200 = result.statusCodeStats?.['200']?.count ?? 0
    const summary: LoadResult = {
      answered200,
      otherwise: result.non2xx + result.errors,
      perSecond: Math.round(answered200 / ((answeredAt - startedAt) / 1_000)),
      p50: result.latency.p50,
      p99: result.latency.p99,
    }
    process.stdout.write(`${JSON.stringify(summary)}\n`)
  },
)
// autocannon looks only once a second whether it is done.
run.on('response', () => {
  answeredAt = performance.now()
})
