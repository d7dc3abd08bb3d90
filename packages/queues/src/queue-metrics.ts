import type { Meter } from '@opentelemetry/api'
import type { QueueName } from './contract.ts'
import type { Queues } from './queues.ts'

/**
 * Tells how many hints a queue holds, by their state: for looking, not for scaling, since a queue holds a hint for each busy connection and not its work. A
 * queue that does not answer in time is not told of.
 */
export function observeQueues(meter: Meter, queues: Pick<Queues, 'counts'>, names: readonly QueueName[]): void {
  const jobs = meter.createObservableGauge('worksights.queue.jobs', { description: 'Hints in a queue, by state', unit: '{job}' })
  jobs.addCallback(async result => {
    await Promise.all(
      names.map(async queue => {
        const counts = await queues.counts(queue).catch(() => null)
        for (const [state, count] of Object.entries(counts ?? {})) result.observe(count, { queue, state })
      }),
    )
  })
}
