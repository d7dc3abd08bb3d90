import type { TimelineFilters } from './query.ts'

/** Why there are no lines, and what to do. */
export function TimelineEmpty(_: { filters: TimelineFilters; onClear: () => void }) {
  return null
}
