import type { LabelRow, LabelWrite } from '@worksights/database'
import type { LabelRequest } from './book.ts'
import type { Fetched, FoundLabel } from './fetch.ts'
import { labelKey } from './label.ts'

/*
 * What one answer of Attio's says of each label that was asked for with it.
 */

/** A 404 is final when it stays for this long. */
const missingIsGoneAfterMs = 10 * 60_000
/** Pauses before asking again for what Attio has not finished, has read too early, or had no time for. */
export const rereadPausesMs = [100, 300, 900, 2_700, 8_100]
/** A longer wait is not worth holding a place for. */
const longestRetryAfterMs = 10_000

export type Answered = {
  writes: LabelWrite[]
  /** Keys of what is answered: found, not there, or forbidden. */
  keys: Set<string>
}

/** Answers older than the event say nothing of it: neither that a thing is not there, nor what it reads like by now. */
function isTooEarly(request: LabelRequest, accurateAt: Date | null, isFound: boolean): boolean {
  return accurateAt !== null && request.after !== undefined && accurateAt < request.after && (!isFound || request.refresh === true)
}

function finds(label: FoundLabel, request: LabelRequest): boolean {
  // An object may be asked for by its slug, as linked records name it.
  return label.ref.id === request.id || (request.type === 'object' && 'slug' in label.details && label.details.slug === request.id)
}

/** What to store of an answer, and what of the group it answers. `stored` are the rows from before. */
export function readAnswer(group: readonly LabelRequest[], fetched: Fetched, stored: ReadonlyMap<string, LabelRow>): Answered {
  const writes: LabelWrite[] = []
  const keys = new Set<string>()
  const missing = (request: LabelRequest): LabelWrite => {
    const isGone = (stored.get(labelKey(request))?.missingForMs ?? 0) >= missingIsGoneAfterMs
    return { ...bare(request), state: isGone ? 'gone' : 'pending', missing: true }
  }
  if (fetched.outcome === 'unfinished' || fetched.outcome === 'unavailable') return { writes, keys }
  const found = fetched.outcome === 'found' ? fetched.labels : []
  const tooEarly = new Set<string>()
  for (const request of group) {
    const isFound = found.some(label => finds(label, request))
    if (fetched.outcome !== 'forbidden' && isTooEarly(request, fetched.accurateAt, isFound)) {
      tooEarly.add(labelKey(request))
      continue
    }
    keys.add(labelKey(request))
    if (fetched.outcome === 'forbidden') writes.push({ ...bare(request), state: 'forbidden', missing: false })
    else if (!isFound) writes.push(missing(request))
  }
  for (const label of found) {
    // An early reading still beats none.
    if (tooEarly.has(labelKey(label.ref)) && stored.has(labelKey(label.ref))) continue
    writes.push({ ...label.ref, state: 'known', missing: false, ...storable({ name: label.name, details: label.details }) })
    if (!tooEarly.has(labelKey(label.ref))) keys.add(labelKey(label.ref))
  }
  return { writes, keys }
}

/** In how many ms asking again may give a better answer; null when this one is as good as any. `pauseMs` is this round's pause. */
export function askAgainIn(group: readonly LabelRequest[], fetched: Fetched, pauseMs: number, now: number): number | null {
  switch (fetched.outcome) {
    case 'unfinished':
      return pauseMs
    case 'found':
    case 'missing': {
      const found = fetched.outcome === 'found' ? fetched.labels : []
      const early = group.some(request =>
        isTooEarly(
          request,
          fetched.accurateAt,
          found.some(label => finds(label, request)),
        ),
      )
      return early ? pauseMs : null
    }
    case 'unavailable': {
      if (fetched.retryAt === null) return null
      const waitMs = Math.max(0, fetched.retryAt.getTime() - now)
      // Not all at the same moment.
      return waitMs <= longestRetryAfterMs ? waitMs + pauseMs * Math.random() : null
    }
    case 'forbidden':
      return null
  }
}

const bare = ({ type, id, parentId }: LabelRequest) => ({ type, id, parentId, name: null, details: {} })

/** Text that Postgres takes: people paste NULs and halves of emoji into names. */
function storable<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, item) =>
    typeof item === 'string' ? item.replaceAll('\0', '').toWellFormed() : item,
  ) as T
}
