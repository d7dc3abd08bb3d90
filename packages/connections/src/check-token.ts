import {
  type ConnectionUnderCare,
  lastKnownDelivering,
  listWebhooksOfConnection,
  noteChecked,
  noteDeadToken,
  openGap,
  scheduleCheck,
  setConnectionState,
} from '@worksights/database'
import type { CheckReport, Looking, LookOptions } from './check.ts'
import { spread } from './check-times.ts'
import { patiently } from './patience.ts'
import { logStateChange } from './state-log.ts'

/** How far apart Attio must call a token dead twice for it to be believed. */
const confirmAfterMs = 60_000

/**
 * Attio said `{"active": false}`. It is believed when it said so a minute ago or more, or when it also says so at its authorisation server to an admin
 * who waits. A dead token receives nothing any more that could be read, and its webhooks are gone or will be: a gap opens.
 */
export async function tokenSeemsDead(
  upkeep: Looking,
  connection: ConnectionUnderCare,
  { adminWaits, everyMs }: LookOptions,
): Promise<CheckReport> {
  const { store, clock, log } = upkeep
  const now = new Date(clock.now())
  const doubtedForMs = connection.tokenDeadSince === null ? 0 : now.getTime() - connection.tokenDeadSince.getTime()
  const confirmed = doubtedForMs >= confirmAfterMs || (adminWaits && (await isDeadAtServer(upkeep)))
  if (!confirmed) {
    await store.transaction(async client => {
      await noteDeadToken(client, connection.id, now)
      await scheduleCheck(client, connection.id, confirmAfterMs - doubtedForMs + 1_000)
    })
    return { outcome: 'token_doubtful' }
  }
  const change = await store.transaction(async client => {
    await noteDeadToken(client, connection.id, now)
    await noteChecked(client, connection.id, now)
    await scheduleCheck(client, connection.id, spread(everyMs))
    for (const row of await listWebhooksOfConnection(client, connection.id)) {
      const startedAt = row.retiredAt === null ? await lastKnownDelivering(client, row.id) : null
      if (startedAt) await openGap(client, connection, { purpose: row.purpose, reason: 'token_dead', startedAt })
    }
    return await setConnectionState(client, connection, { state: 'needs_attention', reason: 'token_dead' }, now)
  })
  logStateChange(log, change)
  return { outcome: 'token_dead' }
}

async function isDeadAtServer({ introspect }: Looking): Promise<boolean> {
  const answer = introspect && (await patiently(introspect))
  return answer?.ok === true && !answer.data.active
}
