import { queryOptions } from '@tanstack/react-query'
import type { ApiClient } from '@worksights/api-client'
import { dataOf } from '../../api/answers.ts'
import { keys } from '../../api/keys.ts'

/** How often states and times are asked for while they are looked at. */
const everyMs = 10_000

export const connectionsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: keys.connections,
    queryFn: ({ signal }) => dataOf(api.GET('/v1/integrations/attio/connections', { signal })),
    refetchInterval: everyMs,
  })

export const connectionQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: keys.connection(id),
    queryFn: ({ signal }) => dataOf(api.GET('/v1/integrations/attio/connections/{id}', { params: { path: { id } }, signal })),
    refetchInterval: everyMs,
  })
