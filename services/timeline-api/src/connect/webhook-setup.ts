import { randomBytes } from 'node:crypto'
import { type AttioClient, type AttioError, buildSubscriptions, type WebhookReply, type WebhookSubscription } from '@worksights/attio'
import {
  issueEndpoint,
  listWebhooksOfConnection,
  saveWebhook,
  secretSealContext,
  type Tenant,
  type WebhookPurpose,
} from '@worksights/database'
import type { KeyRing } from '@worksights/runtime'
import { need } from './failure.ts'
import { patiently, wasNotDone } from './patience.ts'

/** An endpoint issued by this attempt. `uncertain`: Attio may have made the webhook without our learning of it. */
export type MadeEndpoint = { rowId: string; endpointId: string; uncertain: boolean }

export type WebhookSetup = {
  tenant: Tenant
  keyRing: KeyRing
  attio: AttioClient
  gatewayUrl: string
  connection: { id: string; organizationId: string }
  /** Told of each endpoint as soon as it is issued, so that a failure can be undone. */
  made: MadeEndpoint[]
}

const purposes: readonly WebhookPurpose[] = ['records', 'other']

/** Where Attio delivers to. */
export function endpointUrl(gatewayUrl: string, endpointId: string): string {
  return `${gatewayUrl}/webhooks/attio/${endpointId}`
}

/**
 * Sees to it that both webhooks of a connection exist at Attio with the right address and subscriptions: those that work are kept (and amended), the
 * others made new. Answers with the row ids of both.
 */
export async function setUpWebhooks(setup: WebhookSetup, remote: readonly WebhookReply[], namingAttributeIds: string[]): Promise<string[]> {
  const rows = await setup.tenant.transaction(scope => listWebhooksOfConnection(scope, setup.connection.id))
  const inUse: string[] = []
  for (const purpose of purposes) {
    const subscriptions = buildSubscriptions(purpose, namingAttributeIds)
    const working = rows.find(
      row =>
        row.purpose === purpose && row.hasSecret && !row.retiredAt && remote.some(webhook => isDelivering(webhook, row.attioWebhookId)),
    )
    if (working) {
      await amend(setup, remote, working.attioWebhookId, endpointUrl(setup.gatewayUrl, working.endpointId), subscriptions)
      inUse.push(working.id)
    } else {
      inUse.push(await makeWebhook(setup, purpose, subscriptions))
    }
  }
  return inUse
}

function isDelivering(webhook: WebhookReply, attioWebhookId: string | null): boolean {
  return webhook.id.webhook_id === attioWebhookId && webhook.status !== 'inactive'
}

async function amend(
  setup: WebhookSetup,
  remote: readonly WebhookReply[],
  attioWebhookId: string | null,
  targetUrl: string,
  subscriptions: WebhookSubscription[],
): Promise<void> {
  const webhook = remote.find(candidate => candidate.id.webhook_id === attioWebhookId)
  if (!webhook || attioWebhookId === null) return
  const same = webhook.target_url === targetUrl && JSON.stringify(webhook.subscriptions) === JSON.stringify(subscriptions)
  if (!same) need(await patiently(() => setup.attio.updateWebhook(attioWebhookId, { targetUrl, subscriptions })))
}

async function makeWebhook(setup: WebhookSetup, purpose: WebhookPurpose, subscriptions: WebhookSubscription[]): Promise<string> {
  const { tenant, keyRing, attio, connection } = setup
  const endpointId = randomBytes(32).toString('base64url')
  // Committed before Attio is asked: whatever happens next, a webhook with this address is known to be ours.
  const endpoint = { organizationId: connection.organizationId, connectionId: connection.id, endpointId, purpose }
  const { id } = await tenant.transaction(scope => issueEndpoint(scope, endpoint))
  const made: MadeEndpoint = { rowId: id, endpointId, uncertain: true }
  setup.made.push(made)
  const result = await patiently(
    () => attio.createWebhook({ targetUrl: endpointUrl(setup.gatewayUrl, endpointId), subscriptions }),
    wasNotDone,
  )
  made.uncertain = !result.ok && mayHaveBeenDone(result.error)
  const webhook = need(result)
  const { keyId, sealed } = keyRing.seal(webhook.secret, secretSealContext(id))
  const answered = { attioWebhookId: webhook.id.webhook_id, secretSealed: sealed, secretKeyId: keyId }
  await tenant.transaction(scope => saveWebhook(scope, id, answered))
  return id
}

function mayHaveBeenDone(error: AttioError): boolean {
  return error.kind === 'unexpected_reply' || (error.kind === 'unavailable' && error.reason !== 'server_error')
}
