import { jobStates, type Producer, type QueueAddress, type ServerReport } from './backend.ts'
import { bounded } from './bounded.ts'
import type { QueueName } from './contract.ts'
import { openBackend } from './open-backend.ts'

/** What {@link inspectQueues} saw. */
export type QueuesInspection = {
  /** Each node of a Redis Cluster that holds slots; else one. */
  servers: ServerReport[]
  /** Hints, by queue and state; null where a server has a fault, as nothing is counted then. */
  counts: Record<QueueName, Counts> | null
}
type Counts = Record<(typeof jobStates)[number], number>

const patienceMs = 15_000

/**
 * Looks at the queues by the way services put hints in, and puts nothing in nor takes anything out. Throws, with the server's own reason where there is one,
 * when they cannot be reached; within 15 s.
 */
export async function inspectQueues(address: QueueAddress): Promise<QueuesInspection> {
  const errors: Error[] = []
  const backend = openBackend({ ...address, onError: error => errors.push(error) })
  const readers: Producer[] = []
  async function look(): Promise<QueuesInspection> {
    if (!(await backend.reachable())) throw errors.at(-1) ?? new Error('The queue cannot be reached.')
    // Before the queues: a server that is too old, or without their tables, says so here and not by failing at something else.
    const servers = await backend.reports()
    if (servers.some(server => server.faults.length > 0)) return { servers, counts: null }
    const [resolve, coalesce, runs] = [await count('resolve'), await count('coalesce'), await count('runs')]
    return { servers, counts: { resolve, coalesce, runs } }
  }
  async function count(name: QueueName): Promise<Counts> {
    const reader = backend.openReader(name)
    readers.push(reader)
    await reader.waitUntilReady()
    const { waiting = 0, active = 0, delayed = 0, failed = 0 } = await reader.getJobCounts(...jobStates)
    return { waiting, active, delayed, failed }
  }
  try {
    return await bounded(look(), patienceMs)
  } finally {
    await Promise.all(readers.map(reader => bounded(reader.close(), 2_000).catch(() => {})))
    await backend.close()
  }
}
