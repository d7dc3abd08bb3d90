import { differenceInCalendarDays } from 'date-fns/differenceInCalendarDays'

/** What people call a day (its beginning, in ms): `Tuesday 24 November`, with the year where it is another one, and what it is from here. */
export function dayName(day: number, now: number, language: string): { relative: 'today' | 'yesterday' | null; date: string } {
  const ago = differenceInCalendarDays(now, day)
  const isThisYear = new Date(day).getFullYear() === new Date(now).getFullYear()
  const date = new Date(day).toLocaleDateString(language, {
    ...{ weekday: 'long', day: 'numeric', month: 'long' },
    ...(!isThisYear && { year: 'numeric' }),
  })
  return { relative: ago === 0 ? 'today' : ago === 1 ? 'yesterday' : null, date }
}
