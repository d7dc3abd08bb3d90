import type { LabelType } from '@worksights/database'
import type { Metrics } from '@worksights/runtime'

/** How work on a delivery ended: the state it came to, or that it was put off until its next attempt. */
export const endings = ['processed', 'filtered', 'ignored', 'dead', 'put_off'] as const
export type Endings = Record<(typeof endings)[number], number>
export const noEndings = (): Endings => ({ processed: 0, filtered: 0, ignored: 0, dead: 0, put_off: 0 })

/** A name that was looked for: in what is stored, or at Attio. `gone` is not there, `failed` was not answered. */
export type LookUp = { kind: LabelType; source: 'cache' | 'attio'; outcome: 'found' | 'forbidden' | 'gone' | 'failed' }

/** `skipped`: another process was at it. */
export type ScheduledRun = { task: string; outcome: 'done' | 'failed' | 'skipped' }

export type Instruments = {
  finished(ended: Endings): void
  lookedUp(lookUp: LookUp): void
  ran(run: ScheduledRun): void
}

export function createInstruments(meter: Metrics['meter']): Instruments {
  const finished = meter.createCounter('worksights.deliveries.finished', {
    description: 'How work on deliveries ended; a delivery that is replayed, or put off and tried again, counts each time',
  })
  const lookUps = meter.createCounter('worksights.lookups', { description: 'Names looked up, by where and with what outcome' })
  const runs = meter.createCounter('worksights.scheduled.runs', { description: 'Runs of scheduled work' })
  const count = (ended: Endings) => {
    for (const state of endings) finished.add(ended[state], { state })
  }
  count(noEndings())
  return {
    finished: count,
    lookedUp: lookUp => lookUps.add(1, lookUp),
    ran: run => runs.add(1, run),
  }
}
