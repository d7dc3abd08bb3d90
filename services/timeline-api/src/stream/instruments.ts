import { ValueType } from '@opentelemetry/api'
import { type Metrics, recordSpan } from '@worksights/runtime'
import type { SentLine } from './hub.ts'

/** Around the poller's pace and the second within which a line is to be seen. */
const buckets = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

export type StreamInstruments = {
  /** Told of each line sent on live streams. */
  sent(line: SentLine): void
  /** Tells how many streams are open, whenever metrics are read. */
  watch(open: () => number): void
}

export function createStreamInstruments(meter: Metrics['meter']): StreamInstruments {
  const duration = meter.createHistogram('worksights.stream.duration', {
    description:
      'From when a line was written until it was sent to live streams, by the clock of the database; once for each view that shows it',
    unit: 's',
    valueType: ValueType.DOUBLE,
    advice: { explicitBucketBoundaries: buckets },
  })
  return {
    sent({ activityId, traceContext, seconds, tookMs }) {
      duration.record(seconds)
      const attributes = { 'worksights.activity.id': activityId }
      recordSpan(traceContext, { name: 'stream activity', startedAt: Date.now() - tookMs, attributes })
    },
    watch(open) {
      meter
        .createObservableGauge('worksights.streams.open', { description: 'Live streams of the timeline that are open' })
        .addCallback(result => result.observe(open()))
    },
  }
}
