import type { Check } from './admin-server.ts'
import type { Clock } from './clock.ts'

/*
 * Liveness by consumption. A worker can be connected, answer pings and still take nothing; only what it takes shows that it lives.
 * No work is no fault, so somebody has to tell what is waiting for a worker to come free: the jobs waiting in the queue, not the rows due in the database, which another
 * pod may be working through while this one rightly has nothing to do.
 */

export type ConsumptionState = {
  /** Since when work has been seen waiting without a break; null while none is. */
  waitingSince: number | null
  /** When a job was last taken or finished; null before the first. */
  lastProgressAt: number | null
}

export type ConsumptionProbe = {
  /** A job was taken. */
  taken(): void
  /** A job came to its end, well or badly. */
  finished(): void
  /** So many jobs are waiting now. To be called again and again. */
  backlogSeen(dueCount: number): void
  check(): Check
}

/** Unhealthy when work has been waiting for `staleAfterMs` (inclusive) and in all that time nothing was taken or finished. */
export function evaluate(state: ConsumptionState, now: number, staleAfterMs: number): Check {
  if (state.waitingSince === null) return { name: 'consumption', ok: true, detail: 'no work is waiting' }
  const idleMs = now - Math.max(state.waitingSince, state.lastProgressAt ?? 0)
  if (idleMs < staleAfterMs) return { name: 'consumption', ok: true }
  return { name: 'consumption', ok: false, detail: `work has been waiting and none was taken for ${Math.round(idleMs / 1000)} s` }
}

export function createConsumptionProbe({ staleAfterMs, clock }: { staleAfterMs: number; clock: Clock }): ConsumptionProbe {
  const state: ConsumptionState = { waitingSince: null, lastProgressAt: null }
  const progress = () => {
    state.lastProgressAt = clock.now()
  }
  return {
    taken: progress,
    finished: progress,
    backlogSeen(dueCount) {
      state.waitingSince = dueCount > 0 ? (state.waitingSince ?? clock.now()) : null
    },
    check: () => evaluate(state, clock.now(), staleAfterMs),
  }
}
