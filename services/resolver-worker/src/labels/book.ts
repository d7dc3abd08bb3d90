import { setTimeout as sleep } from 'node:timers/promises'
import type { AttioClient } from '@worksights/attio'
import { type Database, type LabelRow, type LabelWrite, readLabels, writeLabels } from '@worksights/database'
import type { Logger } from '@worksights/runtime'
import pLimit from 'p-limit'
import { type Fetched, fetchLabel, flightKey } from './fetch.ts'
import { fromRow, type Label, type LabelRef, labelKey, unknownLabel } from './label.ts'

/*
 * Names, from the label table or, where that does not know, from Attio. One look-up of one thing at a time (a flight), its answer stored for all.
 *
 * A look-up is waited for so long and no longer: what is not there by then goes on by itself, and `late` tells when it has arrived, so that lines which
 * went out without a name can be mended. A flight never fails: what Attio did not answer is pending and is asked again by the next event that names it.
 */

export type LabelRequest = LabelRef & {
  /** Do not trust what is stored: ask Attio. */
  refresh?: boolean
  /** Do not ask Attio: the thing is known to be gone, or not worth a call. */
  storedOnly?: boolean
  /** Attio's answer must be true of a moment after this one; an older answer is asked for again. */
  after?: Date
}

export type LabelLookup = {
  /** Never undefined: a thing nothing is known of is pending. */
  get(ref: LabelRef): Label
  /** Keys that were answered now and were not when they were last looked up, tasks read anew among them. */
  learned: string[]
  /** Settles when everything asked for has been answered, with the keys that were answered too late; null if nothing was late. */
  late: Promise<string[]> | null
}

export type LabelSource = { connectionId: string; client: AttioClient }

const maxAgeMs = { known: 60 * 60_000, pending: 0, forbidden: 5 * 60_000, gone: 60 * 60_000 }
/** A 404 is final when it stays for this long. */
const missingIsGoneAfterMs = 10 * 60_000
/** Pauses before asking again for what Attio has not finished or has read too early. */
const rereadPausesMs = [100, 300, 900]

function isFresh(row: LabelRow): boolean {
  return row.ageMs < maxAgeMs[row.state]
}

/** What to store of an answer to a look-up of `ref`. */
function toWrites(ref: LabelRef, fetched: Fetched, before: LabelRow | undefined): LabelWrite[] {
  const empty = { ...ref, name: null, details: {}, missing: false }
  const missing = (): LabelWrite => ({
    ...empty,
    missing: true,
    state: (before?.missingForMs ?? 0) >= missingIsGoneAfterMs ? 'gone' : 'pending',
  })
  switch (fetched.outcome) {
    case 'found': {
      const writes = fetched.labels.map(label => ({
        ...label.ref,
        name: label.name,
        details: label.details,
        state: 'known' as const,
        missing: false,
      }))
      return writes.some(write => write.id === ref.id) ? writes : [...writes, missing()]
    }
    case 'missing':
      return [missing()]
    case 'forbidden':
      return [{ ...empty, state: 'forbidden' }]
    case 'unfinished':
    case 'unavailable':
      // What is known stays known.
      return before ? [] : [{ ...empty, state: 'pending' }]
  }
}

function isTooEarly(fetched: Fetched, after: Date | undefined): boolean {
  if (fetched.outcome === 'unfinished') return true
  if (fetched.outcome !== 'found' && fetched.outcome !== 'missing') return false
  return after !== undefined && fetched.accurateAt !== null && fetched.accurateAt < after
}

export type LabelBook = ReturnType<typeof createLabelBook>

export function createLabelBook({ database, log, concurrency = 8 }: { database: Database; log: Logger; concurrency?: number }) {
  const flights = new Map<string, Promise<void>>()
  const limit = pLimit(concurrency)

  async function fly(source: LabelSource, request: LabelRequest, before: LabelRow | undefined): Promise<void> {
    try {
      let fetched = await limit(() => fetchLabel(source.client, request))
      for (const pauseMs of rereadPausesMs) {
        if (!isTooEarly(fetched, request.after)) break
        await sleep(pauseMs)
        fetched = await limit(() => fetchLabel(source.client, request))
      }
      await writeLabels(database.pool, source.connectionId, toWrites(request, fetched, before))
    } catch (error) {
      log.error({ connectionId: source.connectionId, type: request.type, err: error }, 'a look-up failed')
    }
  }

  function flight(source: LabelSource, request: LabelRequest, before: LabelRow | undefined): Promise<void> {
    const key = `${source.connectionId}/${flightKey(request)}`
    const current = flights.get(key)
    // A reading that began before the event may not show it.
    if (current && !request.refresh) return current
    const mine = (current ?? Promise.resolve())
      .then(() => fly(source, request, before))
      .finally(() => {
        if (flights.get(key) === mine) flights.delete(key)
      })
    flights.set(key, mine)
    return mine
  }

  return {
    /** Looks labels up, waiting until `deadline` (ms since the epoch) at the longest. Throws only when the database does. */
    async lookUp(source: LabelSource, requests: readonly LabelRequest[], deadline: number): Promise<LabelLookup> {
      const wanted = mergeRequests(requests)
      const stored = new Map((await readLabels(database.pool, source.connectionId, wanted)).map(row => [labelKey(row), row]))
      const missing = wanted.filter(request => {
        const row = stored.get(labelKey(request))
        return !request.storedOnly && (request.refresh || !row || !isFresh(row))
      })
      const labels = new Map([...stored].map(([key, row]) => [key, fromRow(row)]))
      if (missing.length === 0) return lookup(labels, [], null)
      const waiting = new Set(missing)
      const arrived = Promise.all(
        missing.map(async request => {
          await flight(source, request, stored.get(labelKey(request)))
          waiting.delete(request)
        }),
      )
      await Promise.race([arrived, sleep(Math.max(0, deadline - Date.now()), undefined, { ref: false })])
      const late = [...waiting].map(labelKey)
      const lateKeys = new Set(late)
      const inTime = missing.filter(request => !lateKeys.has(labelKey(request)))
      for (const row of await readLabels(database.pool, source.connectionId, inTime))
        labels.set(labelKey(row), { ...fromRow(row), fresh: true })
      const learned = inTime
        .filter(request => request.type === 'task' || stored.get(labelKey(request))?.state === 'pending')
        .map(labelKey)
        .filter(key => labels.get(key)?.state !== 'pending')
      return lookup(labels, learned, late.length > 0 ? arrived.then(() => late) : null)
    },
    /** Waits for every look-up under way. */
    async settle(): Promise<void> {
      await Promise.all(flights.values())
    },
  }
}

function lookup(labels: Map<string, Label>, learned: string[], late: Promise<string[]> | null): LabelLookup {
  return { get: ref => labels.get(labelKey(ref)) ?? unknownLabel(ref), learned, late }
}

/** One request a label: the strictest wish of all. */
function mergeRequests(requests: readonly LabelRequest[]): LabelRequest[] {
  const merged = new Map<string, LabelRequest>()
  for (const request of requests) {
    const key = labelKey(request)
    const other = merged.get(key)
    if (!other) {
      merged.set(key, { ...request })
      continue
    }
    other.refresh = Boolean(other.refresh || request.refresh)
    other.storedOnly = Boolean(other.storedOnly && request.storedOnly)
    const after = [other.after, request.after].filter(date => date !== undefined).sort((a, b) => b.getTime() - a.getTime())[0]
    if (after) other.after = after
  }
  return [...merged.values()]
}
