import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import type { ApiClient, Me } from '@worksights/api-client'
import { dataOf } from './answers.ts'
import { useApi } from './context.tsx'
import { keys } from './keys.ts'

export const meQuery = (api: ApiClient) =>
  queryOptions({ queryKey: keys.me, queryFn: ({ signal }) => dataOf(api.GET('/v1/me', { signal })), staleTime: 5 * 60_000 })

/** Who is signed in, and as what. The shell waits for it, so that no page has to. */
export function useMe(): Me & { isAdmin: boolean } {
  const { data } = useSuspenseQuery(meQuery(useApi()))
  return { ...data, isAdmin: data.role === 'admin' }
}
