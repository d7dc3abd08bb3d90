import type { Database } from '@worksights/database'
import type { Queues, QueueWorker } from '@worksights/queues'
import type { ConsumptionProbe, Logger, Metrics } from '@worksights/runtime'
import { coalesceTurn } from './turn.ts'

export type CoalescerOptions = {
  database: Database
  queues: Queues
  log: Logger
  meter: Metrics['meter']
  probe: ConsumptionProbe
  concurrency: number
}

/** Takes hints of queue `coalesce` and works a turn of the hinted connection each time. */
export function startCoalescer({ database, queues, log, meter, probe, concurrency }: CoalescerOptions): QueueWorker {
  const projected = meter.createCounter('worksights.events.projected', { description: 'Events that were made into lines' })
  const changed = meter.createCounter('worksights.activities.changed', { description: 'Timeline lines written or rewritten' })
  return queues.work(
    'coalesce',
    async ({ connectionId }) => {
      const turn = await coalesceTurn({ database, log }, connectionId)
      projected.add(turn.events)
      changed.add(turn.changed)
      // The sweeper would come too; a hint lost here only costs time.
      if (turn.againInMs !== null) await queues.hint('coalesce', connectionId, { delayMs: turn.againInMs }).catch(() => {})
    },
    { concurrency, probe },
  )
}
