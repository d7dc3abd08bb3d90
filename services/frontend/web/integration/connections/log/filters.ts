import type { Delivery } from '@worksights/api-client'
import { asInstant } from '../local-time.ts'

export const deliveryStates = [
  'received',
  'processed',
  'filtered',
  'ignored',
  'failed',
  'dead',
] as const satisfies readonly Delivery['state'][]
type DeliveryState = (typeof deliveryStates)[number]

/** What the log is narrowed by, as the API takes it; a part that is not there narrows nothing. */
export type LogFilters = { state?: DeliveryState[]; event_type?: string[]; from?: string; to?: string }

/** What the log can be narrowed by, as it stands in the address: written by anybody, so that what is no filter is left out. */
export type LogSearch = { state?: string[]; event_type?: string[]; from?: string; to?: string }

export function filtersOf(search: LogSearch): LogFilters {
  const state = deliveryStates.filter(known => search.state?.includes(known))
  const types = search.event_type ?? []
  const [from, to] = [asInstant(search.from), asInstant(search.to)]
  return {
    ...(state.length > 0 && { state }),
    ...(types.length > 0 && { event_type: types }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }
}

export const isNarrowed = (filters: LogFilters): boolean => Object.keys(filters).length > 0
