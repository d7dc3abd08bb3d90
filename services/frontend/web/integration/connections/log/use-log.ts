import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Delivery } from '@worksights/api-client'
import { useEffect } from 'react'
import { useApi } from '../../../api/context.tsx'
import { keys } from '../../../api/keys.ts'
import type { LogFilters } from './filters.ts'
import { readAgain, readPage } from './read-log.ts'
import { beginningWith, countNew, isOver, type LogPages, pauseUntilNextLook, rowsOf, withReadings } from './reading.ts'

const lookForNewMs = 3_000

/**
 * The log of a connection. Its rows stay where they are and take on what becomes of them; how many came since is in `arrived`, and `showNew` begins the
 * list anew with them. For admins only: a member is answered 403.
 */
export function useLog(connectionId: string, filters: LogFilters) {
  const api = useApi()
  const queries = useQueryClient()
  const queryKey = keys.deliveries(connectionId, filters)
  const log = useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => readPage(api, connectionId, { filters, cursor: pageParam, signal }),
    getNextPageParam: page => page.next_cursor ?? undefined,
    // Read once: what changes is put in place, and what is new is told.
    staleTime: Number.POSITIVE_INFINITY,
  })
  const rows = log.data ? rowsOf(log.data) : []

  const newest = useQuery({
    queryKey: keys.arrivals(connectionId, filters),
    queryFn: ({ signal }) => readPage(api, connectionId, { filters, signal }),
    enabled: log.isSuccess,
    initialData: log.data?.pages[0],
    initialDataUpdatedAt: log.dataUpdatedAt,
    refetchInterval: lookForNewMs,
    staleTime: lookForNewMs,
    retry: false,
  })
  const arrived = newest.data ? countNew(rows, newest.data.data) : 0
  const showNew = () => newest.data && queries.setQueryData<LogPages>(queryKey, beginningWith(newest.data))

  /** Reads rows again where they stand; all of them unless said otherwise. */
  const lookAgain = async (isWanted: (row: Delivery) => boolean = () => true, signal?: AbortSignal) => {
    const shown = queries.getQueryData<LogPages>(queryKey)
    const fresh = shown ? await readAgain(api, connectionId, rowsOf(shown).filter(isWanted), signal) : []
    queries.setQueryData<LogPages>(queryKey, now => now && withReadings(now, fresh))
    return fresh.length
  }
  useQuery({
    queryKey: keys.unfinished(connectionId, filters),
    queryFn: ({ signal }) => lookAgain(row => !isOver(row), signal),
    enabled: rows.some(row => !isOver(row)),
    refetchInterval: () => pauseUntilNextLook(rows, Date.now()) ?? false,
    staleTime: 0,
    retry: false,
  })

  // Nobody reads an empty list: what is new takes its place.
  const isEmpty = log.isSuccess && rows.length === 0
  useEffect(() => {
    if (isEmpty && newest.data && newest.data.data.length > 0) queries.setQueryData<LogPages>(queryKey, beginningWith(newest.data))
  })
  return { log, rows, lookAgain, arrived: isEmpty ? 0 : arrived, isMoreNew: arrived > 0 && arrived === newest.data?.data.length, showNew }
}
