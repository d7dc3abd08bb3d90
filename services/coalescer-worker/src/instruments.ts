import { ValueType } from '@opentelemetry/api'
import type { Metrics } from '@worksights/runtime'
import type { Turn } from './turn.ts'

/** Around the second within which a line is to be seen, and up to where nobody waits any more. */
const visibleBuckets = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

export type Instruments = {
  /** Told of each turn. */
  worked(turn: Pick<Turn, 'told' | 'created' | 'changed' | 'removed' | 'visibleAfter'>): void
}

export function createInstruments(meter: Metrics['meter']): Instruments {
  const visible = meter.createHistogram('worksights.delivery.visible.duration', {
    description:
      'From when a delivery was received until its line was committed, by the clock of the database; once a delivery, without replays',
    unit: 's',
    valueType: ValueType.DOUBLE,
    advice: { explicitBucketBoundaries: visibleBuckets },
  })
  const consolidated = meter.createCounter('worksights.events.consolidated', { description: 'Events that became part of a line' })
  const written = meter.createCounter('worksights.activities.written', { description: 'Timeline lines written, by what it did to them' })
  consolidated.add(0)
  for (const change of ['created', 'changed', 'removed']) written.add(0, { change })
  return {
    worked({ told, created, changed, removed, visibleAfter }) {
      consolidated.add(told.length)
      written.add(created, { change: 'created' })
      written.add(changed, { change: 'changed' })
      written.add(removed, { change: 'removed' })
      for (const seconds of visibleAfter) visible.record(seconds)
    },
  }
}
