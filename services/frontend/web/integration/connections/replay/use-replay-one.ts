import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Delivery, DeliveryDetail } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { dataOf } from '../../../api/answers.ts'
import { useApi } from '../../../api/context.tsx'
import { keys } from '../../../api/keys.ts'
import { tellDone, tellFailed } from '../../../components/notify.ts'
import { deliveryQuery } from '../delivery/delivery-query.ts'
import { isOver, type LogPages, withReadings } from '../log/reading.ts'

const lookEveryMs = 500
const patienceMs = 30_000

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** Replays one delivery: it is due again at once wherever it is shown, and what became of it is told, also where the page was left. */
export function useReplayOne(connectionId: string) {
  const { t } = useTranslation('connections')
  const api = useApi()
  const queries = useQueryClient()

  const put = (delivery: Delivery) => {
    queries.setQueryData<DeliveryDetail>(keys.delivery(connectionId, delivery.id), shown => shown && { ...shown, ...delivery })
    queries.setQueriesData<LogPages>({ queryKey: keys.deliveries(connectionId) }, log => log && withReadings(log, [delivery]))
  }
  /** Waits until nothing is owed on it any more, but not for ever; gives what it is by then. */
  const untilOver = async (id: string): Promise<Delivery> => {
    const deadline = Date.now() + patienceMs
    for (;;) {
      await pause(lookEveryMs)
      const delivery = await queries.fetchQuery(deliveryQuery(api, connectionId, id))
      put(delivery)
      if (isOver(delivery) || Date.now() > deadline) return delivery
    }
  }

  return useMutation({
    mutationFn: ({ id }: Delivery) =>
      dataOf(
        api.POST('/v1/integrations/attio/connections/{id}/deliveries/{deliveryId}/replay', {
          params: { path: { id: connectionId, deliveryId: id } },
        }),
      ),
    async onMutate(before) {
      // What is on its way was read before.
      await queries.cancelQueries({ queryKey: keys.log(connectionId) })
      if (before.state !== 'failed') put({ ...before, state: 'received', reason: null, attempts: 0, finished_at: null })
    },
    onError(error, before) {
      put(before)
      void tellFailed(error)
    },
    async onSuccess(delivery) {
      put(delivery)
      const now = await untilOver(delivery.id).catch(() => null)
      if (!now) return
      void tellDone(t(`replay.became.${now.state}`))
      void queries.invalidateQueries({ queryKey: keys.dead(connectionId) })
      void queries.invalidateQueries({ queryKey: keys.timeline })
    },
  })
}
