import { activityId } from '@worksights/activity'
import { recordReset } from './changes.ts'
import type { Executor, Transaction } from './connect.ts'
import { lockAllLanes } from './lane-locks.ts'

/*
 * Erasing what a connection brought, in the order in which nothing can be made of it any more: first whoever it belongs to, so that no line shows; then
 * deliveries, without which no event is written; then events, without which no line is; then lines, and what is left. Each piece takes what it finds, up to
 * `limit`, and says how many there were, so that all of it can be stopped at any line and begun again.
 */

type Connection = { id: string; organizationId: string }

/** Locks a connection that has ended; false when it has been connected again, which is somebody's newer wish. One that is not there has ended. */
async function lockEnded(client: Transaction, connectionId: string): Promise<boolean> {
  const { rows } = await client.query<{ state: string }>('select state from connection where id = $1 for update', [connectionId])
  return rows[0] === undefined || rows[0].state === 'disconnected'
}

/** Hides every line of a connection that has ended at once, and lets no delivery in any more; false when it has been connected again. */
export async function hideConnection(client: Transaction, connection: Connection): Promise<boolean> {
  if (!(await lockEnded(client, connection.id))) return false
  await client.query('delete from member where connection_id = $1', [connection.id])
  await client.query('delete from webhook where connection_id = $1', [connection.id])
  await recordReset(client, connection.organizationId)
  return true
}

async function erase(executor: Executor, table: 'delivery' | 'activity', connectionId: string, limit: number): Promise<number> {
  const { rowCount } = await executor.query(
    `delete from ${table} where id = any(array(select id from ${table} where connection_id = $1 limit $2))`,
    [connectionId, limit],
  )
  return rowCount ?? 0
}

export const eraseDeliveries = (executor: Executor, connectionId: string, limit: number) => erase(executor, 'delivery', connectionId, limit)

/** Events, with the redirections of the lines that began with them. */
export async function eraseEvents(client: Transaction, connectionId: string, limit: number): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    'delete from event where id = any(array(select id from event where connection_id = $1 limit $2)) returning id',
    [connectionId, limit],
  )
  await client.query('delete from activity_alias where id = any($1::uuid[])', [rows.map(event => activityId(event.id))])
  return rows.length
}

/** Waits for whoever projects events of the connection that are gone now: from here on no line is written. */
export async function awaitProjections(client: Transaction, connectionId: string): Promise<void> {
  await lockAllLanes(client, connectionId)
}

export const eraseActivities = (executor: Executor, connectionId: string, limit: number) => erase(executor, 'activity', connectionId, limit)

export async function eraseLabels(executor: Executor, connectionId: string, limit: number): Promise<number> {
  const { rowCount } = await executor.query(
    `delete from label where connection_id = $1 and (type, id) in (select type, id from label where connection_id = $1 order by type, id limit $2)`,
    [connectionId, limit],
  )
  return rowCount ?? 0
}

/** Erases the connection itself with all that hangs on it, and tells open streams; false when it has been connected again. */
export async function eraseConnection(client: Transaction, connection: Connection): Promise<boolean> {
  if (!(await lockEnded(client, connection.id))) return false
  await client.query('delete from connection where id = $1', [connection.id])
  await recordReset(client, connection.organizationId)
  return true
}

/** The state of a connection; null when it is not there. */
export async function stateOfConnection(executor: Executor, connectionId: string): Promise<string | null> {
  const { rows } = await executor.query<{ state: string }>('select state from connection where id = $1', [connectionId])
  return rows[0]?.state ?? null
}
