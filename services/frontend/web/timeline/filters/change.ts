import type { ListFilter, TimelineFilters } from '../query.ts'
import type { Period } from './periods.ts'

/** As many values as the API takes in one filter. */
export const mostValues = 50

/** What a panel is of: a filter, or the time. */
export type Section = ListFilter | 'when'

/** Those of the first row, and all others. */
export const mainSections = ['user', 'category', 'when'] as const satisfies Section[]
export const moreSections = ['feature', 'kind', 'object', 'attribute', 'list', 'connection', 'record'] as const satisfies Section[]

/** With the value chosen, or no longer. */
export function toggled(filters: TimelineFilters, filter: ListFilter, value: string): TimelineFilters {
  const before = filters[filter] ?? []
  const after = before.includes(value) ? before.filter(one => one !== value) : [...before, value].slice(0, mostValues)
  return { ...filters, [filter]: after.length ? after : undefined }
}

export function withPeriod(filters: TimelineFilters, { from, to }: Period): TimelineFilters {
  return { ...filters, from: from || undefined, to: to || undefined }
}

/** How many values are chosen in some sections. */
export function countChosen(filters: TimelineFilters, sections: readonly Section[]): number {
  const of = (section: Section) => (section === 'when' ? Number(Boolean(filters.from || filters.to)) : (filters[section]?.length ?? 0))
  return sections.reduce((count, section) => count + of(section), 0)
}
