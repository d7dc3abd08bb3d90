import { Text } from '@mantine/core'
import type { DeliveryDetail } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { exactTime, useNow } from '../../../components/relative-time.tsx'
import { useReasonText } from '../log/reason-text.ts'
import { timeAhead } from '../log/times.ts'
import { Step } from './step.tsx'

/** How working a delivery went: it waits, it failed and is tried again, it was given up, or it was done. */
export function Worked({ delivery }: { delivery: DeliveryDetail }) {
  const { t } = useTranslation('connections')
  const text = useReasonText({ inFull: true })
  const now = useNow()
  const { state, attempts, next_attempt_at: next } = delivery
  const reason = delivery.reason && <Text size="sm">{text(delivery.reason)}</Text>
  if (state === 'received') return <Step look="waiting" title={t('delivery.worked.waiting')} />
  if (state === 'failed') {
    return (
      <Step look="later" title={t('delivery.worked.again', { count: attempts })}>
        {reason}
        {next && (
          <Text size="sm" c="dimmed">
            {t('delivery.next', { time: timeAhead(next, now) })} ({exactTime(next)})
          </Text>
        )}
      </Step>
    )
  }
  if (state === 'dead') {
    // When it was read, or later, when one of its events was to become a line.
    const isLater = delivery.events.some(event => event.state === 'dead')
    const title = isLater ? t('delivery.worked.deadEvent') : t('delivery.worked.dead', { count: attempts })
    return (
      <Step look="failed" title={title}>
        {reason}
        <Text size="sm" c="dimmed">
          {t('delivery.deadHelp')}
        </Text>
      </Step>
    )
  }
  return (
    <Step look="done" title={t('delivery.worked.done', { count: attempts })}>
      {reason}
    </Step>
  )
}
