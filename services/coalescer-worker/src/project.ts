import { type ActivityLine, activityId, consolidate, eventFacts, laneExtent, maxWindowMs, type StoredEvent } from '@worksights/activity'
import {
  type EventResult,
  type LaneEvent,
  type LedOn,
  loadLaneSegments,
  loadLanes,
  lockLanes,
  removeActivities,
  saveEventResults,
  upsertActivities,
} from '@worksights/database'
import type pg from 'pg'

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

export type Projection = { events: number; changed: number; removed: number }

function toStored(row: LaneEvent): StoredEvent {
  return {
    id: row.id,
    deliveryId: row.deliveryId,
    index: row.index,
    webhookId: row.webhookId,
    fingerprint: row.fingerprint,
    receivedAt: row.receivedAt.getTime(),
    happenedAt: row.happenedAt.getTime(),
    windowMs: row.windowMs,
    facts: eventFacts.parse(row.facts),
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

/** Projects `lanes` of one connection. Throws when a lane's facts cannot be read or the database fails; nothing is written then. */
export async function projectLanes(client: pg.PoolClient, connectionId: string, lanes: readonly string[]): Promise<Projection> {
  await lockLanes(client, connectionId, lanes)
  const rows = [
    ...(await loadLanes(
      client,
      connectionId,
      lanes.filter(lane => laneExtent(lane) === 'whole'),
    )),
    ...(await loadLaneSegments(
      client,
      connectionId,
      lanes.filter(lane => laneExtent(lane) === 'segment'),
      maxWindowMs,
    )),
  ]
  const organizationId = rows[0]?.organizationId
  if (organizationId === undefined) return { events: 0, changed: 0, removed: 0 }
  const lines: (ActivityLine & { lane: string })[] = []
  const results: EventResult[] = []
  const removed: string[] = []
  const led: LedOn[] = []
  for (const lane of lanes) {
    const events = rows.filter(row => row.lane === lane || row.alsoLane === lane)
    const told = consolidate(lane, events.map(toStored))
    const laneResults = told.outcomes.map(
      (outcome): EventResult =>
        outcome.state === 'projected'
          ? { id: outcome.eventId, state: 'projected', reason: null, activityId: outcome.activityId }
          : { id: outcome.eventId, state: 'duplicate', reason: outcome.reason, activityId: null },
    )
    lines.push(...told.lines.map(line => ({ ...line, lane })))
    results.push(...laneResults)
    const ids = settleIds(
      events.filter(event => event.lane === lane),
      laneResults,
    )
    removed.push(...ids.removed)
    led.push(...ids.led)
  }
  const changed = await upsertActivities(client, { id: connectionId, organizationId }, lines)
  await removeActivities(client, organizationId, removed, led)
  await saveEventResults(client, results)
  return { events: results.length, changed, removed: removed.length }
}
