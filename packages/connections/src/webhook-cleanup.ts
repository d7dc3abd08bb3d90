import { type AttioClient, buildSilentSubscriptions, type WebhookReply } from '@worksights/attio'
import {
  deleteConnection,
  deleteWebhookRows,
  findIssuedEndpoints,
  forgetToken,
  listWebhooksOfConnection,
  noteSilenced,
  retireWebhooks,
  type StateChange,
  setConnectionState,
  type WebhookRow,
} from '@worksights/database'
import { patiently } from './patience.ts'
import type { Store } from './upkeep.ts'
import { endpointUrl } from './webhook-endpoint.ts'
import type { WebhookSetup } from './webhook-setup.ts'

/** How long a webhook that was replaced goes on to be answered: longer than Attio retries a delivery. */
const drainMs = 4 * 24 * 60 * 60 * 1000

/** How long after its endpoint was issued Attio may still make a webhook: whoever asked for it may have died, or not have waited for the answer. */
const mayAppearMs = 60 * 60 * 1000

/**
 * Takes back what a failed attempt made: its webhooks at Attio, then their rows, then a connection that is new. Where Attio cannot say that nothing
 * of it is left, the rows stay as retired, so that the next attempt knows the leftovers for ours and removes them.
 */
export async function undoSetup(setup: WebhookSetup, isNew: boolean): Promise<StateChange | null> {
  const { store, attio, made, connection, clock } = setup
  const urls = made.map(({ endpointId }) => endpointUrl(setup.gatewayUrl, endpointId))
  let gone = !made.some(({ uncertain }) => uncertain)
  if (made.length) {
    const remote = await patiently(() => attio.listWebhooks())
    const left = remote.ok ? remote.data.filter(webhook => urls.includes(webhook.target_url)) : []
    const removed = await Promise.all(left.map(webhook => removeAtAttio(attio, webhook)))
    gone &&= remote.ok && removed.every(Boolean)
  }
  const rowIds = made.map(({ rowId }) => rowId)
  return await store.transaction(async client => {
    if (!gone) await retireWebhooks(client, rowIds, new Date(clock.now()))
    else await deleteWebhookRows(client, connection.id, rowIds)
    if (!isNew) return null
    if (gone) {
      await deleteConnection(client, connection.id)
      return null
    }
    // Gives the workspace free and keeps the row: something at Attio may still point at its endpoints.
    await forgetToken(client, connection.id)
    return await setConnectionState(client, connection, { state: 'disconnected', reason: 'connect_failed' }, new Date(clock.now()))
  })
}

export type Tidying = { store: Store; attio: AttioClient; gatewayUrl: string; connection: { id: string }; now: number }

/**
 * Puts in order what is at Attio beside the webhooks `inUse` (row ids). One that was replaced is told to send nothing new, and deleted once its retries
 * are drained; leftovers of ours are deleted at once. Ours are only those whose address ends in an endpoint id issued here and lies under this gateway,
 * or did when Attio gave the webhook the id we keep. Nothing else is ever touched. True when all of it could be done.
 */
export async function tidyWebhooks(tidying: Tidying, remote: readonly WebhookReply[], inUse: readonly string[]): Promise<boolean> {
  const { store, attio, connection, now } = tidying
  const prefix = endpointUrl(tidying.gatewayUrl, '')
  const endpointIds = remote.flatMap(({ target_url: url }) => (url.startsWith(prefix) ? [url.slice(prefix.length)] : []))
  const { own, issued } = await store.transaction(async client => {
    // One that works and is not used: whoever replaced it died before saying so.
    const replaced = (await listWebhooksOfConnection(client, connection.id)).filter(row => row.hasSecret && !inUse.includes(row.id))
    await retireWebhooks(
      client,
      replaced.map(({ id }) => id),
      new Date(now),
    )
    return { own: await listWebhooksOfConnection(client, connection.id), issued: await findIssuedEndpoints(client, endpointIds) }
  })
  const goneRows: string[] = []
  let allDone = true
  for (const webhook of remote) {
    const row = own.find(candidate => isOwn(candidate, webhook, prefix))
    const foreign = !row && !issued.some(({ endpointId }) => webhook.target_url === prefix + endpointId)
    if (foreign || (row && inUse.includes(row.id))) continue
    if (row && drains(row, now)) allDone = (await silence(tidying, row, webhook)) && allDone
    else if (!(await removeAtAttio(attio, webhook))) allDone = false
    else if (row) goneRows.push(row.id)
  }
  // Rows that nothing at Attio points to any more; what such a webhook still had under way may yet come.
  for (const row of own) {
    const present = remote.some(webhook => isOwn(row, webhook, prefix))
    if (!present && !inUse.includes(row.id) && !drains(row, now) && !mayAppear(row, now)) goneRows.push(row.id)
  }
  await store.transaction(client => deleteWebhookRows(client, connection.id, goneRows))
  return allDone
}

/** Deletes every webhook of a connection at Attio; the row ids of those that could not be. */
export async function removeAllWebhooks(
  { attio, gatewayUrl }: { attio: AttioClient; gatewayUrl: string },
  rows: readonly WebhookRow[],
  remote: readonly WebhookReply[],
): Promise<string[]> {
  const prefix = endpointUrl(gatewayUrl, '')
  const left: string[] = []
  for (const row of rows) {
    const webhook = remote.find(candidate => isOwn(row, candidate, prefix))
    if (webhook && !(await removeAtAttio(attio, webhook))) left.push(row.id)
  }
  return left
}

function isOwn(row: WebhookRow, webhook: WebhookReply, prefix: string): boolean {
  const known = webhook.id.webhook_id === row.attioWebhookId && webhook.target_url.endsWith(`/${row.endpointId}`)
  return known || webhook.target_url === prefix + row.endpointId
}

function drains(row: WebhookRow, now: number): boolean {
  return row.hasSecret && row.retiredAt !== null && now - row.retiredAt.getTime() < drainMs
}

/** Forgotten before, it would be nobody's, and deliver to nowhere for days. */
function mayAppear(row: WebhookRow, now: number): boolean {
  return row.attioWebhookId === null && now - row.createdAt.getTime() < mayAppearMs
}

async function silence({ store, attio, gatewayUrl, now }: Tidying, row: WebhookRow, webhook: WebhookReply): Promise<boolean> {
  const targetUrl = endpointUrl(gatewayUrl, row.endpointId)
  if (row.silencedAt !== null && webhook.target_url === targetUrl) return true
  const subscriptions = buildSilentSubscriptions(row.purpose)
  const result = await patiently(() => attio.updateWebhook(webhook.id.webhook_id, { targetUrl, subscriptions }))
  if (!result.ok) return result.error.kind === 'not_found'
  await store.transaction(client => noteSilenced(client, row.id, new Date(now)))
  return true
}

async function removeAtAttio(attio: AttioClient, webhook: WebhookReply): Promise<boolean> {
  const result = await patiently(() => attio.deleteWebhook(webhook.id.webhook_id))
  return result.ok || result.error.kind === 'not_found'
}
