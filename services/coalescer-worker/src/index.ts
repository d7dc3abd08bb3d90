import { openDatabase } from '@worksights/database'
import { createQueues } from '@worksights/queues'
import {
  createAdminServer,
  createConsumptionProbe,
  createLogger,
  createMetrics,
  createShutdown,
  loadConfigOrExit,
  systemClock,
} from '@worksights/runtime'
import { configSchema } from './config.ts'
import { startCoalescer } from './worker.ts'

const config = loadConfigOrExit(configSchema)
const log = createLogger({ service: 'coalescer-worker', level: config.LOG_LEVEL })
const shutdown = createShutdown({ log, timeoutMs: 25_000 })
const metrics = createMetrics('coalescer-worker')
const database = openDatabase({
  url: config.DATABASE_URL,
  applicationName: 'coalescer-worker',
  max: config.DATABASE_POOL_MAX,
  onError: error => log.warn({ err: error }, 'an idle database connection broke'),
})
const queues = createQueues({ url: config.QUEUE_URL, log })
const probe = createConsumptionProbe({ staleAfterMs: 60_000, clock: systemClock })
const worker = startCoalescer({ database, queues, log, meter: metrics.meter, probe, concurrency: config.CONCURRENCY })
const admin = await createAdminServer({
  port: config.ADMIN_PORT,
  host: config.ADMIN_HOST,
  readiness: async () => [{ name: 'database', ok: (await database.pool.query('select 1')).rowCount === 1 }],
  liveness: () => [probe.check()],
  draining: () => shutdown.draining,
  metrics,
})

shutdown.onShutdown('finish jobs', () => worker.close())
shutdown.onShutdown('close queues', () => queues.close())
shutdown.onShutdown('close database', () => database.close())
shutdown.onShutdown('close admin server', () => admin.close())
log.info({ admin_port: admin.port }, 'working')
