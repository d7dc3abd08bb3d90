import { lastKnownDelivering, openGap, type Transaction } from '@worksights/database'
import { type Finding, gapReasonOf } from './webhook-plan.ts'

/** Opens a gap where a webhook was found not to deliver: since it was last seen well, or last delivered. Whoever repairs it closes the gap. */
export async function noteLoss(
  client: Transaction,
  connection: { id: string; organizationId: string },
  { purpose, found, row }: Pick<Finding, 'purpose' | 'found' | 'row'>,
): Promise<void> {
  const reason = gapReasonOf(found)
  const startedAt = reason && row && (await lastKnownDelivering(client, row.id))
  if (startedAt) await openGap(client, connection, { purpose, reason, startedAt })
}
