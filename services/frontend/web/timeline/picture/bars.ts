import type { TimelineSummary } from '@worksights/api-client'
import { dayOf, type Period } from '../filters/periods.ts'
import { isDay } from '../query.ts'

/*
 * What is counted, as bars: days, or hours, several together where there is no room for each.
 */

export const categories = ['default', 'task', 'meeting'] as const
export type Category = (typeof categories)[number]
export type Lines = Record<Category, number>

export type Bar = {
  /** As in the address: days, or times where bars are hours. */
  from: string
  to: string
  start: Date
  /** Exclusive. */
  end: Date
  lines: Lines
  total: number
}

const steps = { day: [1, 7, 14, 28, 56], hour: [1, 2, 3, 4, 6, 12] } as const
const lengthMs = { day: 24 * 3_600_000, hour: 3_600_000 } as const

/** At most so many bars. Days are put together from the last one back, so that the last bar is as long as the others; hours from the first, as on a clock. */
export function barsOf({ buckets, interval, time_zone: timeZone }: TimelineSummary, most: number): Bar[] {
  const step = steps[interval].find(step => buckets.length / step <= most) ?? steps[interval].at(-1) ?? 1
  const first = interval === 'day' ? buckets.length % step || step : step
  const bars: Bar[] = []
  for (let begin = 0, end = first; begin < buckets.length; begin = end, end += step) {
    const group = buckets.slice(begin, end)
    const start = new Date(group[0]?.start ?? 0)
    const last = new Date(group.at(-1)?.start ?? 0)
    const next = buckets[end]?.start
    const after = next ? new Date(next) : new Date(last.getTime() + lengthMs[interval])
    const lines = { default: 0, task: 0, meeting: 0 }
    for (const bucket of group) for (const category of categories) lines[category] += bucket.lines[category]
    bars.push({
      ...(interval === 'day'
        ? { from: dayOf(start, timeZone), to: dayOf(last, timeZone) }
        : { from: start.toISOString(), to: after.toISOString() }),
      ...{ start, end: after, lines, total: sum(lines) },
    })
  }
  return bars
}

export function sum(lines: Lines): number {
  return categories.reduce((total, category) => total + lines[category], 0)
}

export type Part = { category: Category; below: number; above: number }

/** The parts of a bar from the ground up, in lines; those that are empty are left out. */
export function partsOf({ lines }: Bar): Part[] {
  const parts: Part[] = []
  let below = 0
  for (const category of categories) {
    const above = below + lines[category]
    if (above > below) parts.push({ category, below, above })
    below = above
  }
  return parts
}

/** Whether a bar is (part of) what was chosen. */
export function isChosen(bar: Bar, { from, to }: Period): boolean {
  if (!from || !to) return false
  if (isDay(from) !== isDay(bar.from)) return false
  if (isDay(from)) return bar.from >= from && bar.to <= to
  return bar.start.getTime() >= Date.parse(from) && bar.end.getTime() <= Date.parse(to)
}

/** Where times are written below the bars: at most so many, evenly, the last one always. */
export function tickPlaces(bars: number, most: number): number[] {
  if (bars === 0) return []
  const every = Math.max(1, Math.ceil(bars / most))
  return Array.from({ length: Math.ceil(bars / every) }, (_, place) => bars - 1 - place * every).reverse()
}

/** When a bar is: `Tuesday 24 November`, `18 – 24 November`, `24 November, 09:00 – 10:00`. */
export function barTime({ start, end, from, to }: Bar, locale: string, timeZone: string): string {
  if (!isDay(from)) {
    const hours = { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone } as const
    return new Intl.DateTimeFormat(locale, hours).formatRange(start, end)
  }
  const day = new Date(`${from}T00:00:00Z`)
  if (from === to) return new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(day)
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' }).formatRange(day, new Date(`${to}T00:00:00Z`))
}

/** The same below a bar. */
export function tickText({ start, from }: Bar, locale: string, timeZone: string): string {
  if (!isDay(from)) return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone }).format(start)
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${from}T00:00:00Z`))
}
