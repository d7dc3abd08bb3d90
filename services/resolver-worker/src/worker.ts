import type { Database } from '@worksights/database'
import type { Queues } from '@worksights/queues'
import type { ConsumptionProbe, Logger } from '@worksights/runtime'
import type { FoundConnection } from './connections.ts'
import type { Instruments } from './instruments.ts'
import type { LabelBook } from './labels/book.ts'
import { resolveTurn } from './turn.ts'

export type ResolverOptions = {
  database: Database
  queues: Queues
  log: Logger
  instruments: Pick<Instruments, 'finished'>
  probe: ConsumptionProbe
  book: LabelBook
  findConnection: (connectionId: string) => Promise<FoundConnection>
  concurrency: number
  holdMs: number
  windowMs: number
}

/** Takes hints of queue `resolve` and works a turn of the hinted connection each time. Closing waits for the look-ups it began. */
export function startResolver(options: ResolverOptions): { close(): Promise<void> } {
  const { database, queues, log, instruments, book, findConnection, holdMs, windowMs } = options
  const afterwards = new Set<Promise<unknown>>()
  const later = (work: Promise<unknown>) => {
    const tracked: Promise<unknown> = work
      .catch(error => log.warn({ err: error }, 'names that arrived late could not be filled in'))
      .finally(() => afterwards.delete(tracked))
    afterwards.add(tracked)
  }
  // A hint that is lost only costs time: the sweeper finds what is due.
  const eventsDue = (connectionId: string) => later(queues.hint('coalesce', connectionId).catch(() => {}))
  const worker = queues.work(
    'resolve',
    async ({ connectionId }) => {
      const turn = await resolveTurn({ database, book, holdMs, windowMs, log, findConnection, later, eventsDue }, connectionId)
      instruments.finished(turn.ended)
      if (turn.againInMs !== null) await queues.hint('resolve', connectionId, { delayMs: turn.againInMs }).catch(() => {})
    },
    { concurrency: options.concurrency, probe: options.probe },
  )
  return {
    async close() {
      await worker.close()
      await book.settle()
      while (afterwards.size > 0) await Promise.all(afterwards)
    },
  }
}
