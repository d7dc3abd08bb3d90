import { setTimeout as sleep } from 'node:timers/promises'
import type { AttioClient } from '@worksights/attio'
import { type Database, type GoneLabel, type LabelRow, markGone, readLabels } from '@worksights/database'
import type { Logger } from '@worksights/runtime'
import type { LookUp } from '../instruments.ts'
import { flightKey } from './fetch.ts'
import { createFlights } from './flights.ts'
import { createKeep } from './keep.ts'
import { fromRow, isSettled, type Label, type LabelRef, labelKey, unknownLabel } from './label.ts'
import { syncLists } from './lists.ts'

/*
 * Names, from the label table or, where that does not know, from Attio.
 *
 * A look-up is waited for so long and no longer: what is not there by then goes on by itself, and `late` tells when it has arrived, so that lines which
 * went out without a name can be mended.
 */

export type LabelRequest = LabelRef & {
  /** Do not trust what is stored: ask Attio. */
  refresh?: boolean
  /** Do not ask Attio: the thing is known to be gone, or not worth a call. */
  storedOnly?: boolean
  /** The moment of the event: a 404, or a refreshed reading, that is true of an earlier one is asked for again. */
  after?: Date
}

export type LabelLookup = {
  /** Never undefined: a thing nothing is known of is pending. */
  get(ref: LabelRef): Label
  /** Keys that Attio answered in this look-up and that lines may have lacked, or have had wrong, until now. */
  learned: string[]
  /** Settles when everything asked for has been tried, with the keys that were learned too late for this look-up; null if nothing was late. */
  late: Promise<string[]> | null
}

export type LabelSource = { connectionId: string; organizationId: string; client: AttioClient }

const maxAgeMs = { known: 60 * 60_000, pending: 0, forbidden: 5 * 60_000, gone: 60 * 60_000 }

function isFresh(row: LabelRow): boolean {
  return row.ageMs < maxAgeMs[row.state]
}

const storedOutcome = { known: 'found', forbidden: 'forbidden', gone: 'gone', pending: 'failed' } as const

export type LabelBook = ReturnType<typeof createLabelBook>

export type LabelBookOptions = {
  database: Database
  log: Logger
  /** Told of a connection for which a run was asked: deliveries withheld for a list that shows now. */
  runsDue: (connectionId: string) => void
  /** Told of each label that was looked up in what is stored, or at Attio. One that waits for a call under way is not told of twice. */
  lookedUp?: (lookUp: LookUp) => void
}

export function createLabelBook(options: LabelBookOptions) {
  const { database, log, lookedUp = () => {} } = options
  const keep = createKeep(options)
  const flights = createFlights({ database, log, keep, lookedUp })

  return {
    /** Looks labels up, waiting until `deadline` (ms since the epoch) at the longest. Throws only when the database does. */
    async lookUp(source: LabelSource, requests: readonly LabelRequest[], deadline: number): Promise<LabelLookup> {
      const wanted = mergeRequests(requests)
      const stored = new Map((await readLabels(database.pool, source.connectionId, wanted)).map(row => [labelKey(row), row]))
      const labels = new Map([...stored].map(([key, row]) => [key, fromRow(row)]))
      const asked = wanted.filter(request => {
        const row = stored.get(labelKey(request))
        return !request.storedOnly && (request.refresh || !row || !isFresh(row))
      })
      for (const request of wanted) {
        const row = stored.get(labelKey(request))
        if (!row || request.storedOnly || asked.includes(request)) continue
        lookedUp({ kind: request.type, source: 'cache', outcome: storedOutcome[row.state] })
      }
      if (asked.length === 0) return lookup(labels, [], null)

      const answered = new Set<string>()
      const groups = groupByFlight(asked)
      let underWay = groups.length
      const arrived = Promise.all(
        groups.map(async group => {
          for (const key of await flights.read(source, group, stored)) answered.add(key)
          underWay -= 1
        }),
      )
      await within(arrived, deadline)
      const inTime = new Set(answered)
      const isLate = underWay > 0
      for (const row of await readLabels(
        database.pool,
        source.connectionId,
        asked.filter(request => inTime.has(labelKey(request))),
      )) {
        labels.set(labelKey(row), { ...fromRow(row), fresh: true })
      }
      for (const request of asked) {
        const label = labels.get(labelKey(request))
        if (label && request.refresh && !inTime.has(labelKey(request))) label.outdated = true
      }
      const wasUnsure = asked.filter(request => request.refresh || stored.get(labelKey(request))?.state !== 'known').map(labelKey)
      const learned = wasUnsure.filter(key => {
        const label = labels.get(key)
        return inTime.has(key) && label !== undefined && isSettled(label)
      })
      const late = () => wasUnsure.filter(key => answered.has(key) && !inTime.has(key))
      return lookup(labels, learned, isLate ? arrived.then(late) : null)
    },
    /** Reads all lists of a workspace, so that they are known before any event names them, and what is not shown any more is. */
    syncLists: (source: LabelSource) => syncLists({ database, keep }, source),
    /** Marks things as gone because an event said so. */
    markGone: (source: Pick<LabelSource, 'connectionId' | 'organizationId'>, things: readonly GoneLabel[]) =>
      keep(source, things, executor => markGone(executor, source.connectionId, things)),
    /** Waits for every look-up under way; none is tried again from here on. */
    settle: () => flights.settle(),
  }
}

function lookup(labels: Map<string, Label>, learned: string[], late: Promise<string[]> | null): LabelLookup {
  return { get: ref => labels.get(labelKey(ref)) ?? unknownLabel(ref), learned, late }
}

/** Waits for `work`, but not beyond `deadline`; leaves no timer behind. */
async function within(work: Promise<unknown>, deadline: number): Promise<void> {
  const timer = new AbortController()
  const over = sleep(Math.max(0, deadline - Date.now()), undefined, { ref: false, signal: timer.signal }).catch(() => {})
  await Promise.race([work, over])
  timer.abort()
}

/** What is read by one call. */
function groupByFlight(requests: readonly LabelRequest[]): [LabelRequest, ...LabelRequest[]][] {
  const groups = new Map<string, [LabelRequest, ...LabelRequest[]]>()
  for (const request of requests) {
    const group = groups.get(flightKey(request))
    if (group) group.push(request)
    else groups.set(flightKey(request), [request])
  }
  return [...groups.values()]
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
    if (request.after && (!other.after || request.after > other.after)) other.after = request.after
  }
  return [...merged.values()]
}
