import { createPostgresBackend as bullmqPostgres, runMigrations, SchemaMigrationRequiredError, withBackend } from 'bullmq'
import pg from 'pg'
import { type Backend, type BackendOptions, hintTimeoutMs, streams, workerTimes } from './backend.ts'

const { Queue, Worker } = withBackend(bullmqPostgres)

/** Queues in PostgreSQL, in BullMQ's own schema `bullmq`. Each queue and each worker owns a small pool; a worker also one connection that listens. */
export function createPostgresBackend({ url, onError }: BackendOptions): Backend {
  const common = { connectionString: url, keepAlive: true, application_name: 'worksights-queues' }
  const producing = { ...common, max: 2, connectionTimeoutMillis: hintTimeoutMs, query_timeout: hintTimeoutMs }
  const consuming = { ...common, max: 4, connectionTimeoutMillis: 5_000 }
  return {
    // A pool connects when it is asked; the time-outs above bound it.
    reachable: async () => true,
    openProducer(name) {
      const queue = new Queue(name, { connection: producing, streams })
      queue.on('error', onError)
      return queue
    },
    openConsumer(name, processor, concurrency) {
      const worker = new Worker(name, processor, { connection: consuming, concurrency, autorun: false, ...workerTimes })
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
  } finally {
    await client.end()
  }
}

export function isPostgres(url: string): boolean {
  return ['postgres:', 'postgresql:'].includes(new URL(url).protocol)
}

/** Whether an error says that {@link migrateQueues} has not been run. */
export function isMigrationMissing(error: unknown): boolean {
  return error instanceof SchemaMigrationRequiredError
}
