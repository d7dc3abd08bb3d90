import type { Scope } from './tenant.ts'
import { withinShownLists } from './visibility.ts'

/*
 * The activity log of a connection: its deliveries with what became of them, newest first by (received_at, id). Every page is read along an index by state;
 * narrowed by event type it looks at so many deliveries and says how far it came.
 */

export const deliveryStates = ['received', 'processed', 'filtered', 'ignored', 'failed', 'dead'] as const
export type DeliveryState = (typeof deliveryStates)[number]

export type LoggedDelivery = {
  id: string
  connectionId: string
  receivedAt: Date
  eventTypes: string[]
  state: DeliveryState
  reason: string | null
  repeats: number
  attempts: number
  /** When it is next worked; in the past while it waits for its turn. */
  dueAt: Date | null
  finishedAt: Date | null
  purpose: string | null
}

export type LogPlace = { at: Date; id: string }

export type LogQuery = {
  connectionId: string
  states?: readonly DeliveryState[] | undefined
  eventTypes?: readonly string[] | undefined
  /** Inclusive. */
  from?: Date | undefined
  /** Exclusive. */
  to?: Date | undefined
  before?: LogPlace | undefined
  limit: number
}

/** How many deliveries are looked at for one page where only some event types are wanted. */
const span = 2_000

const columns = `d.id, d.connection_id as "connectionId", d.received_at as "receivedAt", d.event_types as "eventTypes", d.state, d.reason, d.repeats,
  d.attempts, d.due_at as "dueAt", d.finished_at as "finishedAt"`

/** A page of the log, and the place to go on from; null at the end. A page narrowed by event type may be short, or empty, and go on all the same. */
export async function selectDeliveries(scope: Scope, query: LogQuery): Promise<{ deliveries: LoggedDelivery[]; next: LogPlace | null }> {
  const { rows } = await scope.query<LoggedDelivery>(
    `select ${columns}, w.purpose from unnest($3::text[]) s(state)
     cross join lateral (
       select * from delivery
       where organization_id = $1 and connection_id = $2 and state = s.state
         and ($4::timestamptz is null or received_at >= $4) and ($5::timestamptz is null or received_at < $5)
         and ($6::timestamptz is null or (received_at, id) < ($6, $7::uuid))
       order by received_at desc, id desc limit $8
     ) d
     left join webhook w on w.id = d.webhook_id
     order by d.received_at desc, d.id desc limit $8`,
    [
      scope.organizationId,
      query.connectionId,
      query.states ?? deliveryStates,
      query.from ?? null,
      query.to ?? null,
      query.before?.at ?? null,
      query.before?.id ?? null,
      query.eventTypes ? span : query.limit + 1,
    ],
  )
  const wanted = query.eventTypes ? rows.filter(row => row.eventTypes.some(type => query.eventTypes?.includes(type))) : rows
  const deliveries = wanted.slice(0, query.limit)
  const reached = wanted.length > query.limit ? deliveries.at(-1) : query.eventTypes && rows.length === span ? rows.at(-1) : undefined
  return { deliveries, next: reached ? { at: reached.receivedAt, id: reached.id } : null }
}

export const eventStates = ['pending', 'projected', 'duplicate', 'filtered', 'ignored', 'dead'] as const
export type EventState = (typeof eventStates)[number]

export type LoggedEvent = {
  id: string
  deliveryId: string
  index: number
  type: string
  state: EventState
  reason: string | null
  activityId: string | null
  /** Of the line; null where there is none. */
  activityTitle: string | null
  /** Why the timeline does not show the line; null where it does, and where there is none. */
  hiddenBy: HiddenBy | null
  happenedAt: Date
  attempts: number
}

/** What hides a line: who acted is no user's or is excluded, its area is off, or it is about a private list that is not shown. */
export const hiddenBy = ['member_unmapped', 'member_excluded', 'feature_off', 'private_list'] as const
export type HiddenBy = (typeof hiddenBy)[number]

/** The events of deliveries, in order. */
export async function selectEventsOf(scope: Scope, deliveryIds: readonly string[]): Promise<LoggedEvent[]> {
  const { rows } = await scope.query<LoggedEvent>(
    `select e.id, e.delivery_id as "deliveryId", e.delivery_index as index, e.event_type as type, e.state, e.reason, e.activity_id as "activityId",
       a.title as "activityTitle", e.happened_at as "happenedAt", e.attempts,
       case when a.id is null then null
            when m.mapping = 'excluded' then 'member_excluded'
            when m.user_id is null then 'member_unmapped'
            when a.feature in (select area from feature_switch where organization_id = $1 and not enabled) then 'feature_off'
            when not ${withinShownLists} then 'private_list' end as "hiddenBy"
     from event e
     left join activity a on a.id = e.activity_id and a.organization_id = $1
     left join member m on m.connection_id = a.connection_id and m.id = a.member_id
     where e.organization_id = $1 and e.delivery_id = any($2::uuid[]) order by e.delivery_id, e.delivery_index`,
    [scope.organizationId, deliveryIds],
  )
  return rows
}

export type DeliveryInFull = LoggedDelivery & { idempotencyKey: string | null; body: Buffer }

/** One delivery of a connection with its body. */
export async function selectDelivery(scope: Scope, connectionId: string, id: string): Promise<DeliveryInFull | undefined> {
  const { rows } = await scope.query<DeliveryInFull>(
    `select ${columns}, w.purpose, d.idempotency_key as "idempotencyKey", d.body from delivery d left join webhook w on w.id = d.webhook_id
     where d.organization_id = $1 and d.connection_id = $2 and d.id = $3`,
    [scope.organizationId, connectionId, id],
  )
  return rows[0]
}
