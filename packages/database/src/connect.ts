import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './generated/client.ts'

/** Where statements run: the pool, or one client inside a transaction. */
export type Executor = pg.Pool | pg.PoolClient

export type Database = {
  /** Plain SQL: hot writes, locks, keyset pages. */
  pool: pg.Pool
  /** Everything else. */
  prisma: PrismaClient
  /** Runs `work` in one transaction on one client; rolls back and rethrows when it throws. */
  transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>
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
    async transaction(work) {
      const client = await pool.connect()
      let broken: Error | undefined
      // A connection that breaks also says so beside the statement that fails for it; unheard, that would end the process.
      const onBroken = (error: Error) => {
        broken = error
      }
      client.on('error', onBroken)
      try {
        await client.query('begin')
        const result = await work(client)
        await client.query('commit')
        return result
      } catch (error) {
        await client.query('rollback').catch(onBroken)
        throw error
      } finally {
        client.off('error', onBroken)
        // A client that could not roll back must not go back into the pool.
        client.release(broken)
      }
    },
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
