import { queryOptions } from '@tanstack/react-query'
import type { ApiClient } from '@worksights/api-client'
import { dataOf } from '../../../api/answers.ts'
import { keys } from '../../../api/keys.ts'
import { pauseUntilNextLook } from '../log/reading.ts'

/** One delivery in full, looked at again until it is over. For admins only. */
export const deliveryQuery = (api: ApiClient, connectionId: string, id: string) =>
  queryOptions({
    queryKey: keys.delivery(connectionId, id),
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/v1/integrations/attio/connections/{id}/deliveries/{deliveryId}', {
          params: { path: { id: connectionId, deliveryId: id } },
          signal,
        }),
      ),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && pauseUntilNextLook([state.data], Date.now())) ?? false,
  })
