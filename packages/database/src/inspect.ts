import type { Executor } from './connect.ts'
import { readMigrations } from './migrate.ts'

/*
 * What a server, its schema and a login are like, for whoever checks an installation. Nothing is written.
 */

export type ServerInspection = {
  /** As the server tells it: `18.1`, `15.14 (Debian 15.14-0+deb12u1)`. */
  version: string
  majorVersion: number
  /** It follows another server and takes no writes. */
  isStandby: boolean
  /** The protocol of this connection, `TLSv1.3`; null without TLS. */
  tls: string | null
}

/** The oldest version whose SQL is all there. */
export const oldestPostgres = 15

export async function inspectServer(executor: Executor): Promise<ServerInspection> {
  const { rows } = await executor.query<ServerInspection>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int / 10000 as "majorVersion",
       pg_is_in_recovery() as "isStandby", (select version from pg_stat_ssl where pid = pg_backend_pid()) as tls`,
  )
  const [server] = rows
  if (!server) throw new Error('A select without a table returned no row.')
  return server
}

export type HistoryInspection =
  /** There are no tables yet. */
  | { outcome: 'empty' }
  /** This login may not read which migrations were applied: those that let it are among what is missing, or it is nobody's. */
  | { outcome: 'unreadable' }
  | {
      outcome: 'read'
      applied: number
      /** Of this release, and not applied. */
      pending: string[]
      /** Begun and not finished. */
      unfinished: string[]
      /** Another text was applied than this release has. */
      edited: string[]
      /** Applied, and not of this release: it is older than the database. */
      newer: string[]
    }

/** Compares what was applied with the migrations of this release. */
export async function inspectHistory(executor: Executor): Promise<HistoryInspection> {
  const { rows: found } = await executor.query<{ readable: boolean }>(
    `select has_table_privilege(oid, 'select') as readable from pg_class where oid = to_regclass('_prisma_migrations')`,
  )
  if (!found[0]) return { outcome: 'empty' }
  if (!found[0].readable) return { outcome: 'unreadable' }
  const { rows } = await executor.query<{ name: string; checksum: string; finished: boolean }>(
    `select migration_name as name, checksum, finished_at is not null as finished from _prisma_migrations where rolled_back_at is null order by 1`,
  )
  const migrations = await readMigrations()
  const checksums = new Map(migrations.map(({ name, checksum }) => [name, checksum]))
  const finished = rows.filter(row => row.finished)
  return {
    outcome: 'read',
    applied: finished.length,
    pending: migrations.map(({ name }) => name).filter(name => !rows.some(row => row.name === name)),
    unfinished: rows.filter(row => !row.finished).map(({ name }) => name),
    edited: finished.filter(({ name, checksum }) => checksums.has(name) && checksums.get(name) !== checksum).map(({ name }) => name),
    newer: finished.map(({ name }) => name).filter(name => !checksums.has(name)),
  }
}

export type LoginInspection = {
  name: string
  /**
   * What row-level security makes of it: `workers` see every organisation, by the policy that lets them; `api` sees the one a transaction was opened for;
   * `unguarded` is not held back at all (owner, superuser, BYPASSRLS); `nobody` is in neither role and sees nothing.
   */
  sees: 'workers' | 'api' | 'unguarded' | 'nobody'
}

/** Asks as whom this connection signed in. Throws where the tables or roles are not there. */
export async function inspectLogin(executor: Executor): Promise<LoginInspection> {
  const { rows } = await executor.query<LoginInspection>(
    `select current_user as name, case
       when not row_security_active('activity') then 'unguarded'
       when pg_has_role('worksights_worker', 'usage') then 'workers'
       when pg_has_role('worksights_api', 'usage') then 'api'
       else 'nobody' end as sees`,
  )
  const [login] = rows
  if (!login) throw new Error('A select without a table returned no row.')
  return login
}
