import type { ConnectionState, WebhookPurpose } from '@worksights/database'
import type { Upkeep } from './upkeep.ts'

export type CheckOptions = {
  /** An admin is waiting: a token that seems dead is asked about a second time at once instead of a minute later. */
  adminWaits?: boolean
  /** What to do while another process connects, checks or ends the same connection; default: wait. */
  ifBusy?: 'wait' | 'skip'
}

/** What was found of one of the two webhooks, and what was done about it. */
export type WebhookReport = {
  purpose: WebhookPurpose
  found: 'active' | 'degraded' | 'inactive' | 'missing' | 'secret_lost' | 'never_made'
  /** `refused`: Attio does not allow the repair; `put_off`: Attio did not answer it. */
  done: 'kept' | 'amended' | 'replaced' | 'refused' | 'put_off'
}

export type CheckReport = { againInMs: number | null } & (
  | { outcome: 'checked'; state: ConnectionState; reason: string | null; missingScopes: string[]; webhooks: WebhookReport[] }
  /** Attio called the token dead once: nothing is believed until it says so again. */
  | { outcome: 'token_doubtful' }
  | { outcome: 'token_dead' }
  /** The token may not see webhooks. */
  | { outcome: 'missing_permission'; missingScopes: string[] }
  /** Attio gave no verdict: nothing was changed. */
  | { outcome: 'unreachable' }
  /** Somebody else is at it. */
  | { outcome: 'busy' }
  /** Disconnected, never authorised, or not there: nothing to look after. */
  | { outcome: 'not_connected' }
)

/** Looks at a connection's token, permissions and webhooks, and repairs what can be repaired. */
export async function checkConnection(upkeep: Upkeep, options: CheckOptions = {}): Promise<CheckReport> {
  throw new Error(`not yet ${upkeep.connection.id} ${options.ifBusy}`)
}
