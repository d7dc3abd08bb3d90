import { guardKeyRing, observePools, openDatabase } from '@worksights/database'
import { createQueues } from '@worksights/queues'
import { createKeyRing, listen, queueAt, startService, systemClock, verifiedUrl } from '@worksights/runtime'
import { createGateway } from './app.ts'
import { configSchema } from './config.ts'

const { config, log, meter, refuse, onShutdown, serveAdmin } = startService('ingest-gateway', configSchema)
const database = openDatabase({
  url: verifiedUrl(config.DATABASE_URL, config.DATABASE_CA_FILE),
  applicationName: 'ingest-gateway',
  max: config.DATABASE_POOL_MAX,
  // Below the five seconds after which Attio gives a delivery up.
  connectionTimeoutMs: 1_500,
  statementTimeoutMs: 2_500,
  onError: error => log.warn({ err: error }, 'an idle database connection broke'),
})
observePools(meter, { main: database.pool })
const queues = createQueues({ ...queueAt(config), log })
const keys = await guardKeyRing({ executor: database.pool, keyRing: createKeyRing(config.ENCRYPTION_KEYS), log }).catch(refuse)
const gateway = createGateway({
  ...{ database, queues, keyRing: keys.keyRing, log, meter, clock: systemClock },
  endpointRateLimit: config.ENDPOINT_RATE_LIMIT,
})
const server = await listen(gateway.app, { port: config.PORT, host: config.HOST })

onShutdown('finish requests', () => server.close())
onShutdown('finish writes', () => gateway.settle())
onShutdown('close queues', () => queues.close())
onShutdown('close database', () => database.close())
const adminPort = await serveAdmin({
  // Not the queue: deliveries are taken without it.
  readiness: async () => [{ name: 'database', ok: await database.isReachable() }, keys.check()],
  liveness: () => [{ name: 'event_loop', ok: true }],
})
log.info({ port: server.port, admin_port: adminPort }, 'listening')
