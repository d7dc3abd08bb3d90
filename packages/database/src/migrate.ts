import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

/*
 * Applies the Prisma migration folders without Prisma's native engine, which has to be downloaded and so is missing in locked-down clusters.
 * State is Prisma's own `_prisma_migrations` table, so `prisma migrate deploy` can take over at any time. One runner at a time (advisory lock); one
 * transaction a file, except files whose first line is `-- no-transaction`, which hold one statement (CREATE INDEX CONCURRENTLY refuses a transaction).
 * A file that was edited after it was applied is refused: history is only ever added to.
 */

const folder = fileURLToPath(new URL('../prisma/migrations/', import.meta.url))
const lockId = 7_239_001

const historyTable = `create table if not exists "_prisma_migrations" (
  "id" varchar(36) primary key not null, "checksum" varchar(64) not null, "finished_at" timestamptz, "migration_name" varchar(255) not null,
  "logs" text, "rolled_back_at" timestamptz, "started_at" timestamptz not null default now(), "applied_steps_count" integer not null default 0)`

type Migration = { name: string; sql: string; checksum: string }

/** The migrations of this release, oldest first. */
export async function readMigrations(from: string = folder): Promise<Migration[]> {
  const entries = await readdir(from, { withFileTypes: true })
  const names = entries.filter(entry => entry.isDirectory()).map(entry => entry.name)
  return Promise.all(
    names.sort().map(async name => {
      const sql = await readFile(`${from}/${name}/migration.sql`, 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  const id = randomUUID()
  const begin = 'insert into "_prisma_migrations" (id, checksum, migration_name) values ($1, $2, $3)'
  const finish = 'update "_prisma_migrations" set finished_at = now(), applied_steps_count = 1 where id = $1'
  if (/^--\s*no-transaction/.test(migration.sql)) {
    await client.query(begin, [id, migration.checksum, migration.name])
    await client.query(migration.sql)
    await client.query(finish, [id])
    return
  }
  await client.query('begin')
  try {
    await client.query(begin, [id, migration.checksum, migration.name])
    await client.query(migration.sql)
    await client.query(finish, [id])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** Asks until it has the lock. To wait inside a statement would block the other runner's CREATE INDEX CONCURRENTLY, which waits for every statement. */
async function lock(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [lockId])
    if (rows[0]?.locked) return
    await pause(200)
  }
}

/**
 * Brings the database at `url` to the newest schema and returns the names of the migrations it applied (none when it was up to date).
 * Throws when history was edited, when an earlier migration is half applied, or when a statement fails (nothing of that file is kept then,
 * unless the file asked for no transaction).
 */
export async function migrate(
  url: string,
  options: { log?: (line: string) => void; migrationsFolder?: string } = {},
): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: url, application_name: 'worksights-migrate', connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await lock(client)
    await client.query(historyTable)
    const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
      'select migration_name, checksum, finished_at from "_prisma_migrations" where rolled_back_at is null',
    )
    const history = new Map(rows.map(row => [row.migration_name, row]))
    const applied: string[] = []
    for (const migration of await readMigrations(options.migrationsFolder)) {
      const past = history.get(migration.name)
      if (!past) {
        options.log?.(`applying ${migration.name}`)
        await applyOne(client, migration)
        applied.push(migration.name)
      } else if (!past.finished_at) {
        throw new Error(
          `Migration ${migration.name} was begun and not finished. Mend the database by hand, then set rolled_back_at (to run it again) or finished_at on its row of _prisma_migrations.`,
        )
      } else if (past.checksum !== migration.checksum) {
        throw new Error(
          `Migration ${migration.name} was edited after it had been applied. Restore the file and write the change as a new migration.`,
        )
      }
    }
    return { applied }
  } finally {
    await client.end()
  }
}
