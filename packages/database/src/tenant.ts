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
const guarded = `row_security_active('activity') and not pg_has_role('worksights_worker', 'usage') as guarded`

/** Opens the door to one organisation's rows. */
export function tenantOf(database: Pick<Database, 'pool'>, organizationId: string): Tenant {
  // It is written into the statement below, which takes no parameters.
  if (!uuid.test(organizationId)) throw new Error('An organisation is named by a UUID.')
  return {
    organizationId,
    transaction: work =>
      runTransaction(
        database.pool,
        client => begin(client, organizationId),
        client => work(scopeOf(client, organizationId)),
      ),
  }
}

/** The organisation has so much under way that this had to wait for too long. */
export class TenantBusyError extends Error {
  constructor() {
    super('The organisation has as many transactions under way as one may have, and none of them ended in time.')
    this.name = 'TenantBusyError'
  }
}

/**
 * Doors that leave room for each other: of one organisation at most `atOnce` transactions run in this process at the same time, others wait for their turn
 * and after `waitMs` throw a {@link TenantBusyError}. So nobody's slow questions take every connection there is. A transaction that opens another one
 * of its organisation takes two places: `atOnce` is to be more than there can be of those.
 */
export function createTenants(
  database: Pick<Database, 'pool'>,
  { atOnce, waitMs = 5_000 }: { atOnce: number; waitMs?: number },
): (organizationId: string) => Tenant {
  const shares = new Map<string, SemaphoreInterface>()

  return organizationId => {
    const tenant = tenantOf(database, organizationId)
    return {
      organizationId,
      async transaction(work) {
        const share = shares.get(organizationId) ?? withTimeout(new Semaphore(atOnce), waitMs, new TenantBusyError())
        shares.set(organizationId, share)
        try {
          return await share.runExclusive(() => tenant.transaction(work))
        } finally {
          // Nobody of the organisation is at work, and so nobody waits.
          if (share.getValue() === atOnce) shares.delete(organizationId)
        }
      },
    }
  }
}

/** One round trip: several statements in one message. */
async function begin(client: pg.PoolClient, organizationId: string): Promise<void> {
  const results: unknown = await client.query(`begin; set local app.organization_id = '${organizationId}'; select ${guarded}`)
  const last = Array.isArray(results) ? (results.at(-1) as pg.QueryResult<{ guarded: boolean }>) : undefined
  if (!last?.rows[0]?.guarded) throw new UnguardedLoginError()
}

function scopeOf(client: pg.PoolClient, organizationId: string): Scope {
  const executor: Executor = { query: client.query.bind(client) }
  return Object.assign(executor, { organizationId }) as Scope
}

/** Throws an {@link UnguardedLoginError} where this login would see every organisation. To be asked before serving. */
export async function requireGuardedLogin(database: Pick<Database, 'pool'>): Promise<void> {
  const { rows } = await database.pool.query<{ guarded: boolean }>(`select ${guarded}`)
  if (!rows[0]?.guarded) throw new UnguardedLoginError()
}
