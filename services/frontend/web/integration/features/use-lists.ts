import { useIsMutating, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Lists } from '@worksights/api-client'
import { useState } from 'react'
import { dataOf } from '../../api/answers.ts'
import { useApi } from '../../api/context.tsx'
import { keys } from '../../api/keys.ts'
import { tellDone, tellFailed } from '../../components/notify.ts'
import { i18n } from '../../strings/i18n.ts'
import { type ListChange, withShown } from './lists.ts'

/** How often lists are asked for while they are looked at: they are made, opened and closed in Attio, and those of a new connection come after it. */
const everyMs = 10_000

export function useLists() {
  const api = useApi()
  // An answer from before a change would show the switch as it was.
  const isChanging = useIsMutating({ mutationKey: keys.lists }) > 0
  return useQuery({
    queryKey: keys.lists,
    queryFn: ({ signal }) => dataOf(api.GET('/v1/integrations/attio/lists', { signal })),
    refetchInterval: isChanging ? false : everyMs,
  })
}

/** Shows or hides lists: at once, and back where the API refuses. `run`: the latest run that works what was withheld again. */
export function useShowLists(): { change: (change: ListChange) => void; run: string | null } {
  const api = useApi()
  const queries = useQueryClient()
  const [run, setRun] = useState<string | null>(null)
  const put = (change: ListChange) => queries.setQueryData<Lists>(keys.lists, kept => kept && withShown(kept, change))

  const { mutate } = useMutation({
    mutationKey: keys.lists,
    async mutationFn(change: ListChange): Promise<string | null> {
      const body = { shown: change.shown }
      if ('list' in change) {
        const params = { path: { id: change.list.id }, query: { connection: change.list.connection.id } }
        return (await dataOf(api.PATCH('/v1/integrations/attio/lists/{id}', { params, body }))).replay_run_id
      }
      const params = { query: { connection: change.connection.id } }
      return (await dataOf(api.PATCH('/v1/integrations/attio/lists', { params, body }))).replay_run_id
    },
    async onMutate(change) {
      await queries.cancelQueries({ queryKey: keys.lists })
      const before = queries.getQueryData<Lists>(keys.lists)
      put(change)
      return { before }
    },
    onSuccess(started, change) {
      if (started !== null) setRun(started)
      void tellDone(told(change))
    },
    onError(error, change, kept) {
      // What all private lists were is more than the opposite of what was asked: each had its own.
      if ('list' in change) put({ ...change, shown: !change.shown })
      else if (kept?.before) queries.setQueryData(keys.lists, kept.before)
      void tellFailed(error)
    },
    onSettled: () => Promise.all([keys.lists, keys.timeline, keys.overview].map(queryKey => queries.invalidateQueries({ queryKey }))),
  })
  return { change: mutate, run }
}

function told(change: ListChange): string {
  const t = i18n.getFixedT(null, 'features')
  if ('list' in change) return t(change.shown ? 'done.listShown' : 'done.listHidden', { list: change.list.name ?? t('noName') })
  return t(change.shown ? 'done.allShown' : 'done.allHidden')
}
