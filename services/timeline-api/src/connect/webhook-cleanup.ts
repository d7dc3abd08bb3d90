import type { AttioClient, WebhookReply } from '@worksights/attio'
import {
  deleteConnection,
  deleteWebhookRows,
  findIssuedEndpoints,
  listWebhooksOfConnection,
  markDisconnected,
  retireWebhooks,
  type Tenant,
  type WebhookRow,
} from '@worksights/database'
import { patiently } from './patience.ts'
import { endpointUrl, type WebhookSetup } from './webhook-setup.ts'

/** How long a webhook that was replaced goes on to be answered: longer than Attio retries a delivery. */
const drainMs = 4 * 24 * 60 * 60 * 1000

/**
 * Takes back what a failed attempt made: its webhooks at Attio, then their rows, then a connection that is new. Where Attio cannot say that nothing
 * of it is left, the rows stay as retired, so that the next attempt knows the leftovers for ours and removes them.
 */
export async function undoSetup(setup: WebhookSetup, isNew: boolean): Promise<void> {
  const { tenant, attio, made, connection } = setup
  const urls = made.map(({ endpointId }) => endpointUrl(setup.gatewayUrl, endpointId))
  let gone = !made.some(({ uncertain }) => uncertain)
  if (made.length) {
    const remote = await patiently(() => attio.listWebhooks())
    const left = remote.ok ? remote.data.filter(webhook => urls.includes(webhook.target_url)) : []
    const removed = await Promise.all(left.map(webhook => removeAtAttio(attio, webhook)))
    gone &&= remote.ok && removed.every(Boolean)
  }
  const rowIds = made.map(({ rowId }) => rowId)
  await tenant.transaction(async scope => {
    if (!gone) await retireWebhooks(scope, rowIds)
    else await deleteWebhookRows(scope, rowIds)
    if (!isNew) return
    if (gone) await deleteConnection(scope, connection.id)
    else await markDisconnected(scope, connection.id, 'connect_failed')
  })
}

/**
 * Removes webhooks of earlier attempts and installations of this workspace. Ours are only those whose address lies under this gateway and whose
 * endpoint id was issued here; of those, what `inUse` names and what still drains is kept. Nothing else is ever deleted.
 */
export async function removeLeftovers(
  setup: { tenant: Tenant; attio: AttioClient; gatewayUrl: string; connectionId: string; now: number },
  remote: readonly WebhookReply[],
  inUse: readonly string[],
): Promise<void> {
  const prefix = endpointUrl(setup.gatewayUrl, '')
  const under = remote.filter(webhook => webhook.target_url.startsWith(prefix))
  const endpointIds = under.map(webhook => webhook.target_url.slice(prefix.length))
  const { issued, own } = await setup.tenant.transaction(async scope => ({
    issued: await findIssuedEndpoints(scope, endpointIds),
    own: await listWebhooksOfConnection(scope, setup.connectionId),
  }))
  const drains = (row: WebhookRow) =>
    row.connectionId === setup.connectionId && row.hasSecret && row.retiredAt !== null && setup.now - row.retiredAt.getTime() < drainMs
  const goneRows: string[] = []
  for (const row of issued) {
    if (inUse.includes(row.id) || drains(row)) continue
    const webhook = under.find(candidate => candidate.target_url === prefix + row.endpointId)
    if (webhook && (await removeAtAttio(setup.attio, webhook))) goneRows.push(row.id)
  }
  // Rows of this connection that nothing at Attio points to any more.
  const known = new Set(remote.map(webhook => webhook.target_url))
  for (const row of own) {
    if (!inUse.includes(row.id) && !drains(row) && !known.has(prefix + row.endpointId)) goneRows.push(row.id)
  }
  await setup.tenant.transaction(scope => deleteWebhookRows(scope, goneRows))
}

async function removeAtAttio(attio: AttioClient, webhook: WebhookReply): Promise<boolean> {
  const result = await patiently(() => attio.deleteWebhook(webhook.id.webhook_id))
  return result.ok || result.error.kind === 'not_found'
}
