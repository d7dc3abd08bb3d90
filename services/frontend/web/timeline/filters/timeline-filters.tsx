import type { TimelineFilters as Filters } from '../query.ts'

export type FiltersProps = {
  filters: Filters
  /** Shows another view; `replace` where it takes the place of the last one in the history, as while typing. */
  onChange: (next: Filters, how?: { replace?: boolean }) => void
}

/** What narrows the timeline. */
export function TimelineFilters(_: FiltersProps) {
  return null
}
