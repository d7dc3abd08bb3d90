import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './generated/client.ts'

/** Where statements run: the pool, one client inside a transaction, or a transaction of one organisation. */
export type Executor = Pick<pg.PoolClient, 'query'>

/** An executor whose statements are all in one transaction: what takes it relies on its locks, or on all or nothing. */
export type Transaction = Executor

export type Database = {
  /** Plain SQL: hot writes, locks, keyset pages. */
  pool: pg.Pool
  /** Everything else. */
  prisma: PrismaClient
  /** Runs `work` in one transaction on one client; rolls back and rethrows when it throws. */
  transaction<T>(work: (client: Transaction) => Promise<T>): Promise<T>
  /** Whether the database answers now. */
  isReachable(): Promise<boolean>
  /** Waits for running statements and closes every connection. */
  close(): Promise<void>
}

export type DatabaseOptions = {
  url: string
  /** Shown in pg_stat_activity. */
  applicationName: string
  /** Connections at the most; pods × max stays below the server's max_connections. */
  max?: number
  /** How long to wait for a connection; default 5 s. */
  connectionTimeoutMs?: number
  /** The server gives a statement up after this; by default it never does. */
  statementTimeoutMs?: number
  /** Told when an idle connection breaks; the pool replaces it. */
  onError?: (error: Error) => void
}

/** Opens a pool that Prisma and plain SQL share. Waiting for a connection is bounded (5 s), so a dead database is an error, not a hang. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.max ?? 10,
    connectionTimeoutMillis: options.connectionTimeoutMs ?? 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    // The server ends a statement that takes too long; a server that answers nothing at all is given up a little later from this side.
    ...(options.statementTimeoutMs === undefined
      ? {}
      : { statement_timeout: options.statementTimeoutMs, query_timeout: options.statementTimeoutMs + 500 }),
  })
  pool.on('error', error => options.onError?.(error))
  let prisma: PrismaClient | undefined
  return {
    pool,
    // Made on first use: services that only run SQL do not pay for loading it.
    get prisma() {
      prisma ??= new PrismaClient({
        adapter: new PrismaPg(pool),
        omit: { connection: { tokenSealed: true }, webhook: { secretSealed: true } },
      })
      return prisma
    },
    transaction: work => runTransaction(pool, client => client.query('begin'), work),
    isReachable: () =>
      pool.query('select 1').then(
        () => true,
        () => false,
      ),
    async close() {
      await prisma?.$disconnect()
      if (!pool.ended) await pool.end()
    },
  }
}

/**
 * Runs `work` on a client of its own between `begin` and `commit`; rolls back and rethrows when anything throws. A connection on which nothing could be
 * begun is closed.
 */
export async function runTransaction<T>(
  pool: pg.Pool,
  begin: (client: pg.PoolClient) => Promise<unknown>,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  // A connection that breaks also says so beside the statement that fails for it; unheard, that would end the process.
  const onBroken = (error: Error) => {
    broken = error
  }
  client.on('error', onBroken)
  try {
    await begin(client).catch(error => {
      onBroken(error)
      throw error
    })
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    // On a connection that is gone, or hangs, it would only be waited for.
    if (!broken) await client.query('rollback').catch(onBroken)
    throw error
  } finally {
    client.off('error', onBroken)
    // A client that could not roll back must not go back into the pool.
    client.release(broken)
  }
}
