import { describe } from './describe.ts'
import { categoryOf, type StoredEvent } from './facts.ts'
import { type Group, groupLane } from './groups.ts'
import { activityId } from './ids.ts'
import { lanesOf } from './lanes.ts'
import type { ActivityLine } from './line.ts'
import { byReceipt } from './order.ts'
import type { TaskStep } from './task-history.ts'

export type EventOutcome =
  | { eventId: string; state: 'projected'; activityId: string }
  | { eventId: string; state: 'duplicate'; reason: string }

export type Consolidated = {
  lines: ActivityLine[]
  /** One for each of the lane's own events. */
  outcomes: EventOutcome[]
}

/** What comes later than this stands where it belongs and says so. */
const lateAfterMs = 10 * 60_000

function makeLine(group: Group, history: ReadonlyMap<string, TaskStep>): ActivityLine {
  const { head, events } = group
  const earliest = [...events].sort(byReceipt)[0] ?? head
  const newest = events.at(-1) ?? head
  const actorName = events.findLast(event => event.facts.actor.name !== null)?.facts.actor.name ?? null
  const described = describe(group, actorName ?? 'Somebody', history)
  const { facts } = head
  return {
    ...described,
    id: activityId(earliest.id),
    kind: group.kind,
    category: categoryOf(facts),
    feature: newest.facts.feature,
    memberId: facts.actor.memberId,
    actorName,
    title: described.breadcrumb.join(' > '),
    recordIds: [
      ...new Set([...(described.subject.type === 'record' ? [described.subject.id] : []), ...described.related.map(record => record.id)]),
    ],
    url: events.findLast(event => event.facts.url !== null)?.facts.url ?? null,
    occurredAt: head.happenedAt,
    lastEventAt: newest.happenedAt,
    fields: described.changes.length,
    eventCount: events.length,
    // A recording is made long before it is announced: only what people do can be late.
    late: facts.family !== 'call' && earliest.receivedAt - head.happenedAt > lateAfterMs,
    eventIds: events.map(event => event.id),
  }
}

/**
 * The lines of one lane: a pure function of its events, whatever order, batch or number of copies they come in (I4).
 *
 * `events` are those of the lane and those with a say in it (`alsoLane`), either all of them or, where `laneExtent` allows, a part that no window
 * reaches out of. Events given twice (by id) count once.
 */
export function consolidate(lane: string, events: readonly StoredEvent[]): Consolidated {
  const own = new Map<string, StoredEvent>()
  let isOriginal = false
  for (const event of events) {
    const lanes = lanesOf(event.facts)
    if (lanes.lane === lane) own.set(event.id, event)
    else if (lanes.alsoLane === lane) isOriginal = true
  }
  const { groups, repeats, history } = groupLane([...own.values()], isOriginal)
  const lines = groups.map(group => makeLine(group, history))
  return {
    lines,
    outcomes: [
      ...lines.flatMap(line => line.eventIds.map(eventId => ({ eventId, state: 'projected' as const, activityId: line.id }))),
      ...repeats.map(({ event, reason }) => ({ eventId: event.id, state: 'duplicate' as const, reason })),
    ],
  }
}
