import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Feature, Features } from '@worksights/api-client'
import { dataOf } from '../../api/answers.ts'
import { useApi } from '../../api/context.tsx'
import { keys } from '../../api/keys.ts'
import { tellDone, tellFailed } from '../../components/notify.ts'
import { i18n } from '../../strings/i18n.ts'

export function useFeatures() {
  const api = useApi()
  return useQuery({ queryKey: keys.features, queryFn: ({ signal }) => dataOf(api.GET('/v1/integrations/attio/features', { signal })) })
}

/** Switches an area: at once, and back where the API refuses. */
export function useSwitchFeature() {
  const api = useApi()
  const queries = useQueryClient()
  const put = (feature: Feature) =>
    queries.setQueryData<Features>(
      keys.features,
      kept => kept && { ...kept, data: kept.data.map(each => (each.area === feature.area ? feature : each)) },
    )
  return useMutation({
    mutationFn: ({ area, enabled }: Feature) =>
      dataOf(api.PATCH('/v1/integrations/attio/features/{area}', { params: { path: { area } }, body: { enabled: !enabled } })),
    async onMutate(feature) {
      await queries.cancelQueries({ queryKey: keys.features })
      put({ ...feature, enabled: !feature.enabled })
    },
    onSuccess(now) {
      put(now)
      void tellDone(i18n.t(now.enabled ? 'features:done.on' : 'features:done.off', { area: now.title }))
    },
    onError(error, feature) {
      put(feature)
      void tellFailed(error)
    },
    // The page of lines that is open has its own word of it, by the stream.
    onSettled: () => Promise.all([keys.features, keys.timeline, keys.overview].map(queryKey => queries.invalidateQueries({ queryKey }))),
  })
}
