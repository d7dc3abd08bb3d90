import { type AttioClient, type AttioError, buildSubscriptions, type WebhookReply, type WebhookSubscription } from '@worksights/attio'
import { issueEndpoint, saveWebhook, secretSealContext, type Transaction, type WebhookPurpose } from '@worksights/database'
import type { Clock, KeyRing } from '@worksights/runtime'
import { need } from './failure.ts'
import { patiently, wasNotDone } from './patience.ts'
import { sameSubscriptions } from './subscriptions.ts'
import type { Store } from './upkeep.ts'
import { endpointUrl, newEndpointId } from './webhook-endpoint.ts'
import type { Finding } from './webhook-plan.ts'

/** An endpoint issued by this attempt. `uncertain`: Attio may have made the webhook without our learning of it. */
export type MadeEndpoint = { rowId: string; endpointId: string; uncertain: boolean }

export type WebhookSetup = {
  store: Store
  keyRing: KeyRing
  attio: AttioClient
  gatewayUrl: string
  clock: Clock
  connection: { id: string; organizationId: string }
  /** Told of each endpoint as soon as it is issued, so that a failure can be undone. */
  made: MadeEndpoint[]
}

/**
 * Sees to it that both webhooks exist at Attio with the right address and subscriptions: those that work are kept (and amended), the others made new.
 * The ones they replace are left as they are. Answers with the row ids of both.
 */
export async function setUpWebhooks(
  setup: WebhookSetup,
  plan: readonly Finding[],
  namingAttributeIds: readonly string[],
): Promise<string[]> {
  const inUse: string[] = []
  for (const finding of plan) {
    const subscriptions = buildSubscriptions(finding.purpose, namingAttributeIds)
    if (finding.action === 'keep' && finding.row && finding.webhook) {
      await amendWebhook(setup, finding.webhook, finding.row.endpointId, subscriptions)
      inUse.push(finding.row.id)
    } else inUse.push(await makeWebhook(setup, finding.purpose, subscriptions))
  }
  return inUse
}

/** Corrects what Attio keeps of a webhook, id and secret stay; false when there was nothing to correct. */
export async function amendWebhook(
  { attio, gatewayUrl }: Pick<WebhookSetup, 'attio' | 'gatewayUrl'>,
  webhook: WebhookReply,
  endpointId: string,
  subscriptions: WebhookSubscription[],
): Promise<boolean> {
  const targetUrl = endpointUrl(gatewayUrl, endpointId)
  if (webhook.target_url === targetUrl && sameSubscriptions(webhook.subscriptions, subscriptions)) return false
  need(await patiently(() => attio.updateWebhook(webhook.id.webhook_id, { targetUrl, subscriptions })))
  return true
}

/** Makes a webhook on an endpoint of its own. `alongside` is done in the transaction in which it becomes usable. Answers with its row id. */
export async function makeWebhook(
  setup: WebhookSetup,
  purpose: WebhookPurpose,
  subscriptions: WebhookSubscription[],
  alongside: (client: Transaction) => Promise<void> = async () => {},
): Promise<string> {
  const { store, keyRing, attio, connection, clock } = setup
  const endpointId = newEndpointId()
  // Committed before Attio is asked: whatever happens next, a webhook with this address is known to be ours.
  const endpoint = { organizationId: connection.organizationId, connectionId: connection.id, endpointId, purpose }
  const { id } = await store.transaction(client => issueEndpoint(client, endpoint))
  const made: MadeEndpoint = { rowId: id, endpointId, uncertain: true }
  setup.made.push(made)
  const result = await patiently(
    () => attio.createWebhook({ targetUrl: endpointUrl(setup.gatewayUrl, endpointId), subscriptions }),
    wasNotDone,
  )
  made.uncertain = !result.ok && mayHaveBeenDone(result.error)
  const webhook = need(result)
  const { keyId, sealed } = keyRing.seal(webhook.secret, secretSealContext(id))
  const answered = { attioWebhookId: webhook.id.webhook_id, secretSealed: sealed, secretKeyId: keyId, at: new Date(clock.now()) }
  await store.transaction(async client => {
    await saveWebhook(client, id, answered)
    await alongside(client)
  })
  return id
}

function mayHaveBeenDone(error: AttioError): boolean {
  return error.kind === 'unexpected_reply' || (error.kind === 'unavailable' && error.reason !== 'server_error')
}
