import { isNativeError } from 'node:util/types'
import type pg from 'pg'
import { isDatabaseAway } from './away.ts'
import { type Database, type Executor, runTransaction } from './connect.ts'
import { createShares, guarded, requireUuid, type Scope, scopeOf, type Tenant, UnguardedLoginError } from './tenant.ts'

/*
 * Reads at a second server, a standby that replays what the primary writes. It is always a little behind, and a page that lacks what a stream told of before the
 * page was asked for would lack it for good. So each read first asks the primary how far it has written, and the standby answers only once it has replayed
 * that far: it shows no less than the primary did when it was asked. Where the standby cannot answer, the primary does.
 *
 *   in use --(behind, away, not fit)--> resting --(after restMs one read tries)--> in use
 *
 * A position in the change feed may be taken at the standby with the lines: `pg_snapshot_xmin` there lies at or below every transaction whose end was not
 * replayed yet, so what the lines do not show comes after it.
 */

/**
 * Why the primary answered: the standby was `behind` for too long, `unreachable`, `unfit` (no standby of this primary, or its login is not held back by row
 * security), or `cancelled` the statement to go on replaying.
 */
export type FallbackReason = 'behind' | 'unreachable' | 'unfit' | 'cancelled'

export type ReplicaOptions = {
  primary: Pick<Database, 'pool'>
  replica: Pick<Database, 'pool'>
  /** Transactions of one organisation at the replica at the same time; others wait, as in `createTenants`. */
  atOnce: number
  /** How long they wait. */
  waitMs?: number
  /** Told of each read that the primary answers in place of the replica, and of what was wrong with that. */
  onFallback: (reason: FallbackReason, error: unknown) => void
  /** How long a read waits for the replica to come as far as the primary. */
  catchUpMs?: number
  /** How long a read waits for the replica to say how far it is. */
  checkTimeoutMs?: number
  /** How long no read tries after one has failed to begin. */
  restMs?: number
}

class NotUsableError extends Error {
  readonly reason: FallbackReason

  constructor(reason: FallbackReason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'NotUsableError'
    this.reason = reason
  }
}

/** How far a server has written, and in which history: a standby has the identifier of its primary, and each failover begins another timeline. */
type Place = { lsn: string; system: string; timeline: number }

const system = `(select system_identifier::text from pg_control_system()) as system`
/** The timeline that a standby has written down that it follows; after a failover it does so with its next restartpoint. */
const timeline = `greatest((select timeline_id from pg_control_checkpoint()), (select min_recovery_end_timeline from pg_control_recovery())) as timeline`
const pollMs = 5

/** The doors of `tenantOf` whose `read` goes to a replica, as long as that is reachable, up to date and fit for it. */
export function readFromReplica(tenantOf: (organizationId: string) => Tenant, options: ReplicaOptions): (organizationId: string) => Tenant {
  const { primary, replica, onFallback, restMs = 5_000 } = options
  const share = createShares(options)
  let rest: { until: number; reason: FallbackReason; error: unknown } | null = null

  /** Whether a read may try. Of those that come when a rest is over one may; for the others it goes on until that one has begun. */
  function mayTry(): boolean {
    if (!rest) return true
    const now = performance.now()
    if (now < rest.until) return false
    rest.until = now + restMs
    return true
  }

  async function attempt<T>(organizationId: string, work: (scope: Scope) => Promise<T>): Promise<{ value: T } | null> {
    let hasBegun = false
    try {
      const place = await placeOf(primary.pool)
      // Where the primary is away, it says so itself in what follows.
      if (!place) return null
      const value = await runTransaction(
        replica.pool,
        client => beginAt(client, organizationId, place, options),
        client => {
          hasBegun = true
          rest = null
          return work(scopeOf(client, organizationId))
        },
      )
      return { value }
    } catch (error) {
      const reason = hasBegun ? interruptionOf(error) : error instanceof NotUsableError ? error.reason : 'unreachable'
      if (!reason) throw error
      if (reason !== 'cancelled') rest = { until: performance.now() + restMs, reason, error }
      onFallback(reason, error)
      return null
    }
  }

  return organizationId => {
    requireUuid(organizationId)
    const tenant = tenantOf(organizationId)
    return {
      ...tenant,
      async read(work) {
        if (mayTry()) {
          const answer = await share(organizationId, () => attempt(organizationId, work))
          if (answer) return answer.value
        } else if (rest) onFallback(rest.reason, rest.error)
        return await tenant.read(work)
      },
    }
  }
}

/** The place such that a standby which has replayed it shows everything that anybody sees committed at the primary now; null where the primary is away. */
async function placeOf(primary: Executor): Promise<Place | null> {
  // What is committed was flushed before anybody sees it. Where an operator has given that up, what was merely written counts too.
  const statement = `
    select lsn::text, ${system}, ('x' || left(pg_walfile_name(lsn), 8))::bit(32)::int as timeline
    from (select case current_setting('synchronous_commit') when 'off' then pg_current_wal_insert_lsn() else pg_current_wal_flush_lsn() end as lsn) written`
  try {
    const { rows } = await primary.query<Place>(statement)
    return rows[0] ?? null
  } catch (error) {
    if (isDatabaseAway(error)) return null
    throw new NotUsableError('unfit', 'The primary does not say how far it has written.', { cause: error })
  }
}

type Standing = { guarded: boolean; standby: boolean; system: string; timeline: number; reached: boolean }

/** Begins a transaction of an organisation once the replica has come to `place`; throws a {@link NotUsableError} where it is not to be used. */
async function beginAt(
  client: pg.PoolClient,
  organizationId: string,
  place: Place,
  { catchUpMs = 250, checkTimeoutMs = 1_000 }: ReplicaOptions,
): Promise<void> {
  const began = performance.now()
  const reached = `coalesce(pg_last_wal_replay_lsn() >= '${place.lsn}'::pg_lsn, false) as reached`
  const ask = async (text: string): Promise<Standing | undefined> => {
    // A connection that was cut without a word would be waited for as long as for a statement.
    const results: unknown = await client.query(Object.assign({ text }, { query_timeout: checkTimeoutMs }))
    const last = (Array.isArray(results) ? results.at(-1) : results) as pg.QueryResult<Standing> | undefined
    return last?.rows[0]
  }
  const standing = await ask(
    `begin read only; set local app.organization_id = '${organizationId}'; select ${guarded}, pg_is_in_recovery() as standby, ${system}, ${timeline}, ${reached}`,
  )
  if (!standing?.guarded) throw new NotUsableError('unfit', new UnguardedLoginError().message)
  if (!standing.standby) throw new NotUsableError('unfit', 'The server is no standby: it replays nothing.')
  if (standing.system !== place.system) throw new NotUsableError('unfit', 'The server is a standby of another primary.')
  // In another timeline places say nothing: the standby may hold what the present primary never had.
  if (standing.timeline !== place.timeline)
    throw new NotUsableError('unfit', 'The standby does not follow the primary as it is since a failover, or not for long yet.')
  let isThere = standing.reached
  while (!isThere) {
    if (performance.now() - began > catchUpMs)
      throw new NotUsableError('behind', `The replica did not come to ${place.lsn} within ${catchUpMs} ms.`)
    await new Promise(resolve => setTimeout(resolve, pollMs))
    isThere = (await ask(`select ${reached}`))?.reached ?? false
  }
}

/**
 * What kept a replica from finishing what it had begun; null where the work itself failed. A standby cancels what stands in the way of its replay with 40001 or
 * 40P01, which nothing else gives a transaction that only reads; 57014 is the time limit of a statement, and as true at the primary.
 */
function interruptionOf(error: unknown): FallbackReason | null {
  if (isNativeError(error) && 'code' in error && (error.code === '40001' || error.code === '40P01')) return 'cancelled'
  return isDatabaseAway(error) ? 'unreachable' : null
}
