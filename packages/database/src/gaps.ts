import { v7 as uuid } from 'uuid'
import type { Executor, Transaction } from './connect.ts'
import type { WebhookPurpose } from './webhooks.ts'

/** Why deliveries must have been lost for a time. */
export const gapReasons = ['webhook_inactive', 'webhook_missing', 'secret_lost', 'token_dead'] as const
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
