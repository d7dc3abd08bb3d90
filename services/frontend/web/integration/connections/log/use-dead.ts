import { useQuery } from '@tanstack/react-query'
import { dataOf } from '../../../api/answers.ts'
import { useApi } from '../../../api/context.tsx'
import { keys } from '../../../api/keys.ts'

/** More than this are not counted. */
const most = 100

/** How many deliveries of a connection are dead; `isExact` is false where there are more. Undefined until it is known. For admins only. */
export function useDead(connectionId: string): { count: number; isExact: boolean } | undefined {
  const api = useApi()
  const { data } = useQuery({
    queryKey: keys.dead(connectionId),
    async queryFn({ signal }) {
      const params = { path: { id: connectionId }, query: { state: ['dead' as const], limit: most } }
      const page = await dataOf(api.GET('/v1/integrations/attio/connections/{id}/deliveries', { params, signal }))
      return { count: page.data.length, isExact: page.next_cursor === null }
    },
    refetchInterval: 10_000,
  })
  return data
}
