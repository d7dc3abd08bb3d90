import { guardKeyRing, observePools, openDatabase, requireGuardedLogin, UnguardedLoginError } from '@worksights/database'
import { createQueues } from '@worksights/queues'
import { createKeyRing, listen, queueAt, startService, systemClock, verifiedUrl } from '@worksights/runtime'
import { createTimelineApi } from './app.ts'
import { configSchema } from './config.ts'
import { createHint } from './hint.ts'
import { openReplica } from './replica.ts'
import { observeSignals } from './signals.ts'

const { config, log, meter, refuse, onShutdown, serveAdmin } = startService('timeline-api', configSchema)
const database = openDatabase({
  url: verifiedUrl(config.DATABASE_URL, config.DATABASE_CA_FILE),
  applicationName: 'timeline-api',
  max: config.DATABASE_POOL_MAX,
  // What nobody waits for any more must not keep a connection: a search for a word that is nowhere reads every line.
  statementTimeoutMs: 30_000,
  onError: error => log.warn({ err: error }, 'an idle database connection broke'),
})
// A database that is away is waited for; one that shows every organisation's rows to this login is not served from.
await requireGuardedLogin(database).catch(error => {
  if (error instanceof UnguardedLoginError) refuse(error)
})
const replica = config.DATABASE_READ_URL
  ? openReplica({
      ...{ url: verifiedUrl(config.DATABASE_READ_URL, config.DATABASE_CA_FILE), poolMax: config.DATABASE_READ_POOL_MAX },
      ...{ meter, clock: systemClock, log },
    })
  : undefined
if (replica) {
  await requireGuardedLogin(replica.database).catch(error => {
    if (error instanceof UnguardedLoginError) refuse(`DATABASE_READ_URL: ${error.message}`)
  })
}
const keys = await guardKeyRing({ executor: database.pool, keyRing: createKeyRing(config.ENCRYPTION_KEYS), log }).catch(refuse)
const queues = createQueues({ ...queueAt(config), log })
const hint = createHint({ queues, log })
const api = createTimelineApi({ config, database, replica, keyRing: keys.keyRing, hint, clock: systemClock, log, meter })
observePools(meter, { main: database.pool, ...(replica && { read: replica.database.pool }) })
observeSignals({ database, meter, clock: systemClock, log })
const server = await listen(api.app, { port: config.PORT, host: config.HOST })

onShutdown('end streams', () => api.hub.close())
onShutdown('finish requests', () => server.close())
onShutdown('close queues', () => queues.close())
onShutdown('close database', () => database.close())
onShutdown('close replica', () => replica?.database.close())
const adminPort = await serveAdmin({
  readiness: async () => [{ name: 'database', ok: await database.isReachable() }, keys.check()],
  liveness: () => [{ name: 'event_loop', ok: true }],
})
log.info({ port: server.port, admin_port: adminPort }, 'listening')
