import type { Executor, Transaction } from './connect.ts'
import type { ClaimedDelivery } from './delivery-work.ts'
import type { LabelType } from './labels.ts'
import { lockLanes } from './lane-locks.ts'

/*
 * What a refresh goes through: labels, to be read again when they are next needed, and events whose lines lack a name, each by pages of an index.
 */

/**
 * Makes up to `limit` labels after `after` doubtful, in the order in which they are locked by everybody; returns the place reached, null at the end.
 * Until they are read again their old name stands in.
 */
export async function expireLabelPage(
  executor: Executor,
  connectionId: string,
  after: { type: string; id: string } | null,
  limit: number,
): Promise<{ type: string; id: string } | null> {
  const { rows } = await executor.query<{ type: string; id: string }>(
    `with page as (
       select type, id from label where connection_id = $1 and ($2::text is null or (type, id) > ($2, $3)) order by type, id limit $4 for update
     ), expired as (
       update label l set fetched_at = 'epoch' from page p where l.connection_id = $1 and l.type = p.type and l.id = p.id
     )
     select type, id from page order by type, id`,
    [connectionId, after?.type ?? null, after?.id ?? null, limit],
  )
  return rows.length === limit ? (rows.at(-1) ?? null) : null
}

/** Every label of the given types, to be asked for again: meant for types there are few of. */
export async function readLabelRefs(
  executor: Executor,
  connectionId: string,
  types: readonly LabelType[],
): Promise<{ type: LabelType; id: string; parentId: string }[]> {
  const { rows } = await executor.query<{ type: LabelType; id: string; parentId: string }>(
    `select type, id, parent_id as "parentId" from label where connection_id = $1 and type = any($2) order by type, id`,
    [connectionId, types],
  )
  return rows
}

const nameless = `connection_id = $1 and pending_names <> '{}' and state in ('pending', 'projected', 'duplicate')`

/** How many events of a connection wait for a name. */
export async function countNameless(executor: Executor, connectionId: string): Promise<number> {
  const { rows } = await executor.query<{ count: number }>(`select count(*)::int as count from event where ${nameless}`, [connectionId])
  return rows[0]?.count ?? 0
}

/** An event that waits for names, with the delivery that tells which. */
export type NamelessDelivery = {
  eventId: string
  index: number
  pendingNames: string[]
  delivery: ClaimedDelivery
}

/** Events that wait for names, by id: at most `limit`, after `after`. */
export async function readNameless(
  executor: Executor,
  connectionId: string,
  after: string | null,
  limit: number,
): Promise<NamelessDelivery[]> {
  const { rows } = await executor.query<Omit<NamelessDelivery, 'delivery'> & NamelessDelivery['delivery']>(
    `select e.id as "eventId", e.delivery_index as index, e.pending_names as "pendingNames", d.id, d.webhook_id as "webhookId", d.body,
       d.received_at as "receivedAt", d.attempts, d.lease, d.trace_context as "traceContext"
     from (select * from event where ${nameless} and ($2::uuid is null or id > $2) order by id limit $3) e
     join delivery d on d.id = e.delivery_id order by e.id`,
    [connectionId, after, limit],
  )
  return rows.map(({ eventId, index, pendingNames, ...delivery }) => ({ eventId, index, pendingNames, delivery }))
}

/**
 * Lets names be asked for again that were refused for lack of a permission: `reopen` gives an event's facts with such names as awaited ones, null where it
 * has none. Goes through up to `limit` lines after `after`; returns the place reached, null at the end.
 */
export async function reopenNames(
  client: Transaction,
  connectionId: string,
  after: string | null,
  limit: number,
  reopen: (facts: unknown) => { facts: object; pendingNames: string[] } | null,
): Promise<string | null> {
  const { rows: lines } = await client.query<{ id: string }>(
    `select id from activity where connection_id = $1 and name_state in ('pending', 'forbidden') and ($2::uuid is null or id > $2) order by id limit $3`,
    [connectionId, after, limit],
  )
  const lineIds = lines.map(line => line.id)
  const { rows: found } = await client.query<{ lane: string | null; also_lane: string | null }>(
    'select distinct lane, also_lane from event where activity_id = any($1::uuid[])',
    [lineIds],
  )
  await lockLanes(client, connectionId, [...new Set(found.flatMap(row => [row.lane, row.also_lane]).filter(lane => lane !== null))])
  const { rows: events } = await client.query<{ id: string; facts: unknown; awaited: string[] }>(
    `select id, facts, pending_names as awaited from event
     where activity_id = any($1::uuid[]) and facts is not null and state in ('pending', 'projected', 'duplicate') order by id for update`,
    [lineIds],
  )
  const opened = events.flatMap(event => {
    const again = reopen(event.facts)
    return again ? [{ id: event.id, facts: again.facts, names: [...new Set([...event.awaited, ...again.pendingNames])] }] : []
  })
  await client.query(
    `update event e set facts = o.facts::jsonb, pending_names = array(select jsonb_array_elements_text(o.names::jsonb))
     from unnest($1::uuid[], $2::text[], $3::text[]) as o(id, facts, names) where e.id = o.id`,
    [opened.map(event => event.id), opened.map(event => JSON.stringify(event.facts)), opened.map(event => JSON.stringify(event.names))],
  )
  return lines.length === limit ? (lines.at(-1)?.id ?? null) : null
}
