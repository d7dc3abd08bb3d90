import { v7 as uuid } from 'uuid'
import type { Executor } from './connect.ts'

export type WebhookPurpose = 'records' | 'other'

/** An endpoint this installation issued, for whichever connection. */
export type IssuedEndpoint = {
  id: string
  connectionId: string
  endpointId: string
  attioWebhookId: string | null
  purpose: WebhookPurpose
  hasSecret: boolean
  retiredAt: Date | null
}

export type WebhookRow = IssuedEndpoint & {
  /** As Attio last said. */
  status: string
  /** When it was last seen delivering. */
  checkedAt: Date | null
  degradedSince: Date | null
  silencedAt: Date | null
  /** When its endpoint was issued. */
  createdAt: Date
}

/** What a webhook's secret is sealed with beside the key, so that a sealed secret cannot be moved to another row. */
export function secretSealContext(webhookId: string): string {
  return `webhook:${webhookId}:secret`
}

const columns = `id, connection_id as "connectionId", endpoint_id as "endpointId", attio_webhook_id as "attioWebhookId", purpose,
  secret_key_id is not null as "hasSecret", retired_at as "retiredAt", status, checked_at as "checkedAt", degraded_since as "degradedSince",
  silenced_at as "silencedAt", created_at as "createdAt"`

/** The webhooks of a connection, newest first. */
export async function listWebhooksOfConnection(executor: Executor, connectionId: string): Promise<WebhookRow[]> {
  const { rows } = await executor.query<WebhookRow>(`select ${columns} from webhook where connection_id = $1 order by id desc`, [
    connectionId,
  ])
  return rows
}

/** Those of the given endpoint ids that this installation issued, for whichever connection. */
export async function findIssuedEndpoints(executor: Executor, endpointIds: readonly string[]): Promise<IssuedEndpoint[]> {
  const { rows } = await executor.query<IssuedEndpoint>(
    `select id, connection_id as "connectionId", endpoint_id as "endpointId", attio_webhook_id as "attioWebhookId", purpose, has_secret as "hasSecret",
       retired_at as "retiredAt" from issued_endpoints($1)`,
    [endpointIds],
  )
  return rows
}

/** Issues an endpoint before Attio is asked for a webhook, so that no webhook can ever exist whose endpoint is unknown here. */
export async function issueEndpoint(
  executor: Executor,
  endpoint: { organizationId: string; connectionId: string; endpointId: string; purpose: WebhookPurpose },
): Promise<{ id: string }> {
  const id = uuid()
  await executor.query('insert into webhook (id, organization_id, connection_id, endpoint_id, purpose) values ($1, $2, $3, $4, $5)', [
    id,
    endpoint.organizationId,
    endpoint.connectionId,
    endpoint.endpointId,
    endpoint.purpose,
  ])
  return { id }
}

/** Keeps what Attio answered: from here on deliveries can be verified. Throws where the endpoint is not known any more: nothing may be built on it. */
export async function saveWebhook(
  executor: Executor,
  id: string,
  webhook: { attioWebhookId: string; secretSealed: Uint8Array; secretKeyId: string; at: Date },
): Promise<void> {
  const { rowCount } = await executor.query(
    `update webhook set attio_webhook_id = $2, secret_sealed = $3, secret_key_id = $4, status = 'active', checked_at = $5 where id = $1`,
    [id, webhook.attioWebhookId, webhook.secretSealed, webhook.secretKeyId, webhook.at],
  )
  if (rowCount === 0) throw new Error('The endpoint of a webhook was taken back while the webhook was made.')
}

/** Notes what Attio says of a webhook. `deliveringAt` is when it was seen delivering, null when it was not. */
export async function noteWebhookStatus(
  executor: Executor,
  id: string,
  seen: { status: string; deliveringAt: Date | null; degradedSince: Date | null },
): Promise<void> {
  await executor.query('update webhook set status = $2, checked_at = coalesce($3, checked_at), degraded_since = $4 where id = $1', [
    id,
    seen.status,
    seen.deliveringAt,
    seen.degradedSince,
  ])
}

/** Notes that these webhooks are no longer those of their connection, though deliveries may still come. */
export async function retireWebhooks(executor: Executor, ids: readonly string[], at: Date): Promise<void> {
  await executor.query('update webhook set retired_at = coalesce(retired_at, $2) where id = any($1::uuid[])', [ids, at])
}

/** Notes that a retired webhook was told at Attio to send nothing new. */
export async function noteSilenced(executor: Executor, id: string, at: Date): Promise<void> {
  await executor.query('update webhook set silenced_at = $2 where id = $1', [id, at])
}

/** Forgets webhooks of a connection that are gone at Attio. */
export async function deleteWebhookRows(executor: Executor, connectionId: string, ids: readonly string[]): Promise<void> {
  await executor.query('delete from webhook where connection_id = $1 and id = any($2::uuid[])', [connectionId, ids])
}

export type SealedSecret = { id: string; secretSealed: Buffer; secretKeyId: string }

/** The sealed secrets of a connection's webhooks; for workers, which may read them. */
export async function selectSealedSecrets(executor: Executor, connectionId: string): Promise<SealedSecret[]> {
  const { rows } = await executor.query<SealedSecret>(
    `select id, secret_sealed as "secretSealed", secret_key_id as "secretKeyId" from webhook
     where connection_id = $1 and secret_sealed is not null and secret_key_id is not null`,
    [connectionId],
  )
  return rows
}
