import type { AttioEventType } from './event-schema.ts'
import { otherSubscriptionTypes, recordSubscriptionTypes } from './event-types.ts'

export type FilterCondition = { field: string; operator: 'equals' | 'not_equals'; value: string }

/** Evaluated by Attio against the event; null lets everything pass (https://docs.attio.com/rest-api/guides/webhooks). */
export type SubscriptionFilter = { $or: FilterCondition[] } | { $and: FilterCondition[] } | null

export type WebhookSubscription = { event_type: AttioEventType; filter: SubscriptionFilter }

/**
 * What each of the two webhooks subscribes to. Of `record.updated` and `list-entry.updated`, the bulk of automation's noise, only
 * members' events are asked for, and from anybody those of the naming attributes (ids), which keep our names true. Attio evaluates
 * a filter against ids, so slugs would never match.
 */
export function buildSubscriptions(purpose: 'records' | 'other', namingAttributeIds: readonly string[]): WebhookSubscription[] {
  if (purpose === 'other') return otherSubscriptionTypes.map(event_type => ({ event_type, filter: null }))
  return recordSubscriptionTypes.map(event_type => ({
    event_type,
    filter: event_type === 'record.updated' || event_type === 'list-entry.updated' ? byMembersOrNaming(namingAttributeIds) : null,
  }))
}

/** What a webhook on its way out subscribes to: the same types, and no event of them, since nobody acts as this. It only delivers what it owes. */
export function buildSilentSubscriptions(purpose: 'records' | 'other'): WebhookSubscription[] {
  const nobody: SubscriptionFilter = { $and: [{ field: 'actor.type', operator: 'equals', value: 'nobody' }] }
  return buildSubscriptions(purpose, []).map(({ event_type }) => ({ event_type, filter: nobody }))
}

function byMembersOrNaming(namingAttributeIds: readonly string[]): SubscriptionFilter {
  // Sorted and without repeats: the same need always makes the same filter, so a repair sees no difference where there is none.
  const ids = [...new Set(namingAttributeIds)].sort()
  return {
    $or: [
      { field: 'actor.type', operator: 'equals', value: 'workspace-member' },
      ...ids.map((value): FilterCondition => ({ field: 'id.attribute_id', operator: 'equals', value })),
    ],
  }
}
