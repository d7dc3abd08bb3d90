import { openDatabase } from '@worksights/database'
import { createAdminServer, createLogger, createMetrics, createShutdown, listen, loadConfigOrExit, systemClock } from '@worksights/runtime'
import { createTimelineApi } from './app.ts'
import { configSchema } from './config.ts'

const config = loadConfigOrExit(configSchema)
const log = createLogger({ service: 'timeline-api', level: config.LOG_LEVEL })
const shutdown = createShutdown({ log, timeoutMs: 25_000 })
const database = openDatabase({
  url: config.DATABASE_URL,
  applicationName: 'timeline-api',
  max: config.DATABASE_POOL_MAX,
  onError: error => log.warn({ err: error }, 'an idle database connection broke'),
})
const api = createTimelineApi({ config, database, clock: systemClock, log })
const server = await listen(api.app, { port: config.PORT, host: config.HOST })
const admin = await createAdminServer({
  port: config.ADMIN_PORT,
  host: config.ADMIN_HOST,
  readiness: async () => [{ name: 'database', ok: await database.pool.query('select 1').then(Boolean, () => false) }],
  liveness: () => [{ name: 'event_loop', ok: true }],
  draining: () => shutdown.draining,
  metrics: createMetrics('timeline-api'),
})

shutdown.onShutdown('end streams', () => api.hub.close())
shutdown.onShutdown('finish requests', () => server.close())
shutdown.onShutdown('close database', () => database.close())
shutdown.onShutdown('close admin server', () => admin.close())
log.info({ port: server.port, admin_port: admin.port }, 'listening')
