import type { Database } from '@worksights/database'
import type { Queues, QueueWorker } from '@worksights/queues'
import type { ConsumptionProbe, Logger, Metrics } from '@worksights/runtime'
import { createInstruments } from './instruments.ts'
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
  const instruments = createInstruments(meter)
  return queues.work(
    'coalesce',
    async ({ connectionId }) => {
      const turn = await coalesceTurn({ database, log }, connectionId)
      instruments.worked(turn)
      // The sweeper would come too; a hint lost here only costs time.
      if (turn.againInMs !== null) await queues.hint('coalesce', connectionId, { delayMs: turn.againInMs }).catch(() => {})
    },
    { concurrency, probe },
  )
}
