import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { dataOf } from '../../api/answers.ts'
import { useApi } from '../../api/context.tsx'
import { keys } from '../../api/keys.ts'
import { type TimelineFilters, toQuery, viewerZone } from '../query.ts'

/** How many lines of a view there are, by time and category. */
export function useSummary(filters: TimelineFilters, interval: 'day' | 'hour', { enabled = true }: { enabled?: boolean } = {}) {
  const api = useApi()
  const query = { ...toQuery(filters, viewerZone()), time_zone: viewerZone(), interval }
  return useQuery({
    queryKey: keys.summary(query),
    queryFn: ({ signal }) => dataOf(api.GET('/v1/timeline/summary', { params: { query }, signal })),
    placeholderData: keepPreviousData,
    enabled,
  })
}
