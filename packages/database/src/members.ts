import type { Executor, Transaction } from './connect.ts'
import { foldEmail } from './mapping.ts'

/** A workspace member as Attio tells of it. */
export type SyncedMember = {
  id: string
  firstName: string | null
  lastName: string | null
  email: string | null
  avatarUrl: string | null
  accessLevel: string | null
}

/**
 * Writes the members of a connection as Attio has them now; to be run inside a `mappingTransaction`, which takes the client. Attio never deletes
 * members, so none is removed here, and a workspace without any was not read.
 */
export async function writeMembers(
  client: Transaction,
  connection: { id: string; organizationId: string },
  members: readonly SyncedMember[],
): Promise<void> {
  if (members.length === 0) return
  await client.query('update connection set members_synced_at = now() where id = $1', [connection.id])
  await client.query(
    `insert into member (connection_id, organization_id, id, first_name, last_name, email, email_folded, avatar_url, access_level)
     select $1, $2, * from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
     on conflict (connection_id, id) do update set first_name = excluded.first_name, last_name = excluded.last_name, email = excluded.email,
       email_folded = excluded.email_folded, avatar_url = excluded.avatar_url, access_level = excluded.access_level, synced_at = now()`,
    [
      connection.id,
      connection.organizationId,
      members.map(member => member.id),
      members.map(member => member.firstName),
      members.map(member => member.lastName),
      members.map(member => member.email),
      members.map(member => (member.email === null ? null : foldEmail(member.email))),
      members.map(member => member.avatarUrl),
      members.map(member => member.accessLevel),
    ],
  )
}

/**
 * Claims up to `limit` connections whose members and lists are due to be read from Attio, for `leaseMs`; a worker that dies gives them back by doing nothing.
 * One that ended, or has no token yet, is never due.
 */
export async function claimSyncs(executor: Executor, limit: number, leaseMs: number): Promise<string[]> {
  const { rows } = await executor.query<{ id: string }>(
    `update connection set sync_due_at = now() + make_interval(secs => $2::float8 / 1000)
     where id = any(array(
       select id from connection where sync_due_at <= now() and state <> 'disconnected' and token_sealed is not null
       order by sync_due_at limit $1 for update skip locked))
     returning id`,
    [limit, leaseMs],
  )
  return rows.map(row => row.id)
}

/** Says when a connection's members and lists are to be read next. */
export async function putOffSync(executor: Executor, connectionId: string, pauseMs: number): Promise<void> {
  await executor.query(`update connection set sync_due_at = now() + make_interval(secs => $2::float8 / 1000) where id = $1`, [
    connectionId,
    pauseMs,
  ])
}
