import type { Executor, Transaction } from './connect.ts'
import type { ReplayParams } from './runs.ts'

/*
 * Replay makes deliveries due again. One that has ended starts anew, with all its attempts; one that waits for its next attempt has it now; one that is still
 * to be worked, or is being worked, needs nothing. What becomes of the events it made before is said at `insertEvents`, so replaying is idempotent.
 */

const startAnew = `state = 'received', reason = null, due_at = now(), attempts = 0, finished_at = null`

/** Replays one delivery of a connection; false when there is none with this id. */
export async function replayDelivery(
  client: Transaction,
  delivery: { organizationId: string; connectionId: string; id: string },
): Promise<boolean> {
  const { rowCount } = await client.query(`select 1 from delivery where organization_id = $1 and connection_id = $2 and id = $3`, [
    delivery.organizationId,
    delivery.connectionId,
    delivery.id,
  ])
  if (rowCount === 0) return false
  await makeDue(client, [delivery.id])
  return true
}

async function makeDue(client: Transaction, ids: readonly string[]): Promise<number> {
  const ended = await client.query(`update delivery set ${startAnew} where id = any($1::uuid[]) and due_at is null`, [ids])
  // Not `attempts = 0`: it may be worked at this moment, and that is to stay one of its attempts.
  const waiting = await client.query(
    `update delivery set due_at = now() where id = any($1::uuid[]) and state = 'failed' and due_at > now()`,
    [ids],
  )
  return (ended.rowCount ?? 0) + (waiting.rowCount ?? 0)
}

/** A place in a range: deliveries are gone through state by state, oldest first. `after` is absent at the beginning of a state. */
export type ReplayPosition = { state: number; after: { at: string; id: string } | null }

const inRange = `connection_id = $1 and state = $2 and ($3::timestamptz is null or received_at >= $3) and ($4::timestamptz is null or received_at < $4)`

/** How many deliveries a replay goes through: as many entries of the index by state are read. */
export async function countReplay(executor: Executor, connectionId: string, params: ReplayParams): Promise<number> {
  let total = 0
  for (const state of params.states) {
    const { rows } = await executor.query<{ count: number }>(`select count(*)::int as count from delivery where ${inRange}`, [
      connectionId,
      state,
      params.from ?? null,
      params.to ?? null,
    ])
    total += rows[0]?.count ?? 0
  }
  return total
}

export type ReplayedBatch = { seen: number; due: number; next: ReplayPosition | null }

/**
 * Goes through up to `limit` deliveries of a replay from `position` on and makes those due that it is of. What ended after the replay `began` is passed over:
 * it is as it would be, and much of it was made due by this replay itself, from a state it went through before. `next` is null at the end.
 */
export async function replayBatch(
  client: Transaction,
  connectionId: string,
  params: ReplayParams,
  position: ReplayPosition,
  limit: number,
  began: Date,
): Promise<ReplayedBatch> {
  const state = params.states[position.state]
  if (state === undefined) return { seen: 0, due: 0, next: null }
  const { rows } = await client.query<{ id: string; at: string; wanted: boolean }>(
    `select d.id, to_char(d.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
       $5::text is null or exists (select from event e where e.delivery_id = d.id and e.reason = $5) as wanted
     from (
       select id, received_at from delivery where ${inRange} and ($6::timestamptz is null or (received_at, id) > ($6, $7::uuid))
         and (finished_at is null or finished_at <= $9)
       order by received_at, id limit $8
     ) d order by d.received_at, d.id`,
    [
      connectionId,
      state,
      params.from ?? null,
      params.to ?? null,
      params.eventReason ?? null,
      position.after?.at ?? null,
      position.after?.id ?? null,
      limit,
      began,
    ],
  )
  const due = await makeDue(
    client,
    rows.filter(row => row.wanted).map(row => row.id),
  )
  const last = rows.at(-1)
  if (last && rows.length === limit) return { seen: rows.length, due, next: { ...position, after: { at: last.at, id: last.id } } }
  const following = position.state + 1 < params.states.length ? { state: position.state + 1, after: null } : null
  return { seen: rows.length, due, next: following }
}

/** Whether more than `limit` deliveries of a connection are due, now or within a second; reads no more of them than that. */
export async function isBacklogBeyond(executor: Executor, connectionId: string, limit: number): Promise<boolean> {
  const { rows } = await executor.query<{ beyond: boolean }>(
    `select count(*) > $2 as beyond from (select from delivery where connection_id = $1 and due_at <= now() + interval '1 second' limit $2::int + 1) due`,
    [connectionId, limit],
  )
  return rows[0]?.beyond ?? false
}
