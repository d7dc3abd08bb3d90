import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, expireLabels, type LabelRow, writeLabels } from '@worksights/database'
import type { Logger } from '@worksights/runtime'
import { LRUCache } from 'lru-cache'
import pLimit, { type LimitFunction } from 'p-limit'
import type { LookUp } from '../instruments.ts'
import { type Answered, askAgainIn, readAnswer, rereadPausesMs } from './answers.ts'
import type { LabelRequest, LabelSource } from './book.ts'
import { fetchLabel, flightKey } from './fetch.ts'
import type { Keep } from './keep.ts'
import { labelKey } from './label.ts'

/*
 * Calls to Attio for labels: one reading of one thing (or of one set: all objects, all lists, the attributes of one object) at a time, its answer stored
 * for all. A flight never fails: what Attio did not answer is asked again by the next event that names it.
 */

/** Calls at a time for one connection, so that a slow workspace takes no place from another. */
const perConnection = 8
/** Look-ups that may wait behind those. While Attio answers nothing, more would only pile up. */
const mostWaiting = 300
const nothing: ReadonlySet<string> = new Set()

type FlightsOptions = { database: Database; log: Logger; keep: Keep; lookedUp: (lookUp: LookUp) => void }

/** What an answer says of one label of its group. */
function outcomeOf(request: LabelRequest, { keys, writes }: Answered): LookUp['outcome'] {
  const key = labelKey(request)
  if (!keys.has(key)) return 'failed'
  // An object that was asked for by its slug is stored under its id.
  const state = writes.find(write => labelKey(write) === key)?.state ?? 'known'
  if (state === 'known') return 'found'
  return state === 'forbidden' ? 'forbidden' : 'gone'
}

export function createFlights({ database, log, keep, lookedUp }: FlightsOptions) {
  const flights = new Map<string, Promise<ReadonlySet<string>>>()
  const limits = new LRUCache<string, LimitFunction>({ max: 1_000 })
  const closing = new AbortController()

  function limitOf(connectionId: string): LimitFunction {
    const known = limits.get(connectionId) ?? pLimit(perConnection)
    limits.set(connectionId, known)
    return known
  }

  /** True once the time is over, false when everything is to end. */
  const wait = (ms: number) => sleep(ms, true, { signal: closing.signal }).catch(() => false)

  async function fly(
    source: LabelSource,
    group: readonly [LabelRequest, ...LabelRequest[]],
    stored: ReadonlyMap<string, LabelRow>,
  ): Promise<ReadonlySet<string>> {
    const limit = limitOf(source.connectionId)
    let answer: Answered = { keys: new Set(), writes: [] }
    try {
      if (limit.pendingCount >= mostWaiting) return nothing
      const read = () => limit(() => fetchLabel(source.client, group[0]))
      let fetched = await read()
      for (const pauseMs of rereadPausesMs) {
        const againMs = askAgainIn(group, fetched, pauseMs, Date.now())
        if (againMs === null || !(await wait(againMs))) break
        fetched = await read()
      }
      answer = readAnswer(group, fetched, stored)
      const { writes, keys } = answer
      await keep(source, writes, executor => writeLabels(executor, source.connectionId, writes))
      // What was to be read again and could not be is not to pass for fresh.
      const unread = group.filter(request => request.refresh && !keys.has(labelKey(request)))
      await expireLabels(database.pool, source.connectionId, unread)
      return keys
    } catch (error) {
      log.error({ connectionId: source.connectionId, type: group[0].type, err: error }, 'a look-up failed')
      return nothing
    } finally {
      for (const request of group) lookedUp({ kind: request.type, source: 'attio', outcome: outcomeOf(request, answer) })
    }
  }

  return {
    /** Reads a group of one flight key; the keys Attio answered. Joins a flight under way, unless that began before what the group must see. */
    read(
      source: LabelSource,
      group: readonly [LabelRequest, ...LabelRequest[]],
      stored: ReadonlyMap<string, LabelRow>,
    ): Promise<ReadonlySet<string>> {
      const key = `${source.connectionId}/${flightKey(group[0])}`
      const current = flights.get(key)
      if (current && !group.some(request => request.refresh)) return current
      const mine = (current ?? Promise.resolve())
        .then(() => fly(source, group, stored))
        .finally(() => {
          if (flights.get(key) === mine) flights.delete(key)
        })
      flights.set(key, mine)
      return mine
    },
    /** Asks nothing a second time any more and waits for every call under way. */
    async settle(): Promise<void> {
      closing.abort()
      await Promise.all(flights.values())
    },
  }
}
