import { type Database, dueLanes, failLane, maxAttempts, nextEventDue, pauseAfter } from '@worksights/database'
import type { Logger } from '@worksights/runtime'
import { type Projection, projectLanes } from './project.ts'

/*
 * One turn of one connection: its lanes longest due, as one batch. When the batch fails, its lanes are worked one by one, so that a lane that cannot be
 * projected holds up only itself: it is put off with growing pauses and is a dead letter in the end. Whoever has more due takes its place at the end of
 * the queue, so a connection with a long backlog does not hold up others.
 */

/** Events looked at in one turn; bounds the transaction. */
const batchEvents = 500

export type TurnOptions = { database: Database; log: Logger }
export type Turn = Projection & {
  /** When the connection has more to do: now (0), in so many ms, or not at all (null). */
  againInMs: number | null
}

/** Works one turn. Throws only when the database cannot be reached: then nothing was lost and the sweeper comes back to it. */
export async function coalesceTurn({ database, log }: TurnOptions, connectionId: string): Promise<Turn> {
  const total: Projection = { events: 0, changed: 0, removed: 0 }
  const project = (lanes: readonly string[]) => database.transaction(client => projectLanes(client, connectionId, lanes))
  const count = (done: Projection) => {
    total.events += done.events
    total.changed += done.changed
    total.removed += done.removed
  }
  const lanes = await database.transaction(client => dueLanes(client, connectionId, batchEvents))
  if (lanes.length > 0) {
    try {
      count(await project(lanes))
    } catch (batchError) {
      log.warn({ connectionId, lanes: lanes.length, err: batchError }, 'a batch of lanes failed; working them one by one')
      for (const lane of lanes) {
        try {
          count(await project([lane]))
        } catch (error) {
          log.error({ connectionId, lane, err: error }, 'a lane could not be projected')
          const reason = `could not be made into a line (${error instanceof Error ? error.name : 'unknown fault'})`
          await failLane(database.pool, connectionId, { lane, reason, maxAttempts, pauseMs: pauseAfter })
        }
      }
    }
  }
  return { ...total, againInMs: await nextEventDue(database.pool, connectionId) }
}
