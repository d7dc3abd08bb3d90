import type { Executor } from './connect.ts'
import type { Scope } from './tenant.ts'

/** How long a browser has to begin the download. */
export const exportTicketLifetimeSeconds = 60

/** Whose export it is; a machine has no user. */
export type ExportTicketOwner = { userId: string | null; actorName: string }

/** Keeps a ticket; only its hash is kept, so the table opens nothing. Answers when it expires. */
export async function saveExportTicket(scope: Scope, ticket: ExportTicketOwner & { ticketHash: Buffer; query: unknown }): Promise<Date> {
  const { rows } = await scope.query<{ expiresAt: Date }>(
    // The time comes from the call and not from RETURNING: the API may add tickets and may not read them.
    `with made as (select now() + make_interval(secs => $6) as expires_at),
       added as (insert into export_ticket (ticket_hash, organization_id, user_id, actor_name, query, expires_at)
         select $1, $2, $3, $4, $5, expires_at from made)
     select expires_at as "expiresAt" from made`,
    [ticket.ticketHash, scope.organizationId, ticket.userId, ticket.actorName, JSON.stringify(ticket.query), exportTicketLifetimeSeconds],
  )
  const [made] = rows
  if (!made) throw new Error('A select without a table returned no row.')
  return made.expiresAt
}

export type SpentTicket =
  | { outcome: 'ok'; organizationId: string; owner: ExportTicketOwner; query: unknown }
  | { outcome: 'unknown' }
  | { outcome: 'used' }
  | { outcome: 'expired' }

/** Spends a ticket: exactly one call in all its life is answered `ok`, however many come at once. */
export async function spendExportTicket(executor: Executor, ticketHash: Buffer): Promise<SpentTicket> {
  type Row =
    | { outcome: 'ok'; organizationId: string; userId: string | null; actorName: string; query: unknown }
    | { outcome: 'used' | 'expired' }
  const { rows } = await executor.query<Row>(
    `select outcome, organization_id as "organizationId", user_id as "userId", actor_name as "actorName", query from spend_export_ticket($1)`,
    [ticketHash],
  )
  const [spent] = rows
  if (!spent) return { outcome: 'unknown' }
  if (spent.outcome !== 'ok') return { outcome: spent.outcome }
  const { organizationId, userId, actorName, query } = spent
  return { outcome: 'ok', organizationId, owner: { userId, actorName }, query }
}

/** Forgets tickets that ended an hour ago or more. */
export async function forgetExportTickets(executor: Executor): Promise<void> {
  await executor.query(`delete from export_ticket where expires_at < now() - interval '1 hour'`)
}
