import type { WebhookReply } from '@worksights/attio'
import type { GapReason, WebhookPurpose, WebhookRow } from '@worksights/database'

/*
 * What is to be done about the two webhooks of a connection, from what is kept here and what Attio lists. Pure.
 *
 *   active                        kept
 *   degraded                      kept: it still delivers and may hold retries; replaced after 5 days, since Attio stops it after 7
 *   inactive, missing             replaced; what happened meanwhile was not delivered
 *   its secret is lost            replaced; what it delivered meanwhile was refused, for nobody could tell that it was Attio's
 *   never made                    made
 */

export const purposes: readonly WebhookPurpose[] = ['records', 'other']

const longestDegradedMs = 5 * 24 * 60 * 60 * 1000

export type Finding = {
  purpose: WebhookPurpose
  found: 'active' | 'degraded' | 'inactive' | 'missing' | 'secret_lost' | 'never_made'
  action: 'keep' | 'replace'
  /** Ours; null where none was ever made. */
  row: WebhookRow | null
  /** As Attio lists it; null where it does not. */
  webhook: WebhookReply | null
  degradedSince: Date | null
}

/** `unreadable`: rows whose secret no key opens. */
export function planWebhooks(known: {
  rows: readonly WebhookRow[]
  remote: readonly WebhookReply[]
  unreadable: ReadonlySet<string>
  now: number
}): Finding[] {
  return purposes.map(purpose => {
    const findings = known.rows
      .filter(row => row.purpose === purpose && row.retiredAt === null && row.attioWebhookId !== null)
      .map(row => examine(row, known))
    const none: Finding = { purpose, found: 'never_made', action: 'replace', row: null, webhook: null, degradedSince: null }
    return findings.find(finding => finding.action === 'keep') ?? findings[0] ?? none
  })
}

function examine(
  row: WebhookRow,
  { remote, unreadable, now }: { remote: readonly WebhookReply[]; unreadable: ReadonlySet<string>; now: number },
): Finding {
  const webhook = remote.find(candidate => candidate.id.webhook_id === row.attioWebhookId) ?? null
  const degradedSince = webhook?.status === 'degraded' ? (row.degradedSince ?? new Date(now)) : null
  const finding = { purpose: row.purpose, row, webhook, degradedSince }
  if (!webhook) return { ...finding, found: 'missing', action: 'replace' }
  if (webhook.status === 'inactive') return { ...finding, found: 'inactive', action: 'replace' }
  if (!row.hasSecret || unreadable.has(row.id)) return { ...finding, found: 'secret_lost', action: 'replace' }
  if (degradedSince === null) return { ...finding, found: 'active', action: 'keep' }
  return { ...finding, found: 'degraded', action: now - degradedSince.getTime() >= longestDegradedMs ? 'replace' : 'keep' }
}

/** Why deliveries must have been lost where a webhook was found so; null where none were. */
export function gapReasonOf(found: Finding['found']): Extract<GapReason, `webhook_${string}` | 'secret_lost'> | null {
  switch (found) {
    case 'inactive':
      return 'webhook_inactive'
    case 'missing':
      return 'webhook_missing'
    case 'secret_lost':
      return 'secret_lost'
    default:
      return null
  }
}
