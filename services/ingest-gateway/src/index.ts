import { openDatabase } from '@worksights/database'
import { createQueues } from '@worksights/queues'
import {
  createAdminServer,
  createKeyRing,
  createLogger,
  createMetrics,
  createShutdown,
  listen,
  loadConfigOrExit,
  systemClock,
} from '@worksights/runtime'
import { createGateway } from './app.ts'
import { configSchema } from './config.ts'

const config = loadConfigOrExit(configSchema)
const log = createLogger({ service: 'ingest-gateway', level: config.LOG_LEVEL })
const shutdown = createShutdown({ log, timeoutMs: 25_000 })
const metrics = createMetrics('ingest-gateway')
const database = openDatabase({
  url: config.DATABASE_URL,
  applicationName: 'ingest-gateway',
  max: config.DATABASE_POOL_MAX,
  // Below the five seconds after which Attio gives a delivery up.
  connectionTimeoutMs: 1_500,
  statementTimeoutMs: 2_500,
  onError: error => log.warn({ err: error }, 'an idle database connection broke'),
})
const queues = createQueues({ url: config.QUEUE_URL, log })
const keyRing = createKeyRing(config.ENCRYPTION_KEYS)
const gateway = createGateway({
  ...{ database, queues, keyRing, log, meter: metrics.meter, clock: systemClock },
  endpointRateLimit: config.ENDPOINT_RATE_LIMIT,
})
const server = await listen(gateway.app, { port: config.PORT, host: config.HOST })
const admin = await createAdminServer({
  port: config.ADMIN_PORT,
  host: config.ADMIN_HOST,
  // Not the queue: deliveries are taken without it.
  readiness: async () => [{ name: 'database', ok: (await database.pool.query('select 1')).rowCount === 1 }],
  liveness: () => [{ name: 'event_loop', ok: true }],
  draining: () => shutdown.draining,
  metrics,
})

shutdown.onShutdown('finish requests', () => server.close())
shutdown.onShutdown('finish writes', () => gateway.settle())
shutdown.onShutdown('close queues', () => queues.close())
shutdown.onShutdown('close database', () => database.close())
shutdown.onShutdown('close admin server', () => admin.close())
log.info({ port: server.port, admin_port: admin.port }, 'listening')
