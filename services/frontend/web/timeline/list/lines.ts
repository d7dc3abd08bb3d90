import { replaceEqualDeep } from '@tanstack/react-query'
import type { Activity, TimelinePage, TimelineStreamEvent } from '@worksights/api-client'

/*
 * The lines of a view: what its pages brought and what the stream says on top of them. Every function answers with new lines, or with the same where
 * nothing changed.
 */

/** Where a line stands: newest first by time, then by id. It never moves. */
export type Place = Pick<Activity, 'occurred_at' | 'id'>

export type Lines = {
  /** Newest first, no id twice. */
  readonly shown: readonly Activity[]
  /** New ones that are kept back while somebody reads, in the same order. */
  readonly held: readonly Activity[]
  /** The cursor of the page that follows; null when everything was read. */
  readonly next: string | null
  /** The end of what was read: what lies beyond comes with its page. */
  readonly edge: Place | null
}

export type LineEvent = Exclude<TimelineStreamEvent, { type: 'reset' }>

export function firstPage(page: TimelinePage): Lines {
  return { shown: page.data, held: [], next: page.next_cursor, edge: page.data.at(-1) ?? null }
}

/** Adds the page that `next` led to. It begins beyond `edge`, where the stream adds nothing. */
export function withOlder(lines: Lines, page: TimelinePage): Lines {
  return { ...lines, shown: [...lines.shown, ...page.data], next: page.next_cursor, edge: page.data.at(-1) ?? lines.edge }
}

/** Takes what the stream told. While `holding`, a line that is new is kept back. */
export function applied(lines: Lines, event: LineEvent, holding: boolean): Lines {
  if (event.type === 'removed') return without(lines, event.id)
  const { line } = event
  for (const where of ['shown', 'held'] as const) {
    const at = placeIn(lines[where], line)
    const known = lines[where][at]
    if (known?.id !== line.id) continue
    const grown = replaceEqualDeep(known, line)
    return grown === known ? lines : { ...lines, [where]: lines[where].with(at, grown) }
  }
  const others = without(lines, line.id)
  if (others.next !== null && others.edge && isBefore(others.edge, line)) return others
  const where = holding && others === lines ? 'held' : 'shown'
  return { ...others, [where]: others[where].toSpliced(placeIn(others[where], line), 0, line) }
}

/** Shows what was kept back. */
export function released(lines: Lines): Lines {
  return lines.held.reduce<Lines>((all, line) => applied(all, { type: 'activity', line }, false), { ...lines, held: [] })
}

/** Whether `one` stands above `other`. Times are of one form, so their text tells. */
export function isBefore(one: Place, other: Place): boolean {
  return one.occurred_at === other.occurred_at ? one.id > other.id : one.occurred_at > other.occurred_at
}

function without(lines: Lines, id: string): Lines {
  const isOther = (line: Activity) => line.id !== id
  const [shown, held] = [lines.shown.filter(isOther), lines.held.filter(isOther)]
  return shown.length + held.length === lines.shown.length + lines.held.length ? lines : { ...lines, shown, held }
}

/** Where a line stands or would stand. */
function placeIn(lines: readonly Activity[], place: Place): number {
  let [low, high] = [0, lines.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const there = lines[middle]
    if (there && isBefore(there, place)) low = middle + 1
    else high = middle
  }
  return low
}
