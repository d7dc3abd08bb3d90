import { setTimeout as pause } from 'node:timers/promises'
import { type ConsumptionProbe, createLogLimit, type Logger, systemClock, untraced } from '@worksights/runtime'
import { DelayedError, type Job } from 'bullmq'
import {
  type Backend,
  type BackendOptions,
  type Consumer,
  hintTimeoutMs,
  type JobState,
  jobStates,
  type Producer,
  type QueueAddress,
} from './backend.ts'
import { coalesceQueue } from './coalesce.ts'
import { type HintPayload, NewerPayloadError, type QueueContract, type QueueName } from './contract.ts'
import { createPostgresBackend, isMigrationMissing, isPostgres } from './postgres-backend.ts'
import { createRedisBackend } from './redis-backend.ts'
import { resolveQueue } from './resolve.ts'
import { runsQueue } from './runs.ts'

/*
 * The queues. A hint says that a connection has work; there is at most one waiting hint a connection and queue, and a hint that comes while its
 * connection is being worked makes exactly one more turn. What is to be done is not in the queue, so losing a hint only costs time.
 *
 * A hint for later has a place of its own beside the immediate one, so that neither swallows the other. Each turn knows when its connection is next
 * due, so the newest hint for later is the right one and replaces the one before.
 */

export type Queues = {
  /** Says that a connection has work, now or in `delayMs`. Rejects within half a second when the queue cannot be reached. */
  hint(queue: QueueName, connectionId: string, options?: { delayMs?: number }): Promise<void>
  /** Takes hints of a queue until closed. A handler that throws is logged; what it left undone is found again in Postgres. */
  work(queue: QueueName, handler: (payload: HintPayload) => Promise<void>, options: WorkOptions): QueueWorker
  /** How many hints a queue holds. Rejects within half a second when the queue cannot be reached. */
  counts(queue: QueueName): Promise<Record<JobState, number>>
  close(): Promise<void>
}
export type WorkOptions = { concurrency: number; probe?: ConsumptionProbe }
export type QueueWorker = {
  /** Takes nothing more and waits for what is being worked. */
  close(): Promise<void>
}

const contracts: Record<QueueName, QueueContract> = { resolve: resolveQueue, coalesce: coalesceQueue, runs: runsQueue }
/** A job that only hints when its time has come. */
const laterJob = 'later'
/** How often a worker looks how much is waiting, for its liveness probe. */
const backlogEveryMs = 10_000
/** How long a job of a newer release waits for a worker of that release. */
const newerPauseMs = 5_000
const reopenMs = 1_000

/** Opens the queues where `address` says. Connects when first used. Throws where the address contradicts itself or its certificates cannot be read. */
export function createQueues({ log, ...address }: QueueAddress & { log: Logger }): Queues {
  const limit = createLogLimit({ everyMs: 5_000, clock: systemClock })
  const onError: BackendOptions['onError'] = error =>
    limit(heldBack => {
      if (isMigrationMissing(error)) log.error('the queues have no tables yet: run the migrations')
      else log.warn({ err: error, heldBack }, 'the queue connection is broken; retrying')
    })
  const backend = isPostgres(address.url) ? createPostgresBackend({ ...address, onError }) : createRedisBackend({ ...address, onError })
  const producers = new Map<QueueName, Promise<Producer>>()

  /** BullMQ remembers a first failure for good: what could not be opened is thrown away, and opened anew by the next hint. */
  async function openProducer(queue: QueueName): Promise<Producer> {
    const producer = backend.openProducer(queue)
    try {
      await producer.waitUntilReady()
      return producer
    } catch (error) {
      producers.delete(queue)
      onError(asError(error))
      await producer.close().catch(() => {})
      throw error
    }
  }

  async function producerOf(queue: QueueName): Promise<Producer> {
    if (!(await backend.reachable())) throw new Error('The queue cannot be reached.')
    const open = producers.get(queue) ?? openProducer(queue)
    producers.set(queue, open)
    return await open
  }

  async function add(queue: QueueName, connectionId: string, delayMs: number): Promise<void> {
    const producer = await producerOf(queue)
    const deduplication =
      delayMs > 0 ? { id: `${connectionId}/later`, replace: true, keepLastIfActive: true } : { id: connectionId, keepLastIfActive: true }
    const delay = delayMs > 0 ? { delay: Math.ceil(delayMs) } : {}
    await producer.add(delayMs > 0 ? laterJob : queue, { v: 1, connectionId }, { ...contracts[queue].jobOptions, ...delay, deduplication })
  }

  async function count(queue: QueueName): Promise<Record<JobState, number>> {
    const { waiting = 0, active = 0, delayed = 0, failed = 0 } = await (await producerOf(queue)).getJobCounts(...jobStates)
    return { waiting, active, delayed, failed }
  }

  return {
    hint(queue, connectionId, { delayMs } = {}) {
      // What a turn leaves for later is a trace of its own: a connection that always has work would make one without end.
      const adding = delayMs === undefined ? add(queue, connectionId, 0) : untraced(() => add(queue, connectionId, delayMs))
      return bounded(adding, hintTimeoutMs)
    },
    work: (queue, handler, options) =>
      startWorker({ backend, contract: contracts[queue], producerOf, hintNow: id => add(queue, id, 0), handler, options, log, onError }),
    counts: queue => bounded(count(queue), hintTimeoutMs),
    async close() {
      const closeOne = async (opening: Promise<Producer>) => (await opening).close()
      await Promise.all([...producers.values()].map(opening => bounded(closeOne(opening), 2_000).catch(() => {})))
      await backend.close()
    },
  }
}

type WorkerParts = {
  backend: Backend
  contract: QueueContract
  producerOf: (queue: QueueName) => Promise<Producer>
  hintNow: (connectionId: string) => Promise<void>
  handler: (payload: HintPayload) => Promise<void>
  options: WorkOptions
  log: Logger
  onError: BackendOptions['onError']
}

function startWorker({ backend, contract, producerOf, hintNow, handler, options, log, onError }: WorkerParts): QueueWorker {
  const { concurrency, probe } = options
  async function process(job: Job<unknown>, token?: string): Promise<void> {
    probe?.taken()
    try {
      const payload = contract.parse(job.data)
      // A turn of its own beside one that is going on would work the connection twice at once.
      if (job.name === laterJob) await hintNow(payload.connectionId)
      else await handler(payload)
    } catch (error) {
      if (error instanceof NewerPayloadError) {
        await job.moveToDelayed(Date.now() + newerPauseMs, token)
        throw new DelayedError()
      }
      log.error({ queue: contract.name, err: error }, 'a turn failed; what it left undone is still due')
      // The queue keeps what is thrown, and messages and stacks may quote a payload: those are for the log alone.
      throw new Error(asError(error).name)
    } finally {
      probe?.finished()
    }
  }
  const closing = new AbortController()
  let consumer: Consumer | undefined
  let running: Promise<void> | undefined
  /** Opens the consumer, and anew until it could be: one that was opened while its store was away would never take a job. */
  async function start(): Promise<void> {
    while (!closing.signal.aborted) {
      const opening = backend.openConsumer(contract.name, process, concurrency)
      consumer = opening
      try {
        await opening.waitUntilReady()
        if (closing.signal.aborted) return
        running = opening.run().catch(error => log.fatal({ queue: contract.name, err: error }, 'a queue worker ended'))
        return
      } catch (error) {
        consumer = undefined
        onError(asError(error))
        await opening.close(true).catch(() => {})
        await pause(reopenMs, undefined, { signal: closing.signal }).catch(() => {})
      }
    }
  }
  void start()
  const look = setInterval(() => {
    producerOf(contract.name)
      .then(producer => bounded(producer.getWaitingCount(), hintTimeoutMs))
      .then(
        count => probe?.backlogSeen(count),
        // Unknown is not none, but a queue that is away is no reason to restart the worker.
        () => probe?.backlogSeen(0),
      )
  }, backlogEveryMs)
  return {
    async close() {
      clearInterval(look)
      closing.abort()
      await consumer?.close()
      await running
    },
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('What was thrown is not an Error.')
}

/** Settles as `work` does, or rejects after `ms`. */
async function bounded<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The queue did not answer within ${ms} ms.`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
