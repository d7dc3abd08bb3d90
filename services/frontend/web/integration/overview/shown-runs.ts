import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import type { Connection, Run } from '@worksights/api-client'
import { useCallback, useSyncExternalStore } from 'react'
import { keys } from '../../api/keys.ts'
import { isOver } from '../runs/run-view.ts'
import { keepRun } from '../runs/use-run.ts'

/*
 * The long actions that are shown: those begun here, and those found under way. They stay until they were dismissed, so that what came of one can be read
 * also where its connection is erased, and after a look at another page.
 */
export type ShownRun = { id: string; kind: Run['kind']; connectionId: string; workspaceName: string }

let shown: readonly ShownRun[] = []
/** A connection may still tell of a run for a moment that is over and was dismissed. */
const dismissed = new Set<string>()
const listeners = new Set<() => void>()

function change(next: readonly ShownRun[]): void {
  shown = next
  for (const tell of listeners) tell()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function wasOver(queries: QueryClient, id: string): boolean {
  const run = queries.getQueryData<Run>(keys.run(id))
  return run === undefined || isOver(run)
}

export function useShownRuns(): {
  runs: readonly ShownRun[]
  show: (connection: Connection, run: Run) => void
  dismiss: (id: string) => void
} {
  const queries = useQueryClient()
  const runs = useSyncExternalStore(subscribe, () => shown)
  const show = useCallback(
    ({ id: connectionId, workspace }: Connection, run: Run) => {
      if (dismissed.has(run.id) || shown.some(({ id }) => id === run.id)) return
      keepRun(queries, run)
      // It takes the place of those of its connection that are over.
      const others = shown.filter(other => other.connectionId !== connectionId || !wasOver(queries, other.id))
      change([...others, { id: run.id, kind: run.kind, connectionId, workspaceName: workspace.name }])
    },
    [queries],
  )
  const dismiss = useCallback((id: string) => {
    dismissed.add(id)
    change(shown.filter(run => run.id !== id))
  }, [])
  return { runs, show, dismiss }
}
