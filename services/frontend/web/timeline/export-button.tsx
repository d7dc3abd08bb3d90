import type { TimelineFilters } from './query.ts'

/** The lines of this view as a file. */
export function ExportButton(_: { filters: TimelineFilters }) {
  return null
}
