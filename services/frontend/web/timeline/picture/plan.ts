import { addDays, countDays, dayOf, type Period } from '../filters/periods.ts'
import { isDay } from '../query.ts'

/*
 * Which stretch of time the picture shows, and in which steps. What was chosen by a click on it is shown in its surroundings: the other days stay there to be
 * clicked, and it can be told how this one compares.
 */

export type Plan = Period & {
  interval: 'day' | 'hour'
  /** What is chosen lies within what is shown. */
  inContext: boolean
  /** The day of which hours can be, or are, shown. */
  day: string | null
}

type View = {
  now: Date
  timeZone: string
  /** How many days there is room for. */
  days: number
  /** Hours are wanted where a day is chosen. */
  byHour: boolean
}

const hourMs = 3_600_000
/** The API counts at most 400 intervals. */
const mostDays = 400

export function planOf({ from, to }: Period, view: View): Plan {
  const { now, timeZone, days, byHour } = view
  const isWrong = [from, to].some(bound => bound && Number.isNaN(Date.parse(bound)))
  // The API says what is wrong with it.
  if (isWrong) return { from, to, interval: 'day', inContext: false, day: null }
  const today = dayOf(now, timeZone)
  const lastDays = { from: addDays(today, 1 - days), to: undefined, interval: 'day' } as const

  const day = dayOfPeriod({ from, to }, timeZone)
  if (day !== null) {
    const isWhole = isDay(from ?? '')
    if (!isWhole || byHour) return { from: day, to: day, interval: 'hour', inContext: !isWhole, day }
    if (day > addDays(today, -days) && day <= today) return { ...lastDays, inContext: true, day }
    const half = Math.floor(days / 2)
    return { from: addDays(day, -half), to: earlier(addDays(day, half - 1), today, day), interval: 'day', inContext: true, day }
  }
  if (!from)
    return to
      ? { ...before(to, days, timeZone), interval: 'day', inContext: false, day: null }
      : { ...lastDays, inContext: false, day: null }
  const span = { from: firstDay(from, timeZone), to: firstDay(to ?? now.toISOString(), timeZone) }
  if (hoursBetween(from, to, now) <= 48) return { from, to, interval: 'hour', inContext: false, day: null }
  const tooLong = countDays(span.from, span.to) > mostDays
  return { from: tooLong ? addDays(span.to, 1 - mostDays) : from, to, interval: 'day', inContext: false, day: null }
}

/** The one day in which a period lies, if it has a beginning and an end and they do. */
function dayOfPeriod({ from, to }: Period, timeZone: string): string | null {
  if (!from || !to || isDay(from) !== isDay(to)) return null
  if (isDay(from)) return from === to ? from : null
  const [start, end] = [Date.parse(from), Date.parse(to)]
  if (!(start < end)) return null
  const day = dayOf(new Date(start), timeZone)
  return day === dayOf(new Date(end - 1), timeZone) ? day : null
}

function before(to: string, days: number, timeZone: string): Period {
  return { from: addDays(firstDay(to, timeZone), 1 - days), to }
}

function firstDay(bound: string, timeZone: string): string {
  return isDay(bound) ? bound : dayOf(new Date(bound), timeZone)
}

/** Days are taken as 24 hours long: it is only to tell few from many. */
function hoursBetween(from: string, to: string | undefined, now: Date): number {
  const end = to === undefined ? now.getTime() : Date.parse(to) + (isDay(to) ? 24 * hourMs : 0)
  return (end - Date.parse(from)) / hourMs
}

/** The earlier of two days, yet not before the third. */
function earlier(one: string, other: string, least: string): string {
  const first = one < other ? one : other
  return first < least ? least : first
}
