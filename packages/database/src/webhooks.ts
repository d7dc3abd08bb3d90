import { v7 as uuid } from 'uuid'
import type { Executor } from './connect.ts'

export type WebhookPurpose = 'records' | 'other'

export type WebhookRow = {
  id: string
  connectionId: string
  endpointId: string
  attioWebhookId: string | null
  purpose: WebhookPurpose
  hasSecret: boolean
  retiredAt: Date | null
}

/** What a webhook's secret is sealed with beside the key, so that a sealed secret cannot be moved to another row. */
export function secretSealContext(webhookId: string): string {
  return `webhook:${webhookId}:secret`
}

const columns = `id, connection_id as "connectionId", endpoint_id as "endpointId", attio_webhook_id as "attioWebhookId", purpose,
  secret_key_id is not null as "hasSecret", retired_at as "retiredAt"`

/** The webhooks of a connection, newest first. */
export async function listWebhooksOfConnection(executor: Executor, connectionId: string): Promise<WebhookRow[]> {
  const { rows } = await executor.query<WebhookRow>(`select ${columns} from webhook where connection_id = $1 order by id desc`, [
    connectionId,
  ])
  return rows
}

/** Those of the given endpoint ids that this installation issued, for whichever connection. */
export async function findIssuedEndpoints(executor: Executor, endpointIds: readonly string[]): Promise<WebhookRow[]> {
  const { rows } = await executor.query<WebhookRow>(
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

/** Keeps what Attio answered: from here on deliveries can be verified. */
export async function saveWebhook(
  executor: Executor,
  id: string,
  webhook: { attioWebhookId: string; secretSealed: Uint8Array; secretKeyId: string },
): Promise<void> {
  await executor.query(
    `update webhook set attio_webhook_id = $2, secret_sealed = $3, secret_key_id = $4, status = 'active', checked_at = now() where id = $1`,
    [id, webhook.attioWebhookId, webhook.secretSealed, webhook.secretKeyId],
  )
}

/** Notes that these webhooks are no longer those of their connection, though deliveries may still come. */
export async function retireWebhooks(executor: Executor, ids: readonly string[]): Promise<void> {
  await executor.query('update webhook set retired_at = coalesce(retired_at, now()) where id = any($1::uuid[])', [ids])
}

/** Forgets webhooks that are gone at Attio. */
export async function deleteWebhookRows(executor: Executor, ids: readonly string[]): Promise<void> {
  await executor.query('delete from webhook where id = any($1::uuid[])', [ids])
}
