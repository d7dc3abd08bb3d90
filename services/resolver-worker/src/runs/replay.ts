import { setTimeout as pause } from 'node:timers/promises'
import { countReplay, isBacklogBeyond, type ReplayPosition, replayBatch, replayParams } from '@worksights/database'
import { z } from 'zod'
import type { Kind, Options } from './options.ts'
import type { Progress } from './progress.ts'

/*
 * Replays the deliveries of a range: makes them due batch by batch, each batch in one transaction with the place it reached, so that none is counted twice
 * and a run that is taken up goes on where it was. What is due is worked in the order it became due, so the next batch waits until the one before is nearly
 * through: what happens in Attio meanwhile is not to stand behind all of the past.
 */

const batchDeliveries = 500
const nearlyThrough = 100
const lookEveryMs = 100
/** Where nothing is worked (a connection without a token), the replay is not held up for good. */
const longestWaitMs = 60_000

const position = z.object({
  state: z.int(),
  after: z.object({ at: z.string(), id: z.string() }).nullable(),
  seen: z.int(),
  due: z.int(),
})

export const replayKind: Kind = {
  steps: ['deliveries'],
  async work({ options, run, progress }) {
    const { database, deliveriesDue } = options
    const params = replayParams.parse(run.params)
    const reached = position.safeParse(progress.position).data ?? { state: 0, after: null, seen: 0, due: 0 }
    await progress.begin('deliveries')
    if (progress.position === null) await progress.count({ total: await countReplay(database.pool, run.connectionId, params) })
    let { seen, due } = reached
    let place: ReplayPosition | null = reached
    while (place !== null) {
      const from: ReplayPosition = place
      const batch = await database.transaction(async client => {
        const done = await replayBatch(client, run.connectionId, params, from, batchDeliveries, run.startedAt)
        const next = done.next ?? { state: params.states.length, after: null }
        await progress.count({ done: seen + done.seen, position: { ...next, seen: seen + done.seen, due: due + done.due } }, client)
        return done
      })
      seen += batch.seen
      due += batch.due
      if (batch.due > 0) deliveriesDue(run.connectionId)
      place = batch.next
      if (place !== null) await untilWorked(options, run.connectionId, progress)
    }
    await progress.end('deliveries', 'done', `${due} of ${seen} deliveries are worked again`)
    return { outcome: 'done' }
  },
}

async function untilWorked({ database }: Options, connectionId: string, progress: Progress): Promise<void> {
  for (let waited = 0; waited < longestWaitMs; waited += lookEveryMs) {
    if (!(await isBacklogBeyond(database.pool, connectionId, nearlyThrough))) return
    await pause(lookEveryMs)
    progress.check()
  }
}
