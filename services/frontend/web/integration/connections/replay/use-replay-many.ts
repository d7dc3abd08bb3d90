import { useMutation } from '@tanstack/react-query'
import type { Connection } from '@worksights/api-client'
import { dataOf } from '../../../api/answers.ts'
import { useApi } from '../../../api/context.tsx'
import { useShownRuns } from '../../overview/shown-runs.ts'
import type { ReplayRange } from './replay-range.ts'

/** Asks for a replay, and shows it as it goes on. Asked for again meanwhile, the API answers with the same one. */
export function useReplayMany(connection: Connection) {
  const api = useApi()
  const { show } = useShownRuns()
  return useMutation({
    mutationFn: ({ states, from, to }: ReplayRange) =>
      dataOf(
        api.POST('/v1/integrations/attio/connections/{id}/deliveries/replay', {
          params: { path: { id: connection.id } },
          body: { states, ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
        }),
      ),
    onSuccess: run => show(connection, run),
  })
}
