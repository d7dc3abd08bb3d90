import type pg from 'pg'

export type NamelessEvent = {
  id: string
  organizationId: string
  lane: string
  facts: unknown
  pendingNames: string[]
  activityId: string | null
}

/** Events whose line still lacks one of the given names (`type/id`); locked until the transaction ends. */
export async function lockNamelessEvents(
  client: pg.PoolClient,
  connectionId: string,
  names: readonly string[],
  limit: number,
): Promise<NamelessEvent[]> {
  const { rows } = await client.query<NamelessEvent>(
    `select id, organization_id as "organizationId", lane, facts, pending_names as "pendingNames", activity_id as "activityId" from event
     where connection_id = $1 and pending_names <> '{}' and pending_names && $2::text[] and state in ('pending', 'projected', 'duplicate')
     order by id limit $3 for update`,
    [connectionId, names, limit],
  )
  return rows
}

/** Gives events their names and makes them due, so that their lines are told again. */
export async function saveFilledNames(
  client: pg.PoolClient,
  filled: readonly { id: string; facts: object; pendingNames: readonly string[] }[],
): Promise<void> {
  await client.query(
    `update event e set facts = f.facts::jsonb, pending_names = array(select jsonb_array_elements_text(f.pending_names::jsonb)),
       state = 'pending', due_at = now()
     from unnest($1::uuid[], $2::text[], $3::text[]) as f(id, facts, pending_names) where e.id = f.id`,
    [filled.map(row => row.id), filled.map(row => JSON.stringify(row.facts)), filled.map(row => JSON.stringify(row.pendingNames))],
  )
}
