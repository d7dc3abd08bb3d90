import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type RefObject, useEffect, useMemo } from 'react'
import { dataOf } from '../../api/answers.ts'
import { useApi } from '../../api/context.tsx'
import { keys } from '../../api/keys.ts'
import { useSession } from '../../sign-in/session-context.tsx'
import { TimelineEmpty } from '../empty.tsx'
import { refreshPicture } from '../picture/refresh.ts'
import { hasFilters, type TimelineFilters } from '../query.ts'
import { ActivityList } from './activity-list.tsx'
import { boundsOf } from './bounds.ts'
import type { Feed } from './feed.ts'
import { gapsOf } from './rows.ts'
import { useFeedState } from './use-feed.ts'

type Props = {
  feed: Feed
  filters: TimelineFilters
  above: RefObject<HTMLElement | null>
  before: RefObject<HTMLElement | null>
  onClear: () => void
}

/** Gaps open and close seldom; nothing tells of it. */
const gapsEveryMs = 60_000
/** Before this nothing was connected. */
const always = '2000-01-01T00:00:00.000Z'

/** The lines of a view with what is missing between them, as they change; or why there are none. */
export function FollowedLines({ feed, filters, above, before, onClear }: Props) {
  const api = useApi()
  const queries = useQueryClient()
  const state = useFeedState(feed)
  const { state: session } = useSession()
  // Whoever signs in again goes on where they were.
  useEffect(() => (session === 'signed_in' ? feed.follow() : undefined), [feed, session])
  useEffect(() => {
    if (state.changes > 0) refreshPicture(queries)
  }, [queries, state.changes])
  const gaps = useQuery({
    queryKey: keys.gaps,
    queryFn: ({ signal }) => dataOf(api.GET('/v1/timeline/gaps', { params: { query: { from: always } }, signal })),
    refetchInterval: gapsEveryMs,
  })
  const shownGaps = useMemo(
    () => gapsOf(gaps.data?.data ?? [], { connections: filters.connection, ...boundsOf(filters) }),
    [gaps.data, filters],
  )
  const isEmpty = state.shown.length === 0 && state.held.length === 0 && state.next === null
  const isFiltered = hasFilters(filters)
  if (isEmpty && (isFiltered || shownGaps.length === 0)) return <TimelineEmpty filters={filters} onClear={onClear} />
  return <ActivityList feed={feed} state={state} gaps={shownGaps} isFiltered={isFiltered} above={above} before={before} />
}
