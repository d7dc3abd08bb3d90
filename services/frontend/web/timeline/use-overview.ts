import { useQuery } from '@tanstack/react-query'
import { useApi } from '../api/context.tsx'
import { overviewQuery } from '../integration/overview/queries.ts'

/** How the connections are, for whoever reads the timeline: more seldom than the integration page asks, since the page is open all day. */
export function useOverview() {
  return useQuery({ ...overviewQuery(useApi()), staleTime: 15_000, refetchInterval: 60_000 })
}
