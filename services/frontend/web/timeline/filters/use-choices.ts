import { type QueryClient, queryOptions, useQueries, useQuery } from '@tanstack/react-query'
import type { Activity, ApiClient, TimelineChoices } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { dataOf } from '../../api/answers.ts'
import { useApi } from '../../api/context.tsx'
import { keys } from '../../api/keys.ts'
import type { Words } from './choices.ts'
import { shortId } from './choices.ts'

const choicesQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: keys.choices,
    queryFn: ({ signal }): Promise<TimelineChoices> => dataOf(api.GET('/v1/timeline/filters', { signal })),
    staleTime: 5 * 60_000,
  })

/** Everything the timeline can be narrowed by; asked for once somebody wants to know. */
export function useChoices({ enabled = true }: { enabled?: boolean } = {}) {
  return useQuery({ ...choicesQuery(useApi()), enabled })
}

/** The texts of choices that are ours and not the API's. */
export function useWords(): Words {
  const { t } = useTranslation('filters')
  return { hidden: t('hidden'), disconnected: t('disconnected') }
}

/** What records of an address are called: no route gives it, but any line about one does. */
export function useRecordNames(ids: string[]): (id: string) => string | null {
  const api = useApi()
  const found = useQueries({
    queries: ids.map(id => ({
      queryKey: keys.recordName(id),
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const { data } = await dataOf(api.GET('/v1/timeline', { params: { query: { record: [id], limit: 1 } }, signal }))
        return nameIn(data[0], id) ?? shortId(id)
      },
      staleTime: Number.POSITIVE_INFINITY,
    })),
  })
  return id => found[ids.indexOf(id)]?.data ?? (found[ids.indexOf(id)]?.isError ? shortId(id) : null)
}

/** Keeps a name that is known, so that it is not asked for. */
export function rememberRecordName(queries: QueryClient, id: string, name: string): void {
  queries.setQueryData(keys.recordName(id), name)
}

/** The record's name in a line about it; it stands there by another id once it was merged. */
function nameIn(line: Activity | undefined, id: string): string | undefined {
  if (!line) return undefined
  const records = [...(line.subject.type === 'record' ? [line.subject] : []), ...line.related]
  const record = records.find(record => record.id === id) ?? (records.length === 1 ? records[0] : undefined)
  return record?.name
}
