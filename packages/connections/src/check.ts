import { missingScopes } from '@worksights/attio'
import {
  type ConnectionState,
  type ConnectionUnderCare,
  noteChecked,
  noteLivingToken,
  readConnectionUnderCare,
  type StateReason,
  scheduleCheck,
  setConnectionState,
  type WebhookPurpose,
  WorkspaceBusyError,
  withWorkspaceLock,
} from '@worksights/database'
import { checkEveryMs, pauseWhileBroken, spread } from './check-times.ts'
import { tokenSeemsDead } from './check-token.ts'
import { checkWebhooks } from './check-webhooks.ts'
import { ConnectFailure, need } from './failure.ts'
import { patiently } from './patience.ts'
import { logStateChange } from './state-log.ts'
import type { Upkeep } from './upkeep.ts'

export type CheckOptions = {
  /** An admin is waiting: a token that seems dead is asked about a second time at once instead of a minute later. */
  adminWaits?: boolean
  /** What to do while another process connects, checks or ends the same connection; default: wait half a minute. */
  ifBusy?: 'wait' | 'skip'
  /** When it is to be looked at again if there is nothing to hurry for; default: 5 minutes. */
  everyMs?: number
}

/** What was found of one of the two webhooks, and what was done about it. */
export type WebhookReport = {
  purpose: WebhookPurpose
  found: 'active' | 'degraded' | 'inactive' | 'missing' | 'secret_lost' | 'never_made'
  /** `refused`: Attio does not allow the repair; `put_off`: Attio did not answer it, the next check tries again. */
  done: 'kept' | 'amended' | 'replaced' | 'refused' | 'put_off'
}

export type CheckReport =
  | { outcome: 'checked'; state: ConnectionState; reason: StateReason | null; missingScopes: string[]; webhooks: WebhookReport[] }
  /** Attio called the token dead once: nothing is believed until it says so again. */
  | { outcome: 'token_doubtful' }
  | { outcome: 'token_dead' }
  /** The token may not see or make webhooks. */
  | { outcome: 'missing_permission'; missingScopes: string[] }
  /** Attio gave no verdict: nothing was changed. */
  | { outcome: 'unreachable' }
  /** Somebody else is at it, or has just given it another token. */
  | { outcome: 'busy' }
  /** Disconnected, never authorised, or not there: nothing to look after. */
  | { outcome: 'not_connected' }

/** Silence of Attio's that is worth a warning. */
const longSilenceMs = 60 * 60_000

/**
 * Looks at a connection's token, permissions and webhooks, repairs what can be repaired, and says when to look again. Only what Attio says in its own words
 * changes anything: a 401, a rate limit, an error or silence is no verdict. Of two checks at once the second waits, or skips.
 */
export async function checkConnection(upkeep: Upkeep, options: CheckOptions = {}): Promise<CheckReport> {
  const { store } = upkeep
  const named = { id: upkeep.connection.id, organizationId: store.organizationId }
  const read = () => store.transaction(client => readConnectionUnderCare(client, named))
  const found = await read()
  if (!found) return { outcome: 'not_connected' }
  const underLock = async (): Promise<CheckReport> => {
    // Read again: whoever held the lock before may have ended the connection, or authorised it anew.
    const connection = await read()
    if (!(await upkeep.isCurrent())) return { outcome: connection?.standing.state === 'disconnected' ? 'not_connected' : 'busy' }
    const settings = { adminWaits: false, everyMs: checkEveryMs, ...options }
    if (!connection || !upkeep.attio) {
      await store.transaction(client => scheduleCheck(client, named.id, settings.everyMs))
      return { outcome: 'not_connected' }
    }
    return await look({ ...upkeep, attio: upkeep.attio }, connection, settings)
  }
  try {
    return await withWorkspaceLock(store, found.workspaceId, underLock, options.ifBusy === 'skip' ? { waitMs: 0 } : {})
  } catch (error) {
    if (error instanceof WorkspaceBusyError) return { outcome: 'busy' }
    throw error
  }
}

export type Looking = Upkeep & { attio: NonNullable<Upkeep['attio']> }
export type LookOptions = { adminWaits: boolean; everyMs: number }

async function look(upkeep: Looking, connection: ConnectionUnderCare, options: LookOptions): Promise<CheckReport> {
  const { store, attio, clock, log } = upkeep
  try {
    const self = need(await patiently(() => attio.self()))
    if (!self.active) return await tokenSeemsDead(upkeep, connection, options)
    const scopes = self.scope.split(/\s+/).filter(scope => scope !== '')
    const missing = missingScopes(self.scope).map(({ scope }) => scope)
    await store.transaction(client =>
      noteLivingToken(client, connection.id, { workspaceName: self.workspace_name, workspaceSlug: self.workspace_slug, scopes }),
    )
    if (missing.some(scope => scope.startsWith('webhook:'))) return await permissionIsMissing(upkeep, connection, missing, options)
    const { webhooks, standing } = await checkWebhooks(upkeep, connection)
    const putOff = webhooks.some(({ done }) => done === 'put_off')
    const before = connection.standing
    const brokenForMs =
      before.state === standing.state && before.reason === standing.reason ? clock.now() - connection.stateSince.getTime() : 0
    const inMs = putOff ? pauseWhileBroken(brokenForMs, options.everyMs) : options.everyMs
    await store.transaction(client => scheduleCheck(client, connection.id, spread(inMs)))
    return { outcome: 'checked', ...standing, missingScopes: missing, webhooks }
  } catch (error) {
    if (!(error instanceof ConnectFailure)) throw error
    if (error.code === 'missing_permission') return await permissionIsMissing(upkeep, connection, ['webhook:read-write'], options)
    const silentMs = clock.now() - (connection.checkedAt?.getTime() ?? clock.now())
    await store.transaction(client =>
      scheduleCheck(client, connection.id, spread(pauseWhileBroken(silentMs - options.everyMs, options.everyMs))),
    )
    const { endpoint, status, executionId } = error.attioError ?? {}
    const fields = {
      connection_id: connection.id,
      endpoint,
      status,
      attio_execution_id: executionId,
      silent_s: Math.round(silentMs / 1000),
    }
    if (silentMs > longSilenceMs) log.warn(fields, 'Attio has given no verdict on a connection for long')
    else log.info(fields, 'Attio gave no verdict on a connection')
    return { outcome: 'unreachable' }
  }
}

async function permissionIsMissing(
  { store, clock, log }: Looking,
  connection: ConnectionUnderCare,
  missing: string[],
  { everyMs }: LookOptions,
): Promise<CheckReport> {
  const at = new Date(clock.now())
  const change = await store.transaction(async client => {
    await noteChecked(client, connection.id, at)
    await scheduleCheck(client, connection.id, spread(everyMs))
    return await setConnectionState(client, connection, { state: 'needs_attention', reason: 'missing_permission' }, at)
  })
  logStateChange(log, change)
  return { outcome: 'missing_permission', missingScopes: missing }
}
