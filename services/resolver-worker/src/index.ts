import { openDatabase } from '@worksights/database'
import { createQueues } from '@worksights/queues'
import {
  createAdminServer,
  createConsumptionProbe,
  createKeyRing,
  createLogger,
  createMetrics,
  createShutdown,
  loadConfigOrExit,
  systemClock,
} from '@worksights/runtime'
import { configSchema } from './config.ts'
import { createConnections } from './connections.ts'
import { startSchedule } from './schedule/schedule.ts'
import { startResolver } from './worker.ts'

const config = loadConfigOrExit(configSchema)
const log = createLogger({ service: 'resolver-worker', level: config.LOG_LEVEL })
const shutdown = createShutdown({ log, timeoutMs: 25_000 })
const metrics = createMetrics('resolver-worker')
const database = openDatabase({
  url: config.DATABASE_URL,
  applicationName: 'resolver-worker',
  max: config.DATABASE_POOL_MAX,
  onError: error => log.warn({ err: error }, 'an idle database connection broke'),
})
const queues = createQueues({ url: config.QUEUE_URL, log })
const probe = createConsumptionProbe({ staleAfterMs: 60_000, clock: systemClock })
const keyRing = createKeyRing(config.ENCRYPTION_KEYS)
const findConnection = createConnections({ database, keyRing, attioApiUrl: config.ATTIO_API_URL, log })
const resolver = startResolver({
  ...{ database, queues, log, probe, findConnection, meter: metrics.meter },
  concurrency: config.CONCURRENCY,
  holdMs: config.NAME_HOLD_MS,
  windowMs: config.CONSOLIDATION_WINDOW_MS,
})
const schedule = startSchedule({ database, queues, log })
const admin = await createAdminServer({
  port: config.ADMIN_PORT,
  host: config.ADMIN_HOST,
  readiness: async () => [{ name: 'database', ok: (await database.pool.query('select 1')).rowCount === 1 }],
  liveness: () => [probe.check()],
  draining: () => shutdown.draining,
  metrics,
})

shutdown.onShutdown('stop scheduled work', () => schedule.stop())
shutdown.onShutdown('finish jobs', () => resolver.close())
shutdown.onShutdown('close queues', () => queues.close())
shutdown.onShutdown('close database', () => database.close())
shutdown.onShutdown('close admin server', () => admin.close())
log.info({ admin_port: admin.port }, 'working')
