import { observePools, openDatabase } from '@worksights/database'
import { createQueues, observeQueues } from '@worksights/queues'
import { createConsumptionProbe, queueAt, startService, systemClock, verifiedUrl } from '@worksights/runtime'
import { configSchema } from './config.ts'
import { startCoalescer } from './worker.ts'

const { config, log, meter, onShutdown, serveAdmin } = startService('coalescer-worker', configSchema)
const database = openDatabase({
  url: verifiedUrl(config.DATABASE_URL, config.DATABASE_CA_FILE),
  applicationName: 'coalescer-worker',
  max: config.DATABASE_POOL_MAX,
  onError: error => log.warn({ err: error }, 'an idle database connection broke'),
})
const queues = createQueues({ ...queueAt(config), log })
observePools(meter, { main: database.pool })
observeQueues(meter, queues, ['coalesce'])
const probe = createConsumptionProbe({ staleAfterMs: 60_000, clock: systemClock })
const worker = startCoalescer({ database, queues, log, meter, probe, concurrency: config.CONCURRENCY })

onShutdown('finish jobs', () => worker.close())
onShutdown('close queues', () => queues.close())
onShutdown('close database', () => database.close())
const adminPort = await serveAdmin({
  readiness: async () => [{ name: 'database', ok: await database.isReachable() }],
  liveness: () => [probe.check()],
})
log.info({ admin_port: adminPort }, 'working')
