import type { WebhookReply, WebhookSubscription } from '@worksights/attio'
import { z } from 'zod'

const condition = z.object({ field: z.string(), operator: z.string(), value: z.string() })
const filter = z.union([z.object({ $and: z.array(condition) }), z.object({ $or: z.array(condition) })]).nullable()

/** Whether Attio keeps what we want it to keep, however it orders it; an empty `$and` lets everything pass, as null does. */
export function sameSubscriptions(kept: WebhookReply['subscriptions'], wanted: readonly WebhookSubscription[]): boolean {
  return JSON.stringify(kept.map(canonical).sort()) === JSON.stringify(wanted.map(canonical).sort())
}

function canonical(subscription: { event_type: string; filter: unknown }): string {
  const parsed = filter.safeParse(subscription.filter)
  // Not of a form we ever wrote: as different as can be.
  if (!parsed.success) return JSON.stringify([subscription.event_type, 'unknown', subscription.filter])
  const either = parsed.data !== null && '$or' in parsed.data
  const conditions = parsed.data === null ? [] : '$or' in parsed.data ? parsed.data.$or : parsed.data.$and
  const ordered = conditions.map(({ field, operator, value }) => JSON.stringify([field, operator, value])).sort()
  return JSON.stringify([subscription.event_type, either ? 'or' : 'and', ordered])
}
