import type { AttioEvent } from '../world/events.ts'
import type { EventFilter, FilterCondition, Webhook } from '../world/types.ts'

const at = (payload: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), payload)

const holds = (condition: FilterCondition, event: AttioEvent): boolean => {
  const equal = at(event, condition.field) === condition.value
  return condition.operator === 'equals' ? equal : !equal
}

/** Whether an event passes a subscription's filter. `null` and an empty `$and` let everything through. */
export function passes(filter: EventFilter, event: AttioEvent): boolean {
  if (filter === null) return true
  return '$and' in filter ? filter.$and.every(condition => holds(condition, event)) : filter.$or.some(condition => holds(condition, event))
}

export const wants = (webhook: Webhook, event: AttioEvent): boolean =>
  webhook.subscriptions.some(subscription => subscription.event_type === event.event_type && passes(subscription.filter, event))

/** Two filters are the same subscription if they read the same; `null` equals an empty `$and`. */
export function filterKey(filter: EventFilter): string {
  if (filter === null || ('$and' in filter && filter.$and.length === 0)) return 'all'
  const [kind, conditions] = '$and' in filter ? ['and', filter.$and] : ['or', filter.$or]
  const texts = conditions.map(({ field, operator, value }) => JSON.stringify([field, operator, value]))
  return `${kind}:${texts.sort().join(',')}`
}
