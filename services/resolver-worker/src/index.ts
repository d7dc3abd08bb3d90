import { createCallMetrics } from '@worksights/attio'
import { guardKeyRing, observePools, openDatabase } from '@worksights/database'
import { createQueues, observeQueues } from '@worksights/queues'
import { createConsumptionProbe, createKeyRing, queueAt, startService, systemClock, verifiedUrl } from '@worksights/runtime'
import { configSchema } from './config.ts'
import { createConnections } from './connections.ts'
import { createInstruments } from './instruments.ts'
import { createLabelBook } from './labels/book.ts'
import { runsAtOnce, startRuns } from './runs/worker.ts'
import { startSchedule } from './schedule/schedule.ts'
import { startResolver } from './worker.ts'

const { config, log, meter, refuse, onShutdown, serveAdmin } = startService('resolver-worker', configSchema)
const database = openDatabase({
  url: verifiedUrl(config.DATABASE_URL, config.DATABASE_CA_FILE),
  applicationName: 'resolver-worker',
  max: config.DATABASE_POOL_MAX,
  onError: error => log.warn({ err: error }, 'an idle database connection broke'),
})
const queues = createQueues({ ...queueAt(config), log })
const instruments = createInstruments(meter)
const onResponse = createCallMetrics(meter)
observePools(meter, { main: database.pool })
observeQueues(meter, queues, ['resolve', 'runs'])
const probe = createConsumptionProbe({ staleAfterMs: 60_000, clock: systemClock })
// One step of a run may wait for Attio much longer than a turn does.
const runsProbe = createConsumptionProbe({ staleAfterMs: 10 * 60_000, clock: systemClock })
const keys = await guardKeyRing({ executor: database.pool, keyRing: createKeyRing(config.ENCRYPTION_KEYS), log }).catch(refuse)
const findConnection = createConnections({ database, keyRing: keys.keyRing, attioApiUrl: config.ATTIO_API_URL, log, onResponse })
// A hint that is lost only costs time: the sweeper finds what is due.
const runsDue = (connectionId: string) => void queues.hint('runs', connectionId).catch(() => {})
const book = createLabelBook({ database, log, runsDue, lookedUp: instruments.lookedUp })
const resolver = startResolver({
  ...{ database, queues, log, probe, book, findConnection, instruments },
  concurrency: config.CONCURRENCY,
  holdMs: config.NAME_HOLD_MS,
  windowMs: config.CONSOLIDATION_WINDOW_MS,
})
const upkeepOptions = {
  ...{ database, log, keyRing: keys.keyRing, clock: systemClock, onResponse },
  attio: { apiUrl: config.ATTIO_API_URL, appUrl: config.ATTIO_APP_URL },
  gatewayUrl: config.PUBLIC_GATEWAY_URL,
}
const runs = startRuns({
  ...{ ...upkeepOptions, queues, probe: runsProbe, book },
  concurrency: runsAtOnce(config.DATABASE_POOL_MAX),
  endpointsForgottenAfterMs: 35_000,
})
const { OPERATOR_WEBHOOK_URL: operatorUrl, OPERATOR_WEBHOOK_SECRET: operatorSecret } = config
const schedule = startSchedule({
  ...{ ...upkeepOptions, queues, book, findConnection, ran: instruments.ran },
  checkEveryMs: config.CHECK_EVERY_MS,
  checksAtOnce: Math.max(1, Math.floor(config.DATABASE_POOL_MAX / 5)),
  operator: operatorUrl && operatorSecret ? { url: operatorUrl, secret: operatorSecret } : null,
})

onShutdown('stop scheduled work', () => schedule.stop())
onShutdown('stop runs', () => runs.close())
onShutdown('finish jobs', () => resolver.close())
onShutdown('close queues', () => queues.close())
onShutdown('close database', () => database.close())
const adminPort = await serveAdmin({
  readiness: async () => [{ name: 'database', ok: await database.isReachable() }, keys.check()],
  liveness: () => [probe.check(), { ...runsProbe.check(), name: 'runs' }],
})
log.info({ admin_port: adminPort }, 'working')
