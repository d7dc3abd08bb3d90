import type { ApiClient, Delivery, DeliveryPage } from '@worksights/api-client'
import { dataOf } from '../../../api/answers.ts'
import type { LogFilters } from './filters.ts'
import { spanOf } from './reading.ts'

const pageSize = 50
/** A page narrowed by event type may be empty and go on all the same: how many of these are passed over before the reader is asked. */
const patience = 5

type Ask = { filters: LogFilters; cursor?: string | undefined; limit?: number; signal?: AbortSignal }

function askPage(api: ApiClient, id: string, { filters, cursor, limit = pageSize, signal }: Ask): Promise<DeliveryPage> {
  const query = { ...filters, limit, ...(cursor !== undefined && { cursor }) }
  return dataOf(api.GET('/v1/integrations/attio/connections/{id}/deliveries', { params: { path: { id }, query }, signal }))
}

/** The page of a connection's log from `cursor` on. Empty with a `next_cursor` where there is no match so far. */
export async function readPage(api: ApiClient, id: string, ask: Ask): Promise<DeliveryPage> {
  let page = await askPage(api, id, ask)
  for (let passed = 1; passed < patience && page.data.length === 0 && page.next_cursor !== null; passed += 1) {
    page = await askPage(api, id, { ...ask, cursor: page.next_cursor })
  }
  return page
}

/** Some rows of the log as they are now, among others of their time. */
export async function readAgain(api: ApiClient, id: string, rows: readonly Delivery[], signal?: AbortSignal): Promise<Delivery[]> {
  const span = spanOf(rows)
  if (!span) return []
  return (await askPage(api, id, { filters: span, limit: 200, ...(signal && { signal }) })).data
}
