import type { Executor, Transaction } from './connect.ts'

/*
 * Work on deliveries: claim, finish, fail. A claim is a lease: `due_at` moves into the future, so a worker that dies gives its deliveries back by
 * doing nothing, and a worker that was only slow finds its write refused: each lease has a number of its own, which a replay does not give out again.
 */

export type ClaimedDelivery = {
  id: string
  webhookId: string
  body: Buffer
  receivedAt: Date
  /** How often it was begun since it came or was last replayed, this time included. */
  attempts: number
  /** The number of this claim among all there ever were. */
  lease: number
  /** The `traceparent` of its POST, where that was traced. */
  traceContext: string | null
}

/** Claims up to `limit` due deliveries of a connection, oldest first, for `leaseMs`. */
export async function claimDeliveries(
  executor: Executor,
  connectionId: string,
  limit: number,
  leaseMs: number,
): Promise<ClaimedDelivery[]> {
  const { rows } = await executor.query<ClaimedDelivery>({
    name: 'claim-deliveries',
    text: `with due as (
        select id from delivery where connection_id = $1 and due_at <= now() order by due_at, id limit $2 for update skip locked
      )
      update delivery d set due_at = now() + make_interval(secs => $3::float8 / 1000), attempts = attempts + 1, lease = lease + 1
      from due where d.id = due.id
      returning d.id, d.webhook_id as "webhookId", d.body, d.received_at as "receivedAt", d.attempts, d.lease, d.trace_context as "traceContext"`,
    values: [connectionId, limit, leaseMs],
  })
  return rows.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime() || (a.id < b.id ? -1 : 1))
}

export type FinishedDelivery = { id: string; lease: number; state: 'processed' | 'filtered' | 'ignored'; reason: string | null }

/** Ends deliveries whose lease is still the caller's; returns the ids that were. To run in the transaction that writes their events. */
export async function finishDeliveries(client: Transaction, finished: readonly FinishedDelivery[]): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>({
    name: 'finish-deliveries',
    text: `update delivery d set state = f.state, reason = f.reason, due_at = null, finished_at = now()
      from unnest($1::uuid[], $2::int[], $3::text[], $4::text[]) as f(id, lease, state, reason)
      where d.id = f.id and d.lease = f.lease and d.due_at is not null returning d.id`,
    values: [finished.map(row => row.id), finished.map(row => row.lease), finished.map(row => row.state), finished.map(row => row.reason)],
  })
  return new Set(rows.map(row => row.id))
}

/** Says of deliveries just ended that they are processed where they made lines when they were worked before: those stand. Returns the ids of those. */
export async function recallLines(client: Transaction, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await client.query<{ id: string }>(
    `update delivery d set state = 'processed', reason = null where d.id = any($1::uuid[]) and d.state <> 'processed'
       and exists (select from event e where e.delivery_id = d.id and e.state in ('pending', 'projected', 'duplicate'))
     returning d.id`,
    [ids],
  )
  return new Set(rows.map(row => row.id))
}

export type FailedDelivery = { id: string; lease: number; reason: string; pauseMs: number | null }

/** Puts deliveries off for `pauseMs`, or, where that is null, makes them dead letters. Reasons are for people: no payloads. Returns what became of those that were the caller's. */
export async function failDeliveries(executor: Executor, failed: readonly FailedDelivery[]): Promise<{ putOff: number; dead: number }> {
  if (failed.length === 0) return { putOff: 0, dead: 0 }
  const { rows } = await executor.query<{ state: 'failed' | 'dead' }>({
    name: 'fail-deliveries',
    text: `update delivery d set state = case when f.pause_ms is null then 'dead' else 'failed' end, reason = f.reason,
        due_at = now() + make_interval(secs => f.pause_ms / 1000), finished_at = case when f.pause_ms is null then now() end
      from unnest($1::uuid[], $2::int[], $3::text[], $4::float8[]) as f(id, lease, reason, pause_ms)
      where d.id = f.id and d.lease = f.lease and d.due_at is not null returning d.state`,
    values: [failed.map(row => row.id), failed.map(row => row.lease), failed.map(row => row.reason), failed.map(row => row.pauseMs)],
  })
  const dead = rows.filter(row => row.state === 'dead').length
  return { putOff: rows.length - dead, dead }
}

/** How long until more work on a connection's deliveries is due, in ms (0 = now); null when none is waiting. */
export async function nextDeliveryDue(executor: Executor, connectionId: string): Promise<number | null> {
  const { rows } = await executor.query<{ ms: number | null }>(
    `select extract(epoch from min(due_at) - now())::float8 * 1000 as ms from delivery where connection_id = $1 and due_at is not null`,
    [connectionId],
  )
  const ms = rows[0]?.ms ?? null
  return ms === null ? null : Math.max(0, ms)
}

/** Connections with deliveries or events that have been due for longer than `olderThanMs`: what the sweeper hints. */
export async function overdueConnections(executor: Executor, olderThanMs: number): Promise<{ deliveries: string[]; events: string[] }> {
  const overdue = async (table: 'delivery' | 'event') => {
    const { rows } = await executor.query<{ connection_id: string }>(
      `select distinct connection_id from ${table} where due_at < now() - make_interval(secs => $1::float8 / 1000)`,
      [olderThanMs],
    )
    return rows.map(row => row.connection_id)
  }
  return { deliveries: await overdue('delivery'), events: await overdue('event') }
}
