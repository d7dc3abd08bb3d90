import { isTracing } from '@worksights/runtime'
import type { JobsOptions, Processor } from 'bullmq'
import { BullMQOtel } from 'bullmq-otel'
import type { HintPayload, QueueName } from './contract.ts'

/** States of jobs, as they are counted. */
export const jobStates = ['waiting', 'active', 'delayed', 'failed'] as const
export type JobState = (typeof jobStates)[number]

/** The part of a BullMQ queue that is used; both backends give it. */
export type Producer = {
  add(name: string, data: HintPayload, options: JobsOptions): Promise<unknown>
  getWaitingCount(): Promise<number>
  getJobCounts(...states: JobState[]): Promise<Record<string, number>>
  waitUntilReady(): Promise<unknown>
  close(): Promise<void>
}

/** The part of a BullMQ worker that is used. */
export type Consumer = {
  run(): Promise<void>
  waitUntilReady(): Promise<unknown>
  close(force?: boolean): Promise<void>
}

/** What a server of the queues says of itself. */
export type ServerReport = {
  /** Its kind and version: `Redis 8.2.1`. */
  name: string
  /** What keeps hints from going through. */
  faults: string[]
  /** What works, and will not always. */
  warnings: string[]
}

/** Where queues live. It owns the connections; it opens nothing before it is asked. */
export type Backend = {
  /** Whether a command has a chance now; waits only for the outcome of the first attempt to connect. */
  reachable(): Promise<boolean>
  openProducer(queue: QueueName): Producer
  /** As a producer, for looking only: nothing is written, and it may not be added to. */
  openReader(queue: QueueName): Producer
  /** Opens a worker that does not run yet. */
  openConsumer(queue: QueueName, processor: Processor<unknown>, concurrency: number): Consumer
  /** Asks each server of which there may be several. */
  reports(): Promise<ServerReport[]>
  /** Closes what producers and consumers shared; they are closed before. */
  close(): Promise<void>
}

export type QueueAddress = {
  /** `redis://` or `rediss://` for Redis, `postgres://` for PostgreSQL. */
  url: string
  /** A file of PEM certificates: with it the server is spoken to over TLS, and its certificate and name are verified. */
  caFile?: string | undefined
  /** The URL names one node of a Redis Cluster; the others are learned from it. */
  redisCluster?: boolean
}

export type BackendOptions = QueueAddress & {
  /** Told of broken connections, over and over while they stay broken. */
  onError(error: Error): void
}

/** How long a hint may take altogether; commands of producers are cut off there. */
export const hintTimeoutMs = 500

/**
 * A killed worker's job is taken by another after the rest of its lock and the next look for stalled jobs: 15 s at the most.
 * A job may stall often, as a crash says nothing against it: what must not be tried again is known to Postgres.
 */
export const workerTimes = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 20 }

// BullMQ writes an event for each change of a job's state. Nobody reads them here.
export const streams = { events: { maxLen: 100 } }

/** Spans of what is put into a queue and of what is done with it, one after the other in one trace; nothing where no traces are sent. */
export const tracing = () => (isTracing() ? { telemetry: new BullMQOtel({ tracerName: 'worksights-queues' }) } : {})
