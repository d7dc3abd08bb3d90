import { v7 as uuid } from 'uuid'
import type { Transaction } from './connect.ts'
import type { Scope } from './tenant.ts'

/** What can be done to the integration, as the trail names it. */
export const auditActions = [
  'connection.connected',
  'connection.reauthorized',
  'connection.refreshed',
  'connection.disconnected',
  'connection.erased',
  'delivery.replayed',
  'deliveries.replayed',
  'member.mapped',
  'member.unmapped',
  'member.excluded',
  'member.followed',
  'feature.switched',
  'list.shown',
  'list.hidden',
  'private_lists.shown',
  'private_lists.hidden',
  'users.registered',
  'user.changed',
  'timeline.exported',
] as const
export type AuditAction = (typeof auditActions)[number]

/** Who did it. The name is kept as it was then; a machine, or an operator's command, has no user. */
export type AuditActor = { userId: string | null; name: string }

export type AuditNote = {
  action: AuditAction
  connectionId?: string | null
  /** What it was done to and with, for people to read; never a secret or a payload. */
  details?: Record<string, unknown>
}

/** Writes a line of the audit trail; in the transaction of what it tells of, so that neither is there without the other. */
export async function recordAudit(
  client: Transaction,
  entry: AuditNote & { organizationId: string; actor: AuditActor; requestId?: string | null },
): Promise<void> {
  await client.query(
    `insert into audit_entry (id, organization_id, action, user_id, actor_name, connection_id, details, request_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      uuid(),
      entry.organizationId,
      entry.action,
      entry.actor.userId,
      entry.actor.name,
      entry.connectionId ?? null,
      JSON.stringify(entry.details ?? {}),
      entry.requestId ?? null,
    ],
  )
}

/** The person as the trail is to name them. */
export async function actorOfUser(client: Transaction, organizationId: string, userId: string): Promise<AuditActor> {
  const { rows } = await client.query<{ name: string }>(
    'select coalesce(name, email) as name from app_user where organization_id = $1 and id = $2',
    [organizationId, userId],
  )
  return { userId, name: rows[0]?.name ?? 'somebody who is no longer known' }
}

export type AuditEntry = {
  id: string
  at: Date
  action: AuditAction
  userId: string | null
  actorName: string
  connectionId: string | null
  details: Record<string, unknown>
  requestId: string | null
}

/** The trail, newest first by (at, id): at most `limit`, older than `before`. */
export async function selectAudit(
  scope: Scope,
  query: { actions?: readonly string[] | undefined; connectionId?: string | undefined; before?: { at: Date; id: string }; limit: number },
): Promise<AuditEntry[]> {
  const { rows } = await scope.query<AuditEntry>(
    `select id, at, action, user_id as "userId", actor_name as "actorName", connection_id as "connectionId", details, request_id as "requestId"
     from audit_entry
     where organization_id = $1 and ($2::text[] is null or action = any($2)) and ($3::uuid is null or connection_id = $3)
       and ($4::timestamptz is null or (at, id) < ($4, $5::uuid))
     order by at desc, id desc limit $6`,
    [
      scope.organizationId,
      query.actions ?? null,
      query.connectionId ?? null,
      query.before?.at ?? null,
      query.before?.id ?? null,
      query.limit,
    ],
  )
  return rows
}
