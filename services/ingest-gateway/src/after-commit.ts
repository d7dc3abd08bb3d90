import { type Database, touchConnections } from '@worksights/database'
import type { Queues } from '@worksights/queues'
import { type Clock, createLogLimit, type Logger } from '@worksights/runtime'
import { LRUCache } from 'lru-cache'

export type AfterCommitOptions = { database: Database; queues: Pick<Queues, 'hint'>; clock: Clock; log: Logger; onHintLost?: () => void }

const touchEveryMs = 1_000

/**
 * Hints that a connection has deliveries to resolve, and notes the time of its last event. Never rejects: the deliveries are committed, so whatever is lost
 * here is found again. One hint a connection is under way at a time; all that are asked for meanwhile become one more, which is sent after it and so
 * after their commits.
 */
export function createAfterCommit({
  database,
  queues,
  clock,
  log,
  onHintLost,
}: AfterCommitOptions): (connectionId: string) => Promise<void> {
  const underWay = new Map<string, { again: boolean }>()
  const touchedAt = new LRUCache<string, number>({ max: 10_000 })
  const limit = createLogLimit({ everyMs: 1_000, clock })
  const warn = (error: unknown, message: string) => limit(heldBack => log.warn({ err: error, heldBack }, message))

  async function hint(connectionId: string): Promise<void> {
    await queues.hint('resolve', connectionId).catch(error => {
      onHintLost?.()
      warn(error, 'a hint was lost; the sweeper will find the deliveries')
    })
  }

  async function touch(connectionId: string): Promise<void> {
    const now = clock.now()
    if (now - (touchedAt.get(connectionId) ?? Number.NEGATIVE_INFINITY) < touchEveryMs) return
    touchedAt.set(connectionId, now)
    await touchConnections(database.pool, [connectionId]).catch(error => warn(error, 'the time of the last event could not be noted'))
  }

  return async connectionId => {
    const current = underWay.get(connectionId)
    if (current) {
      current.again = true
      return
    }
    const mine = { again: false }
    underWay.set(connectionId, mine)
    do {
      mine.again = false
      await Promise.all([hint(connectionId), touch(connectionId)])
    } while (mine.again)
    underWay.delete(connectionId)
  }
}
