import { type Database, insertDeliveries, type NewDelivery } from '@worksights/database'
import { type Clock, createLogLimit, type Logger } from '@worksights/runtime'

/*
 * Stores deliveries. Posts that wait at the same time share one multi-row insert: a flush starts as soon as one of two places is free and takes what is
 * waiting, so a lone post waits for nothing and a crowd pays for few round trips. A post is told *stored* only after its row is committed (I1); only
 * then are its connections hinted, and nobody waits for that. What waits is bounded: beyond it, and when the database fails, the answer is *not stored* and
 * Attio keeps the event.
 */

/** What became of a delivery; `stored` and `repeat` are committed. */
export type StoreOutcome = 'stored' | 'repeat' | 'unavailable'

export type Store = {
  /** Settles once the delivery is committed, or could not be. */
  store(delivery: NewDelivery): Promise<StoreOutcome>
  /** Waits until nothing is being written or hinted. */
  settle(): Promise<void>
}

const flushesAtOnce = 2
const rowsAFlush = 500
const bytesAFlush = 4 * 1024 * 1024
/** How long a post may wait for its turn: with 1.5 s for a connection and 2.5 s for the statement, its answer comes within Attio's five. */
const patienceMs = 900
const waitingRows = 5_000
const waitingBytes = 64 * 1024 * 1024

type Waiting = { delivery: NewDelivery; since: number; done: (outcome: StoreOutcome) => void }
export type StoreOptions = {
  database: Database
  clock: Clock
  log: Logger
  /** Told of each connection that has new deliveries, once they are committed. Must not reject; only {@link Store.settle} waits for it. */
  afterCommit: (connectionId: string) => Promise<void>
}

/** SQLSTATE classes of faults in a value, which the other rows of a batch must not suffer for. */
const isDataError = (error: unknown) => error instanceof Error && 'code' in error && /^(22|23|21)/.test(String(error.code))

export function createStore({ database, clock, log, afterCommit }: StoreOptions): Store {
  const waiting: Waiting[] = []
  let waitingSize = 0
  let flushing = 0
  const running = new Set<Promise<void>>()
  const limit = createLogLimit({ everyMs: 1_000, clock })
  const warn = (error: unknown, message: string) => limit(heldBack => log.warn({ err: error, heldBack }, message))

  function track(work: Promise<void>): void {
    const tracked: Promise<void> = work.finally(() => running.delete(tracked))
    running.add(tracked)
  }

  function take(): Waiting[] {
    let bytes = 0
    let count = 0
    for (const { delivery } of waiting.slice(0, rowsAFlush)) {
      if (count > 0 && bytes + delivery.body.length > bytesAFlush) break
      bytes += delivery.body.length
      count += 1
    }
    waitingSize -= bytes
    return waiting.splice(0, count)
  }

  /** Which of a batch are committed, and whether each is new. */
  async function write(batch: readonly Waiting[]): Promise<Map<Waiting, 'stored' | 'repeat'>> {
    try {
      const fresh = await insertDeliveries(
        database.pool,
        batch.map(item => item.delivery),
      )
      return new Map(batch.map(item => [item, fresh.has(item.delivery.id) ? 'stored' : 'repeat']))
    } catch (error) {
      warn(error, 'deliveries could not be stored')
      if (batch.length === 1 || !isDataError(error)) return new Map()
      return new Map((await Promise.all(batch.map(item => write([item])))).flatMap(written => [...written]))
    }
  }

  async function flush(): Promise<void> {
    const taken = take()
    const overdue = clock.now() - patienceMs
    const batch = taken.filter(item => item.since >= overdue)
    for (const item of taken) if (item.since < overdue) item.done('unavailable')
    if (batch.length === 0) return
    const written = await write(batch)
    for (const item of batch) item.done(written.get(item) ?? 'unavailable')
    const connectionIds = new Set(
      [...written.keys()].map(item => item.delivery).flatMap(row => (row.ignoredBecause === null ? row.connectionId : [])),
    )
    for (const connectionId of connectionIds) track(afterCommit(connectionId))
  }

  function pump(): void {
    while (flushing < flushesAtOnce && waiting.length > 0) {
      flushing += 1
      track(
        flush().finally(() => {
          flushing -= 1
          pump()
        }),
      )
    }
  }

  return {
    store(delivery) {
      if (waiting.length >= waitingRows || waitingSize + delivery.body.length > waitingBytes) return Promise.resolve('unavailable')
      return new Promise(done => {
        waiting.push({ delivery, since: clock.now(), done })
        waitingSize += delivery.body.length
        // Posts of one turn of the event loop go together.
        if (waiting.length === 1) setImmediate(pump)
      })
    },
    async settle() {
      while (running.size > 0 || waiting.length > 0) {
        pump()
        await Promise.all(running)
      }
    },
  }
}
