import {
  type Database,
  duePlaces,
  failPlace,
  lockLanes,
  maxAttempts,
  nextEventDue,
  type Place,
  pauseAfter,
  secondsUntilVisible,
} from '@worksights/database'
import { type Logger, recordSpan } from '@worksights/runtime'
import { type Projection, projectLanes } from './project.ts'
import { asUntellable, type UntellableError } from './untellable.ts'

/*
 * One turn of one connection: what is longest due, as one batch. Where a lane of the batch cannot be told, places are worked one by one, so that such a
 * lane holds up only itself: it is put off with growing pauses and is a dead letter in the end. A failing database costs no attempts: the turn ends and
 * everything is still due. Whoever has more due takes its place at the end of the queue, so a connection with a long backlog does not hold up others.
 */

/** Events looked at in one turn; bounds the transaction. */
const batchEvents = 500

export type TurnOptions = { database: Database; log: Logger }
export type Turn = Projection & {
  /** For how many seconds the deliveries had been here that were told for the first time. */
  visibleAfter: number[]
  /** When the connection has more to do: now (0), in so many ms, or not at all (null). */
  againInMs: number | null
}

const lanesOfPlace = ({ lane, alsoLane }: Place) => (alsoLane === null ? [lane] : [lane, alsoLane])

/** Works one turn. Throws only when the database fails: then nothing was lost and the sweeper comes back to it. */
export async function coalesceTurn({ database, log }: TurnOptions, connectionId: string): Promise<Turn> {
  const total: Projection = { events: 0, told: [], created: 0, changed: 0, removed: 0 }
  /** Projects lanes, all or none; answers what is wrong with them, if that is why not. */
  async function project(lanes: readonly string[]): Promise<UntellableError | null> {
    try {
      const done = await database.transaction(client => projectLanes(client, connectionId, lanes))
      total.events += done.events
      total.told.push(...done.told)
      total.created += done.created
      total.changed += done.changed
      total.removed += done.removed
      return null
    } catch (error) {
      const untellable = asUntellable(error)
      if (untellable) return untellable
      throw error
    }
  }
  const startedAt = Date.now()
  const places = await duePlaces(database.pool, connectionId, batchEvents)
  if (places.length > 0 && (await project([...new Set(places.flatMap(lanesOfPlace))]))) {
    log.warn({ connectionId, places: places.length }, 'a lane of a batch cannot be told; working them one by one')
    for (const place of places) {
      const lanes = lanesOfPlace(place)
      const fault = await project(lanes)
      if (!fault) continue
      log.error({ connectionId, ...place, err: fault.cause }, 'a lane cannot be told; it is put off')
      await database.transaction(async client => {
        await lockLanes(client, connectionId, lanes)
        await failPlace(client, connectionId, place, { reason: fault.reason, maxAttempts, pauseMs: pauseAfter })
      })
    }
  }
  for (const { deliveryId, activityId, traceContext } of total.told) {
    const ids = { 'worksights.connection.id': connectionId, 'worksights.delivery.id': deliveryId, 'worksights.activity.id': activityId }
    recordSpan(traceContext, { name: 'coalesce delivery', startedAt, attributes: ids })
  }
  // Asked after the commit, so that the commit is part of what is measured. Where it fails, a measurement is lost and nothing else.
  const visibleAfter = await secondsUntilVisible(database.pool, total.told).catch(() => [])
  return { ...total, visibleAfter, againInMs: await nextEventDue(database.pool, connectionId) }
}
