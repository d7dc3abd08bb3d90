import type { Metrics } from '@worksights/runtime'
import type { Outcome } from './outcome.ts'

export type Instruments = {
  /** Told of each post, once it is known how it ends. `aborted`: its sender left. */
  received(outcome: Outcome | 'aborted'): void
  /** Told of each hint that the queue did not take. */
  hintLost(): void
}

/** As metrics name outcomes: what is known to Attio by a wider word is told apart for whoever looks after this. */
const named: Partial<Record<Outcome, string>> = { unreadable: 'not_json', unavailable: 'store_unavailable' }

export function createInstruments(meter: Metrics['meter']): Instruments {
  const received = meter.createCounter('worksights.deliveries.received', { description: 'Posts to webhook endpoints, by outcome' })
  const hintsLost = meter.createCounter('worksights.hints.lost', {
    description: 'Hints that the queue did not take; the sweeper brings them',
  })
  hintsLost.add(0)
  return {
    received: outcome => received.add(1, { outcome: outcome === 'aborted' ? outcome : (named[outcome] ?? outcome) }),
    hintLost: () => hintsLost.add(1),
  }
}
