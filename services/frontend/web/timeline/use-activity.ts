import { useQuery } from '@tanstack/react-query'
import { dataOf } from '../api/answers.ts'
import { useApi } from '../api/context.tsx'
import { keys } from '../api/keys.ts'

/** One line with the events behind it. `version` changes with the line: what was read of an older one stays until the new answer is there. */
export function useActivity(id: string, version = '') {
  const api = useApi()
  return useQuery({
    queryKey: [...keys.activity(id), version],
    queryFn: ({ signal }) => dataOf(api.GET('/v1/timeline/{id}', { params: { path: { id } }, signal })),
    placeholderData: before => (before?.id === id ? before : undefined),
  })
}
