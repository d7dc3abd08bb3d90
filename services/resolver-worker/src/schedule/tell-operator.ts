import { claimUntoldChanges, type Database, forgetUntoldChanges, settleUntoldChange, type UntoldChange } from '@worksights/database'
import type { Logger } from '@worksights/runtime'
import { Webhook } from 'standardwebhooks'

/*
 * Tells the operator's webhook of each change of a connection's state, signed by the Standard Webhooks scheme (standardwebhooks.com). A change is owed until it is
 * answered 2xx, for a day; its id stays the same, so that one told twice can be told from two. Pods share the work by their claims.
 */

const leaseMs = 60_000
const timeoutMs = 10_000
const batch = 10
const longestPauseMs = 60 * 60_000
const givenUpAfterMs = 24 * 60 * 60_000

/** Where to, and the secret it is signed with (`whsec_…`). */
export type Operator = { url: string; secret: string }

export type TellingOptions = { database: Database; log: Logger; operator: Operator | null }

/** Tells what is due; without an operator's webhook nothing is owed to anybody. Returns how many changes were told. */
export async function tellOperator({ database, log, operator }: TellingOptions, stopping: AbortSignal): Promise<number> {
  if (operator === null) {
    await forgetUntoldChanges(database.pool)
    return 0
  }
  let told = 0
  while (!stopping.aborted) {
    const changes = await claimUntoldChanges(database.pool, batch, leaseMs)
    if (changes.length === 0) return told
    const outcomes = await Promise.all(changes.map(change => tell(operator, change)))
    for (const [index, change] of changes.entries()) {
      const problem = outcomes[index] ?? null
      const about = { connection_id: change.connectionId, change_id: change.id, attempt: change.attempts, problem }
      if (problem === null) {
        told += 1
        await settleUntoldChange(database.pool, change.id, 'told')
      } else if (Date.now() - change.at.getTime() > givenUpAfterMs) {
        log.error(about, 'the operator’s webhook could not be told of a change for a day; it is given up')
        await settleUntoldChange(database.pool, change.id, 'given_up')
      } else {
        log.warn(about, 'the operator’s webhook could not be told of a change; it is tried again')
        await settleUntoldChange(database.pool, change.id, { againInMs: pauseAfter(change.attempts) })
      }
    }
  }
  return told
}

/** 5 s, doubled each time, at most an hour, each within a quarter by chance. */
function pauseAfter(attempts: number): number {
  return Math.min(5_000 * 2 ** (attempts - 1), longestPauseMs) * (0.75 + Math.random() * 0.5)
}

/** Null when it was told, else what was wrong. */
async function tell({ url, secret }: Operator, change: UntoldChange): Promise<string | null> {
  const body = JSON.stringify({
    type: 'connection.state_changed',
    timestamp: change.at.toISOString(),
    data: {
      connection_id: change.connectionId,
      organization_id: change.organizationId,
      workspace: { id: change.workspaceId, name: change.workspaceName },
      from: change.from,
      to: change.to,
    },
  })
  const now = new Date()
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'worksights-attio',
    'webhook-id': change.id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(change.id, now, body),
  }
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
    await response.body?.cancel()
    return response.ok ? null : `status ${response.status}`
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? `no answer within ${timeoutMs / 1000} s` : 'it could not be reached'
  }
}
