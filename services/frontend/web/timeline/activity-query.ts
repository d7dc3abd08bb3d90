import { queryOptions } from '@tanstack/react-query'
import type { ActivityWithEvents } from '@worksights/api-client'
import { dataOf } from '../api/answers.ts'
import { useApi } from '../api/context.tsx'
import { keys } from '../api/keys.ts'

/** One line with the events behind it. `version` changes with the line: what was read for an older one stays until the new answer is there. */
export function useActivityQuery(id: string, version = '') {
  const api = useApi()
  return queryOptions({
    queryKey: [...keys.activity(id), version],
    queryFn: ({ signal }) => dataOf(api.GET('/v1/timeline/{id}', { params: { path: { id } }, signal })),
    placeholderData: (before: ActivityWithEvents | undefined) => (before?.id === id ? before : undefined),
  })
}
