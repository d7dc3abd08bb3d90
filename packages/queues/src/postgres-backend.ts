import { verifiedUrl } from '@worksights/runtime'
import { createPostgresBackend as bullmqPostgres, runMigrations, SchemaMigrationRequiredError, withBackend } from 'bullmq'
import pg from 'pg'
import { type Backend, type BackendOptions, hintTimeoutMs, streams, tracing, workerTimes } from './backend.ts'

const { Queue, Worker } = withBackend(bullmqPostgres)

/** Queues in PostgreSQL, in BullMQ's own schema `bullmq`. Each queue and each worker owns a small pool; a worker also one connection that listens. */
export function createPostgresBackend({ url, caFile, redisCluster, onError }: BackendOptions): Backend {
  if (redisCluster) throw new Error('QUEUE_REDIS_CLUSTER is for queues on Redis; QUEUE_URL names a PostgreSQL database.')
  const common = { connectionString: verifiedUrl(url, caFile), keepAlive: true, application_name: 'worksights-queues' }
  const producing = { ...common, max: 2, connectionTimeoutMillis: hintTimeoutMs, query_timeout: hintTimeoutMs }
  const consuming = { ...common, max: 4, connectionTimeoutMillis: 5_000 }
  return {
    // A pool connects when it is asked; the time-outs above bound it.
    reachable: async () => true,
    openProducer(name) {
      const queue = new Queue(name, { connection: producing, streams, ...tracing() })
      queue.on('error', onError)
      return queue
    },
    openConsumer(name, processor, concurrency) {
      const worker = new Worker(name, processor, { connection: consuming, concurrency, autorun: false, ...workerTimes, ...tracing() })
      worker.on('error', onError)
      return worker
    },
    close: async () => {},
  }
}

/** Makes or updates the queues' tables at a `postgres://` URL; does nothing for Redis. Needs the right to create a schema: for the migration step only. */
export async function migrateQueues(url: string): Promise<void> {
  if (!isPostgres(url)) return
  const client = new pg.Client({ connectionString: url, application_name: 'worksights-migrate', connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await runMigrations(client)
    await grantToServices(client)
  } finally {
    await client.end()
  }
}

/** Lets the services' roles, where the database has them, put hints in and take them out. */
async function grantToServices(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ role: string }>(
    `select quote_ident(rolname) as role from pg_roles where rolname in ('worksights_api', 'worksights_worker')`,
  )
  if (rows.length === 0) return
  const roles = rows.map(({ role }) => role).join(', ')
  await client.query(`grant usage on schema bullmq to ${roles}`)
  // Rows and no more: a trigger of one login runs with the rights of whichever other one writes the table.
  await client.query(`revoke truncate, references, trigger on all tables in schema bullmq from ${roles}`)
  await client.query(`grant select, insert, update, delete on all tables in schema bullmq to ${roles}`)
  await client.query(`grant usage, select, update on all sequences in schema bullmq to ${roles}`)
  await client.query(`grant execute on all functions in schema bullmq to ${roles}`)
  // Makes a queue's counter when the queue's first job comes: as the owner, so that the services need not create things and share what was created.
  // Named last, a session's own temporary things cannot pass for the owner's.
  await client.query('alter function bullmq.next_job_id(text) security definer set search_path = bullmq, pg_temp')
}

export function isPostgres(url: string): boolean {
  return ['postgres:', 'postgresql:'].includes(new URL(url).protocol)
}

/** Whether an error says that {@link migrateQueues} has not been run. */
export function isMigrationMissing(error: unknown): boolean {
  return error instanceof SchemaMigrationRequiredError
}
