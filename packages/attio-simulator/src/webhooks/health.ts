import type { FaultSettings } from '../faults/settings.ts'
import type { Webhook } from '../world/types.ts'

/** A webhook is degraded once a message's retries ran out, and inactive when it stayed so for seven days. */
export function webhookStatus(webhook: Webhook, settings: FaultSettings, now: number): 'active' | 'degraded' | 'inactive' {
  if (webhook.degradedAt === null) return 'active'
  return now - webhook.degradedAt >= settings.degraded_to_inactive_ms ? 'inactive' : 'degraded'
}
