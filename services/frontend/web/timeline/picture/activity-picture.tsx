import type { FiltersProps } from '../filters/timeline-filters.tsx'

/** How much was done when, by category. */
export function ActivityPicture(_: FiltersProps) {
  return null
}
