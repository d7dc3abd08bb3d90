import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Run } from '@worksights/api-client'
import { useApi } from '../../api/context.tsx'
import { keys } from '../../api/keys.ts'
import { endedSteps, isOver } from './run-view.ts'

/** What a long action may have changed: nearly everything that is shown. Only what is on the page is asked for again. */
const changedByRuns = [keys.connections, keys.timeline, keys.members, keys.features, keys.lists]

/**
 * A run, live until it is over; null asks for nothing. All who show one follow it together, and what it changed is read anew after each of its steps.
 * `error` is there only where it could not be followed at all.
 */
export function useRun(id: string | null): { run: Run | undefined; error: Error | null; retry: () => void } {
  const api = useApi()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery({
    queryKey: keys.run(id ?? ''),
    enabled: id !== null,
    // Answers when the run is over; what is read on the way is shown as it comes.
    async queryFn({ signal }) {
      let told = 0
      const onRun = (run: Run) => {
        keepRun(queries, run)
        const ended = endedSteps(run)
        if (ended > told) void readAnew(queries)
        told = ended
      }
      const over = await api.followRun(id ?? '', { signal, onRun })
      void readAnew(queries)
      return over
    },
    // Following does not give up over what passes by itself.
    retry: false,
    staleTime: ({ state }) => (state.data && isOver(state.data) ? Number.POSITIVE_INFINITY : 0),
  })
  return { run: data, error, retry: () => void refetch() }
}

async function readAnew(queries: QueryClient): Promise<void> {
  // First which connections there are: one that was erased is not asked for any more.
  await queries.invalidateQueries({ queryKey: keys.overview })
  for (const queryKey of changedByRuns) void queries.invalidateQueries({ queryKey })
}

/** Shows what the API just answered of a run at once, where one was asked for or read with its connection. */
export function keepRun(queries: QueryClient, run: Run): void {
  queries.setQueryData(keys.run(run.id), run)
}
