import type { Queues } from '@worksights/queues'
import type { ConsumptionProbe } from '@worksights/runtime'
import type { Options } from './options.ts'
import { runTurn } from './turn.ts'

/**
 * Runs worked side by side, each of another connection: few enough for the database connections there are. Each can hold one for its lock all the time; with
 * what the checks of connections hold, some must be left for the work itself.
 */
export const runsAtOnce = (poolMax: number): number => Math.max(1, Math.min(4, Math.floor((poolMax * 2) / 5)))

export type RunWorkerOptions = Omit<Options, 'deliveriesDue' | 'eventsDue' | 'alive' | 'stopping'> & {
  queues: Queues
  probe: ConsumptionProbe
  concurrency: number
}

/** Takes hints of queue `runs` and works a turn of the hinted connection each time. Closing stops long runs between two batches; they go on elsewhere. */
export function startRuns({ queues, probe, concurrency, ...options }: RunWorkerOptions): { close(): Promise<void> } {
  const stopping = new AbortController()
  // A hint that is lost only costs time: the sweeper finds what is due.
  const hint = (queue: 'resolve' | 'coalesce') => (connectionId: string) => void queues.hint(queue, connectionId).catch(() => {})
  const worker = queues.work(
    'runs',
    async ({ connectionId }) => {
      const again = await runTurn(
        { ...options, stopping: stopping.signal, alive: () => probe.taken(), deliveriesDue: hint('resolve'), eventsDue: hint('coalesce') },
        connectionId,
      )
      if (again !== null) await queues.hint('runs', connectionId, { delayMs: again }).catch(() => {})
    },
    { concurrency, probe },
  )
  return {
    async close() {
      stopping.abort()
      await worker.close()
    },
  }
}
