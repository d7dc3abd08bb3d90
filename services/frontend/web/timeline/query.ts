import type { paths } from '@worksights/api-client'
import { z } from 'zod/mini'
import { listParam, textParam } from '../app/search-params.ts'

/*
 * What the timeline is narrowed by, as it stands in the address and as the API is asked.
 */

/** Of which several may be chosen; a line need have one of them. */
export const listFilters = ['user', 'category', 'feature', 'kind', 'object', 'attribute', 'list', 'connection', 'record'] as const
export type ListFilter = (typeof listFilters)[number]

/** The search parameters of the timeline's address. `from` and `to` are dates (`2026-11-24`, days of the viewer's zone) or times with an offset. */
export const timelineFilters = z.object({
  category: listParam,
  feature: listParam,
  kind: listParam,
  user: listParam,
  object: listParam,
  attribute: listParam,
  list: listParam,
  connection: listParam,
  record: listParam,
  from: textParam,
  to: textParam,
  q: textParam,
})
export type TimelineFilters = z.infer<typeof timelineFilters>

/** What list, stream, picture and export have in common. */
export type TimelineQuery = Omit<NonNullable<paths['/v1/timeline/stream']['get']['parameters']['query']>, 'cursor'>

/**
 * The API's query for the filters of an address; `timeZone` is the IANA zone whose days dates are. The same filters give the same query, so that it can be a key.
 * Values are passed on as they are: what the address should not hold the API answers with a 400 that says which.
 */
export function toQuery(filters: TimelineFilters, timeZone: string): TimelineQuery {
  const query: Record<string, string | string[]> = {}
  for (const name of listFilters) {
    const values = filters[name]
    if (values?.length) query[name] = [...new Set(values)].sort()
  }
  const words = filters.q?.trim()
  if (words) query.q = words
  for (const name of ['from', 'to'] as const) {
    const bound = filters[name]
    if (!bound) continue
    query[name] = bound
    if (isDay(bound)) query.time_zone = timeZone
  }
  return query
}

/** Whether anything narrows the view. */
export function hasFilters(filters: TimelineFilters): boolean {
  return Object.keys(toQuery(filters, 'UTC')).length > 0
}

/** Everything the timeline has. */
export function clearFilters(): TimelineFilters {
  return {}
}

/** A day of the viewer's zone, and not a time. */
export function isDay(bound: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(bound)
}

/** The viewer's zone, by IANA's name. */
export function viewerZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
