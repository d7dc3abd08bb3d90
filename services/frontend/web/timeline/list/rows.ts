import type { Activity, Gap } from '@worksights/api-client'
import { addDays } from 'date-fns/addDays'
import { startOfDay } from 'date-fns/startOfDay'

/*
 * Lines and gaps as the rows of one list. The first row of each day carries the day's heading.
 */

export type Row = {
  key: string
  /** The beginning of the row's day in the viewer's zone, in ms. */
  day: number
  isFirstOfDay: boolean
} & ({ type: 'line'; line: Activity } | { type: 'gap'; gap: Gap })

type RowsOptions = {
  /** Whether older lines are still to be read: gaps beyond the last line come with those. */
  hasMore: boolean
  now: number
}

/** `lines` newest first. A gap stands above what came before its end; one that lasts stands above all. */
export function rowsOf(lines: readonly Activity[], gaps: readonly Gap[], { hasMore, now }: RowsOptions): Row[] {
  const rows: Row[] = []
  const days = dayFinder()
  const add = (time: number, item: { type: 'line'; line: Activity } | { type: 'gap'; gap: Gap }) => {
    const before = rows.at(-1)
    // A line of a machine whose clock is ahead may come from "tomorrow", above a gap of today.
    const day = Math.min(days(time), before?.day ?? Number.POSITIVE_INFINITY)
    rows.push({ key: item.type === 'line' ? item.line.id : `gap ${item.gap.id}`, day, isFirstOfDay: day !== before?.day, ...item })
  }
  const bands = gaps.toSorted((one, other) => endOf(other) - endOf(one))
  let next = 0
  for (const line of lines) {
    const time = Date.parse(line.occurred_at)
    for (let band = bands[next]; band && endOf(band) >= time; band = bands[next]) {
      add(Math.max(Math.min(endOf(band), now), time), { type: 'gap', gap: band })
      next += 1
    }
    add(time, { type: 'line', line })
  }
  if (!hasMore) for (const gap of bands.slice(next)) add(Math.min(endOf(gap), now), { type: 'gap', gap })
  return rows
}

function endOf(gap: Gap): number {
  return gap.to === null ? Number.POSITIVE_INFINITY : Date.parse(gap.to)
}

/** Finds the day of times that come in order, asking the calendar only where a day ends. */
function dayFinder(): (time: number) => number {
  let [start, end] = [0, 0]
  return time => {
    if (time < start || time >= end) {
      const day = startOfDay(time)
      start = day.getTime()
      end = startOfDay(addDays(day, 1)).getTime()
    }
    return start
  }
}

/** Which gaps a view must show: those of its workspaces, within its dates (times in ms). */
export function gapsOf(gaps: readonly Gap[], view: { connections?: readonly string[]; from?: number; to?: number }): Gap[] {
  const { connections, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = view
  return gaps.filter(
    gap => (!connections?.length || connections.includes(gap.connection.id)) && endOf(gap) >= from && Date.parse(gap.from) < to,
  )
}
