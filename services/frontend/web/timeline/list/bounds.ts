import { addDays } from 'date-fns/addDays'
import { parseISO } from 'date-fns/parseISO'
import { isDay, type TimelineFilters } from '../query.ts'

/** The times between which a view lies, in ms, the later one excluded: a day as `to` is within. What is no date bounds nothing. */
export function boundsOf({ from, to }: Pick<TimelineFilters, 'from' | 'to'>): { from?: number; to?: number } {
  const bounds: { from?: number; to?: number } = {}
  const [begin, end] = [parseISO(from ?? '').getTime(), (to && isDay(to) ? addDays(parseISO(to), 1) : parseISO(to ?? '')).getTime()]
  if (!Number.isNaN(begin)) bounds.from = begin
  if (!Number.isNaN(end)) bounds.to = end
  return bounds
}
