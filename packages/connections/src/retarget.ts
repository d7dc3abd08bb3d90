import { listWebhooksOfConnection, readConnectionUnderCare, withWorkspaceLock } from '@worksights/database'
import { patiently } from './patience.ts'
import type { Upkeep } from './upkeep.ts'
import { endpointUrl } from './webhook-endpoint.ts'

/** How many webhooks were told the address, had it already, or were refused it. */
export type Retargeted =
  | { outcome: 'retargeted'; changed: number; unchanged: number; refused: number }
  | { outcome: 'token_dead' }
  /** Attio does not answer now: run it again. */
  | { outcome: 'unreachable' }
  /** There is no such connection, or it is disconnected: there is nothing to retarget. */
  | { outcome: 'not_connected' }

/**
 * Tells Attio the gateway's present address for every webhook of a connection, retired ones too; ids and secrets stay. Throws a `WorkspaceBusyError`
 * when somebody else is at it for long.
 */
export async function retargetWebhooks(upkeep: Upkeep): Promise<Retargeted> {
  const { store, attio, connection } = upkeep
  const named = { id: connection.id, organizationId: store.organizationId }
  const known = await store.transaction(client => readConnectionUnderCare(client, named))
  if (!known || !attio) return { outcome: 'not_connected' }
  return await withWorkspaceLock(store, known.workspaceId, () => retarget({ ...upkeep, attio }))
}

async function retarget({ store, attio, gatewayUrl, connection }: Upkeep & { attio: NonNullable<Upkeep['attio']> }): Promise<Retargeted> {
  const remote = await patiently(() => attio.listWebhooks())
  if (!remote.ok) {
    const self = await patiently(() => attio.self())
    return { outcome: self.ok && !self.data.active ? 'token_dead' : 'unreachable' }
  }
  const rows = await store.transaction(client => listWebhooksOfConnection(client, connection.id))
  const count = { changed: 0, unchanged: 0, refused: 0 }
  for (const row of rows) {
    const webhook = remote.data.find(candidate => candidate.id.webhook_id === row.attioWebhookId)
    if (!webhook) continue
    const targetUrl = endpointUrl(gatewayUrl, row.endpointId)
    if (webhook.target_url === targetUrl) {
      count.unchanged += 1
      continue
    }
    const updated = await patiently(() => attio.updateWebhook(webhook.id.webhook_id, { targetUrl }))
    if (updated.ok) count.changed += 1
    else if (updated.error.kind === 'invalid_request' || updated.error.kind === 'forbidden') count.refused += 1
    // One that went away meanwhile is the next check's to replace.
    else if (updated.error.kind !== 'not_found') return { outcome: 'unreachable' }
  }
  return { outcome: 'retargeted', ...count }
}
