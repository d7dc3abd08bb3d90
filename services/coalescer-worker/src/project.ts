import { activityId, type Consolidated, consolidate, eventFacts, laneExtent, maxWindowMs } from '@worksights/activity'
import {
  type EventResult,
  type LaneEvent,
  type LedOn,
  loadLaneSegments,
  loadLanes,
  lockLanes,
  removeActivities,
  saveEventResults,
  type Transaction,
  upsertActivities,
  type WrittenLine,
} from '@worksights/database'
import { UntellableError } from './untellable.ts'

/*
 * From the events of some lanes to their lines, in one transaction:
 *
 *   lock the lanes, in one order for everybody   so that two workers never project one lane side by side, and never block each other for good
 *   read their events                            after the lock, so that whatever the last holder or a resolver committed is seen
 *   consolidate()                                pure
 *   write lines, removals and outcomes           only what differs, each with a notice for the live stream
 *
 * A crash anywhere undoes all of it and the events are still due. Working a lane again writes nothing.
 */

/** An event that became part of a line. */
export type Told = Pick<LaneEvent, 'id' | 'deliveryId' | 'traceContext'> & { activityId: string }

/** `events` were looked at; `told` became part of a line that were part of none before. */
export type Projection = { events: number; told: Told[]; created: number; changed: number; removed: number }

function tell(lane: string, events: readonly LaneEvent[]): Consolidated {
  try {
    return consolidate(
      lane,
      events.map(({ id, deliveryId, index, webhookId, fingerprint, windowMs, ...event }) => ({
        ...{ id, deliveryId, index, webhookId, fingerprint, windowMs },
        receivedAt: event.receivedAt.getTime(),
        happenedAt: event.happenedAt.getTime(),
        facts: eventFacts.parse(event.facts),
      })),
    )
  } catch (error) {
    throw new UntellableError(error)
  }
}

/** Ids the lane's lines had before and have no more, and where every id that no line has now leads. */
function settleIds(own: readonly LaneEvent[], results: readonly EventResult[]): { removed: string[]; led: LedOn[] } {
  const now = new Map(results.map(result => [result.id, result.activityId]))
  const alive = new Set(now.values())
  const before = new Set(own.flatMap(event => event.activityId ?? []))
  return {
    removed: [...before].filter(id => !alive.has(id)),
    led: own.map(event => ({ id: activityId(event.id), into: now.get(event.id) ?? null })).filter(({ id }) => !alive.has(id)),
  }
}

/** The events of the lanes, lane by lane. */
async function loadEvents(client: Transaction, connectionId: string, lanes: readonly string[]): Promise<Map<string, LaneEvent[]>> {
  const { whole = [], segment = [] } = Object.groupBy(lanes, laneExtent)
  const rows = [...(await loadLanes(client, connectionId, whole)), ...(await loadLaneSegments(client, connectionId, segment, maxWindowMs))]
  const byLane = new Map<string, LaneEvent[]>(lanes.map(lane => [lane, []]))
  for (const row of rows) {
    // What has a say in two lanes is told once both are locked: told in one and done, it would be missed in the other.
    const isNew = row.state === 'pending' && row.activityId === null
    if (isNew && row.alsoLane !== null && !(byLane.has(row.lane) && byLane.has(row.alsoLane))) continue
    byLane.get(row.lane)?.push(row)
    if (row.alsoLane !== null && row.alsoLane !== row.lane) byLane.get(row.alsoLane)?.push(row)
  }
  return byLane
}

/**
 * Projects `lanes` of one connection. Throws {@link UntellableError} when the events of a lane cannot be told, another error when the database fails;
 * nothing is written then.
 */
export async function projectLanes(client: Transaction, connectionId: string, lanes: readonly string[]): Promise<Projection> {
  await lockLanes(client, connectionId, lanes)
  const lines: WrittenLine[] = []
  const results: EventResult[] = []
  const removed: string[] = []
  const led: LedOn[] = []
  const told: Projection['told'] = []
  let organizationId: string | undefined
  for (const [lane, events] of await loadEvents(client, connectionId, lanes)) {
    organizationId ??= events[0]?.organizationId
    const { lines: laneLines, outcomes } = tell(lane, events)
    const laneResults = outcomes.map(
      (outcome): EventResult =>
        outcome.state === 'projected'
          ? { id: outcome.eventId, state: 'projected', reason: null, activityId: outcome.activityId }
          : { id: outcome.eventId, state: 'duplicate', reason: outcome.reason, activityId: null },
    )
    const own = events.filter(event => event.lane === lane)
    const ids = settleIds(own, laneResults)
    results.push(...laneResults)
    const lineOf = new Map(laneResults.map(result => [result.id, result.activityId]))
    const isNew = (event: LaneEvent) => event.state === 'pending' && event.activityId === null
    const laneTold = own.filter(isNew).flatMap(({ id, deliveryId, traceContext }): Told[] => {
      const line = lineOf.get(id)
      return line ? [{ id, deliveryId, traceContext, activityId: line }] : []
    })
    // A line that several deliveries have a part in is sent in the trace of one of them.
    const traceOf = new Map(laneTold.map(event => [event.activityId, event.traceContext]))
    lines.push(...laneLines.map(line => ({ ...line, lane, traceContext: traceOf.get(line.id) ?? null })))
    told.push(...laneTold)
    removed.push(...ids.removed)
    led.push(...ids.led)
  }
  if (organizationId === undefined) return { events: 0, told, created: 0, changed: 0, removed: 0 }
  const { created, changed } = await upsertActivities(client, { id: connectionId, organizationId }, lines)
  await removeActivities(client, organizationId, removed, led)
  await saveEventResults(client, results)
  return { events: results.length, told, created, changed, removed: removed.length }
}
