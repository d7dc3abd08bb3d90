import {
  type ConnectionUnderCare,
  closeGaps,
  deleteWebhookRows,
  forgetToken,
  listWebhooksOfConnection,
  readConnectionUnderCare,
  retireWebhooks,
  setConnectionState,
  withWorkspaceLock,
} from '@worksights/database'
import { patiently } from './patience.ts'
import { logStateChange } from './state-log.ts'
import type { Upkeep } from './upkeep.ts'
import { removeAllWebhooks } from './webhook-cleanup.ts'
import { purposes } from './webhook-plan.ts'

/**
 * What became of our webhooks at Attio.
 * - `deleted`: nothing of ours is left.
 * - `token_dead`: Attio takes the token no more, or there is none.
 * - `forbidden`: the token may not touch webhooks.
 * - `left_behind`: Attio did not answer, and the caller did not want to wait for it.
 *
 * Where they were not deleted they are remembered as ours, and removed when the workspace is connected again; until then what they deliver is stored
 * and ignored.
 */
export type WebhooksLeft = 'deleted' | 'token_dead' | 'forbidden' | 'left_behind'

export type Disconnected =
  | { outcome: 'disconnected'; webhooks: WebhooksLeft }
  /** Attio does not answer now, or the token was replaced since this was opened: nothing was ended. Try again, or insist with `evenIfUnreachable`. */
  | { outcome: 'unreachable' }
  | { outcome: 'not_found' }

/**
 * Ends a connection: deletes its webhooks at Attio, forgets the token, says so. The timeline stays. Doing it twice does no harm. Throws a
 * `WorkspaceBusyError` when somebody else is at it for long.
 */
export async function disconnect(upkeep: Upkeep, options: { evenIfUnreachable?: boolean } = {}): Promise<Disconnected> {
  const { store } = upkeep
  const named = { id: upkeep.connection.id, organizationId: store.organizationId }
  const connection = await store.transaction(client => readConnectionUnderCare(client, named))
  if (!connection) return { outcome: 'not_found' }
  return await withWorkspaceLock(store, connection.workspaceId, async () => {
    // Authorised anew meanwhile: asked with the token of before, Attio would call a good connection dead.
    const isStale = connection.standing.state !== 'disconnected' && !(await upkeep.isCurrent())
    if (isStale && !options.evenIfUnreachable) return { outcome: 'unreachable' }
    return await end(upkeep, connection, options.evenIfUnreachable ?? false)
  })
}

async function end(upkeep: Upkeep, connection: ConnectionUnderCare, insist: boolean): Promise<Disconnected> {
  const { store, clock, log } = upkeep
  const removed = await removeAtAttio(upkeep, connection.id)
  if (removed === 'unreachable' && !insist) return { outcome: 'unreachable' }
  const webhooks = removed === 'unreachable' ? 'left_behind' : removed
  const now = new Date(clock.now())
  const change = await store.transaction(async client => {
    const rowIds = (await listWebhooksOfConnection(client, connection.id)).map(({ id }) => id)
    if (webhooks === 'deleted') await deleteWebhookRows(client, connection.id, rowIds)
    else await retireWebhooks(client, rowIds, now)
    await closeGaps(client, connection, purposes, now)
    await forgetToken(client, connection.id)
    return await setConnectionState(client, connection, { state: 'disconnected', reason: null }, now)
  })
  logStateChange(log, change)
  return { outcome: 'disconnected', webhooks }
}

async function removeAtAttio(upkeep: Upkeep, connectionId: string): Promise<WebhooksLeft | 'unreachable'> {
  const { store, attio, gatewayUrl } = upkeep
  const rows = await store.transaction(client => listWebhooksOfConnection(client, connectionId))
  if (!attio) return rows.length === 0 ? 'deleted' : 'token_dead'
  const remote = await patiently(() => attio.listWebhooks())
  if (remote.ok) {
    const left = await removeAllWebhooks({ attio, gatewayUrl }, rows, remote.data)
    return left.length === 0 ? 'deleted' : 'unreachable'
  }
  if (remote.error.kind === 'forbidden') return 'forbidden'
  // A 401 may be a moment's; what the token is, Attio says elsewhere.
  const self = await patiently(() => attio.self())
  return self.ok && !self.data.active ? 'token_dead' : 'unreachable'
}
