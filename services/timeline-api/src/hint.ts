import type { QueueName, Queues } from '@worksights/queues'
import { createLogLimit, type Logger, systemClock } from '@worksights/runtime'

/**
 * Says that a connection has work, once what is to be done is committed. Never throws and is not to be waited for: while the queue is away, the resolver's
 * sweeper finds the work within half a minute.
 */
export type Hint = (queue: QueueName, connectionId: string) => Promise<void>

export function createHint({ queues, log }: { queues: Pick<Queues, 'hint'>; log: Logger }): Hint {
  const limit = createLogLimit({ everyMs: 5_000, clock: systemClock })
  return async (queue, connectionId) => {
    try {
      await queues.hint(queue, connectionId)
    } catch (error) {
      limit(heldBack => log.warn({ queue, err: error, heldBack }, 'a hint was lost; the sweeper finds what is due'))
    }
  }
}
