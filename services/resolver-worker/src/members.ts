import type { Actor, AttioClient } from '@worksights/attio'
import { toSyncedMember } from '@worksights/connections'
import { type Database, type Executor, foldEmail, mappingTransaction, writeMembers } from '@worksights/database'

/*
 * Who a member is. Attio never deletes a member, so one that is known stays known; an id that is not known is looked for by one sync of all members.
 */

export type KnownMember = { id: string; name: string | null; emailFolded: string | null }
export type Members = { byId: Map<string, KnownMember>; byEmail: Map<string, KnownMember> }
/** `complete` says that who is missing is not a member: Attio was asked just now. */
export type MemberLookup = Members & { complete: boolean }
/** Where nobody needs to be known. */
export const noMembers: MemberLookup = { byId: new Map(), byEmail: new Map(), complete: true }

type Connection = { connectionId: string; organizationId: string; client: AttioClient }

export function isMember(actor: Actor): actor is { type: 'workspace-member'; id: string } {
  return actor.type === 'workspace-member' && actor.id !== null
}

export async function readMembers(executor: Executor, connectionId: string): Promise<Members & { syncedAt: Date | null }> {
  const { rows } = await executor.query<{
    id: string
    first_name: string | null
    last_name: string | null
    email_folded: string | null
    synced_at: Date
  }>({
    name: 'read-members',
    text: 'select id, first_name, last_name, email_folded, synced_at from member where connection_id = $1',
    values: [connectionId],
  })
  const members = rows.map(row => ({
    id: row.id,
    name: [row.first_name, row.last_name].filter(part => part !== null && part.trim() !== '').join(' ') || row.email_folded,
    emailFolded: row.email_folded,
  }))
  return {
    syncedAt: rows.reduce<Date | null>((newest, row) => (newest === null || row.synced_at > newest ? row.synced_at : newest), null),
    byId: new Map(members.map(member => [member.id, member])),
    byEmail: new Map(members.flatMap(member => (member.emailFolded === null ? [] : [[member.emailFolded, member]]))),
  }
}

/** Writes Attio's members and maps them to users by e-mail; false when Attio did not answer. */
export async function syncMembers(database: Database, connection: Connection): Promise<boolean> {
  const result = await connection.client.listMembers()
  if (!result.ok) return false
  const target = { id: connection.connectionId, organizationId: connection.organizationId }
  await mappingTransaction(database, connection.organizationId, client => writeMembers(client, target, result.data.map(toSyncedMember)))
  return true
}

/**
 * The members of a connection, synced first if `refresh` asks for it, if they never were, or if one of `ids` is not known and the last sync is older than the
 * events that name it (received until `receivedAt`).
 */
export async function lookUpMembers(
  database: Database,
  connection: Connection,
  wish: { ids: readonly string[]; receivedAt: Date; refresh: boolean },
): Promise<MemberLookup> {
  const known = await readMembers(database.pool, connection.connectionId)
  const { syncedAt } = known
  const needsNone = syncedAt !== null && (syncedAt > wish.receivedAt || wish.ids.every(id => known.byId.has(id)))
  if (!wish.refresh && needsNone) return { ...known, complete: true }
  const complete = await syncMembers(database, connection)
  return { ...(complete ? await readMembers(database.pool, connection.connectionId) : known), complete }
}

export function memberByEmail(members: Members, email: string | null): KnownMember | undefined {
  return email === null ? undefined : members.byEmail.get(foldEmail(email))
}
