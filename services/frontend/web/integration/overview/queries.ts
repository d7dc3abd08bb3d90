import { queryOptions } from '@tanstack/react-query'
import type { ApiClient } from '@worksights/api-client'
import { dataOf } from '../../api/answers.ts'
import { keys } from '../../api/keys.ts'

/** Read again while somebody looks at it, and at once when they come back to it: how a connection is changes by itself. */
export const overviewQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: keys.overview,
    queryFn: ({ signal }) => dataOf(api.GET('/v1/integrations/attio', { signal })),
    staleTime: 2_000,
    refetchInterval: 10_000,
  })
