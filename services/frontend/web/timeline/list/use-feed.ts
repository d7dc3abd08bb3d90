import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { dataOf } from '../../api/answers.ts'
import { useApi } from '../../api/context.tsx'
import { keys } from '../../api/keys.ts'
import type { TimelineQuery } from '../query.ts'
import { createFeed, type Feed, type FeedState, firstPageSize } from './feed.ts'

/** How long a view that was left is kept, so that going back finds it as it was. */
const keptMs = 10 * 60_000

/** Opens a view. It is kept by its query, and follows the stream only while the list shows it. */
export function useFeed(query: TimelineQuery) {
  const api = useApi()
  return useQuery({
    queryKey: keys.lines(query),
    queryFn: async ({ signal }) => {
      const readPage = (page: { cursor?: string; limit: number }, signal?: AbortSignal) =>
        dataOf(api.GET('/v1/timeline', { params: { query: { ...query, ...page } }, signal }))
      return createFeed({
        key: JSON.stringify(query),
        first: await readPage({ limit: firstPageSize }, signal),
        readPage,
        stream: options => api.streamTimeline({ ...options, filters: query }),
        schedule: requestAnimationFrame,
        now: Date.now,
      })
    },
    // The stream keeps it fresh.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: keptMs,
    structuralSharing: false,
    // The last view stays until the next one is there.
    placeholderData: keepPreviousData,
  })
}

/** What a view shows now. */
export function useFeedState(feed: Feed): FeedState {
  return useSyncExternalStore(feed.subscribe, feed.state)
}
