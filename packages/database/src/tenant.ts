import { Semaphore, type SemaphoreInterface, withTimeout } from 'async-mutex'
import type pg from 'pg'
import { type Database, type Executor, runTransaction } from './connect.ts'

/*
 * The one door to the rows of an organisation. A `Scope` is made only here: its transaction has been told whose it is, row-level security shows it
 * nothing else, and queries take the organisation from it rather than from a caller, so none can be asked without one. A login that row-level
 * security does not hold back is refused: better no answer than everybody's.
 */

declare const scoped: unique symbol

/** A transaction that sees one organisation. Functions of tenant data take it, and no pool fits in its place. */
export type Scope = Executor & { readonly organizationId: string; readonly [scoped]: true }

export type Tenant = {
  readonly organizationId: string
  /** Runs `work` in one transaction of the organisation. Keep it short: a stream or an export takes one a page. */
  transaction<T>(work: (scope: Scope) => Promise<T>): Promise<T>
  /**
   * As `transaction`, for `work` that writes nothing and may be begun anew. Where the database has a replica it may be asked in place of the primary; what is
   * read is never older than this call.
   */
  read<T>(work: (scope: Scope) => Promise<T>): Promise<T>
}

/** The login can see every organisation: row-level security does not apply to it. */
export class UnguardedLoginError extends Error {
  constructor() {
    super(
      "The database login sees the rows of every organisation: it owns the tables, is a superuser, or is a member of worksights_worker. Give this service a login of its own: create role timeline_api login password '…' in role worksights_api",
    )
    this.name = 'UnguardedLoginError'
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether row-level security holds the current user back; false for owners, superusers and members of the workers' role. */
export const guarded = `row_security_active('activity') and not pg_has_role('worksights_worker', 'usage') as guarded`

/** Opens the door to one organisation's rows. */
export function tenantOf(database: Pick<Database, 'pool'>, organizationId: string): Tenant {
  requireUuid(organizationId)
  const run =
    (start: Start) =>
    <T>(work: (scope: Scope) => Promise<T>) =>
      runTransaction(
        database.pool,
        client => beginAs(client, organizationId, start),
        client => work(scopeOf(client, organizationId)),
      )
  return { organizationId, transaction: run('begin'), read: run('begin read only') }
}

/** The organisation has so much under way that this had to wait for too long. */
export class TenantBusyError extends Error {
  constructor() {
    super('The organisation has as many transactions under way as one may have, and none of them ended in time.')
    this.name = 'TenantBusyError'
  }
}

type Shares = <T>(organizationId: string, work: () => Promise<T>) => Promise<T>

/**
 * Turns of a pool's connections: of one organisation at most `atOnce` are at work in this process at the same time, others wait for their turn and after
 * `waitMs` throw a {@link TenantBusyError}. So nobody's slow questions take every connection there is.
 */
export function createShares({ atOnce, waitMs = 5_000 }: { atOnce: number; waitMs?: number | undefined }): Shares {
  const shares = new Map<string, SemaphoreInterface>()

  return async (organizationId, work) => {
    const share = shares.get(organizationId) ?? withTimeout(new Semaphore(atOnce), waitMs, new TenantBusyError())
    shares.set(organizationId, share)
    try {
      return await share.runExclusive(work)
    } finally {
      // Nobody of the organisation is at work, and so nobody waits.
      if (share.getValue() === atOnce) shares.delete(organizationId)
    }
  }
}

/**
 * Doors that leave room for each other, by {@link createShares}. A transaction that opens another one of its organisation takes two places: `atOnce` is to be
 * more than there can be of those.
 */
export function createTenants(
  database: Pick<Database, 'pool'>,
  options: { atOnce: number; waitMs?: number },
): (organizationId: string) => Tenant {
  const share = createShares(options)
  return organizationId => {
    const tenant = tenantOf(database, organizationId)
    return {
      organizationId,
      transaction: work => share(organizationId, () => tenant.transaction(work)),
      read: work => share(organizationId, () => tenant.read(work)),
    }
  }
}

type Start = 'begin' | 'begin read only'

/** Begins a transaction of an organisation. One round trip: several statements in one message. */
async function beginAs(client: pg.PoolClient, organizationId: string, start: Start): Promise<void> {
  const results: unknown = await client.query(`${start}; set local app.organization_id = '${organizationId}'; select ${guarded}`)
  const last = Array.isArray(results) ? (results.at(-1) as pg.QueryResult<{ guarded: boolean }>) : undefined
  if (!last?.rows[0]?.guarded) throw new UnguardedLoginError()
}

/** An organisation's id is written into statements that take no parameters. */
export function requireUuid(organizationId: string): void {
  if (!uuid.test(organizationId)) throw new Error('An organisation is named by a UUID.')
}

/** Only for who has begun a transaction of that organisation, with a login that is held back. */
export function scopeOf(client: pg.PoolClient, organizationId: string): Scope {
  const executor: Executor = { query: client.query.bind(client) }
  return Object.assign(executor, { organizationId }) as Scope
}

/** Throws an {@link UnguardedLoginError} where this login would see every organisation. To be asked before serving. */
export async function requireGuardedLogin(database: Pick<Database, 'pool'>): Promise<void> {
  const { rows } = await database.pool.query<{ guarded: boolean }>(`select ${guarded}`)
  if (!rows[0]?.guarded) throw new UnguardedLoginError()
}
