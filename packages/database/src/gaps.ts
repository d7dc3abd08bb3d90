import { v7 as uuid } from 'uuid'
import type { Executor, Transaction } from './connect.ts'
import type { WebhookPurpose } from './webhooks.ts'

/** Why deliveries must have been lost for a time. */
export const gapReasons = ['webhook_inactive', 'webhook_missing', 'secret_lost', 'token_dead', 'database_restored'] as const
export type GapReason = (typeof gapReasons)[number]

type Connection = { id: string; organizationId: string }

/** Notes that deliveries of this purpose are being lost since `startedAt`; a gap that is open already goes on as it is. */
export async function openGap(
  client: Transaction,
  connection: Connection,
  gap: { purpose: WebhookPurpose; reason: GapReason; startedAt: Date },
): Promise<void> {
  await client.query(
    `insert into delivery_gap (id, organization_id, connection_id, purpose, reason, started_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (connection_id, purpose) where ended_at is null do nothing`,
    [uuid(), connection.organizationId, connection.id, gap.purpose, gap.reason, gap.startedAt],
  )
}

/** Ends what is open for these purposes. */
export async function closeGaps(client: Transaction, connection: Connection, purposes: readonly WebhookPurpose[], at: Date): Promise<void> {
  await client.query(
    `update delivery_gap set ended_at = greatest(started_at, $4) where connection_id = $1 and organization_id = $2 and purpose = any($3) and ended_at is null`,
    [connection.id, connection.organizationId, purposes, at],
  )
}

/**
 * Since when a webhook cannot have delivered: it was last seen well, or last delivered, whichever is later. Null for one that was never seen well.
 */
export async function lastKnownDelivering(executor: Executor, webhookId: string): Promise<Date | null> {
  const { rows } = await executor.query<{ at: Date | null }>(
    `select greatest(w.checked_at, (
       select received_at from delivery d
       where d.connection_id = w.connection_id and d.webhook_id = w.id and d.received_at > coalesce(w.checked_at, w.created_at)
       order by received_at desc limit 1)) as at
     from webhook w where w.id = $1`,
    [webhookId],
  )
  return rows[0]?.at ?? null
}

/**
 * Notes in every connection that is not disconnected that what was delivered between two times is lost, for this database was restored from a backup of the
 * first; and lets webhooks, token, members and lists be looked at anew, as they may have changed since. Noted twice it stands once. Gives the number of
 * connections.
 */
export async function noteRestored(client: Transaction, { from, to }: { from: Date; to: Date }): Promise<number> {
  const { rows } = await client.query<Connection>(
    // One without a token cannot be looked at.
    `update connection set check_due_at = case when token_key_id is null then check_due_at else now() end,
       sync_due_at = case when token_key_id is null then sync_due_at else now() end
     where state <> 'disconnected' returning id, organization_id as "organizationId"`,
  )
  for (const { id, organizationId } of rows) {
    await client.query(
      `insert into delivery_gap (id, organization_id, connection_id, purpose, reason, started_at, ended_at)
       select made.id, $2, $1, made.purpose, 'database_restored', $3, $4
       from unnest($5::uuid[], array['records', 'other']) as made (id, purpose)
       where not exists (select from delivery_gap known where known.connection_id = $1 and known.purpose = made.purpose
         and known.reason = 'database_restored' and known.started_at = $3)`,
      [id, organizationId, from, to, [uuid(), uuid()]],
    )
  }
  return rows.length
}
