import { removeActivities } from './activities.ts'
import type { Executor, Transaction } from './connect.ts'
import { lockLanes } from './lane-locks.ts'

export type NamelessEvent = {
  id: string
  lane: string
  facts: unknown
  /** Label keys (`type/id`); `again/type/id` where a name is there and has changed since. */
  pendingNames: string[]
  receivedAt: Date
}

const waiting = `connection_id = $1 and pending_names <> '{}' and pending_names && $2::text[] and state in ('pending', 'projected', 'duplicate')`

/** Whether any line still lacks one of the given names. */
export async function isNameAwaited(executor: Executor, connectionId: string, names: readonly string[]): Promise<boolean> {
  if (names.length === 0) return false
  const { rowCount } = await executor.query({
    name: 'is-name-awaited',
    text: `select 1 from event where ${waiting} limit 1`,
    values: [connectionId, names],
  })
  return rowCount === 1
}

/**
 * Events whose line still lacks one of the given names, locked with their lanes until the transaction ends: a projection under way is waited for, and the
 * next one sees what is written here.
 */
export async function lockNamelessEvents(
  client: Transaction,
  connectionId: string,
  names: readonly string[],
  limit: number,
): Promise<NamelessEvent[]> {
  const { rows: found } = await client.query<{ id: string; lane: string; also_lane: string | null }>(
    `select id, lane, also_lane from event where ${waiting} order by id limit $3`,
    [connectionId, names, limit],
  )
  if (found.length === 0) return []
  await lockLanes(
    client,
    connectionId,
    found.flatMap(row => [row.lane, row.also_lane ?? row.lane]),
  )
  const { rows } = await client.query<NamelessEvent>(
    `select id, lane, facts, pending_names as "pendingNames", received_at as "receivedAt" from event where ${waiting} and id = any($3::uuid[]) order by id for update`,
    [connectionId, names, found.map(row => row.id)],
  )
  return rows
}

/** Gives events their names, or their true time, and makes them due, so that their lines are told again. */
export async function saveFilledNames(
  client: Transaction,
  filled: readonly { id: string; facts: object; pendingNames: readonly string[]; happenedAt?: Date }[],
): Promise<void> {
  await client.query(
    `update event e set facts = f.facts::jsonb, pending_names = array(select jsonb_array_elements_text(f.pending_names::jsonb)),
       happened_at = coalesce(f.happened_at, e.happened_at), state = 'pending', due_at = now()
     from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[]) as f(id, facts, pending_names, happened_at) where e.id = f.id`,
    [
      filled.map(row => row.id),
      filled.map(row => JSON.stringify(row.facts)),
      filled.map(row => JSON.stringify(row.pendingNames)),
      filled.map(row => row.happenedAt ?? null),
    ],
  )
}

/**
 * Takes events out of the timeline that should not have been told: they are filtered for `reason` and keep nothing of what they told, their deliveries are
 * if nothing else made a line, lines without any other event go, and what else stands in their lanes is due again. To be called with the lanes locked.
 * `lineId` is the id the event gives a line that begins with it. Returns how many other events are due.
 */
export async function withdrawEvents(
  client: Transaction,
  connectionId: string,
  withdrawn: readonly { id: string; lineId: string }[],
  reason: string,
): Promise<number> {
  if (withdrawn.length === 0) return 0
  const ids = withdrawn.map(event => event.id)
  const { rows: before } = await client.query<{ organization_id: string; delivery_id: string; lane: string; activity_id: string | null }>(
    'select organization_id, delivery_id, lane, activity_id from event where id = any($1::uuid[])',
    [ids],
  )
  await client.query(
    `update event set state = 'filtered', reason = $2, lane = null, also_lane = null, facts = null, pending_names = '{}', activity_id = null, due_at = null
     where id = any($1::uuid[])`,
    [ids, reason],
  )
  await client.query(
    `update delivery d set state = 'filtered', reason = $2 where d.id = any($1::uuid[]) and d.state = 'processed'
       and not exists (select 1 from event e where e.delivery_id = d.id and e.state in ('pending', 'projected', 'duplicate', 'dead'))`,
    [before.map(event => event.delivery_id), reason],
  )
  const { rows: siblings } = await client.query<{ activity_id: string | null }>(
    `update event set state = 'pending', due_at = now() where connection_id = $1 and lane = any($2::text[]) and state in ('pending', 'projected', 'duplicate')
     returning activity_id`,
    [connectionId, before.map(event => event.lane)],
  )
  const stillTold = new Set(siblings.map(event => event.activity_id))
  const removed = [...new Set(before.flatMap(event => event.activity_id ?? []))].filter(id => !stillTold.has(id))
  const [first] = before
  if (first) {
    const led = withdrawn.filter(event => !stillTold.has(event.lineId)).map(event => ({ id: event.lineId, into: null }))
    await removeActivities(client, first.organization_id, removed, led)
  }
  return siblings.length
}
