import { Code, Stack, Text } from '@mantine/core'
import type { DeliveryDetail } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { exactTime } from '../../../components/relative-time.tsx'
import { locale } from '../../../strings/i18n.ts'
import { DeliveryStateBadge } from '../log/delivery-state.tsx'
import { isOver } from '../log/reading.ts'
import { ReplayOne } from '../replay/replay-one.tsx'
import classes from './delivery.module.css'
import { DeliveryEvents } from './delivery-events.tsx'
import { durationText } from './duration.ts'
import { RawBody } from './raw-body.tsx'
import { Step } from './step.tsx'
import { Worked } from './worked.tsx'

type Props = { connectionId: string; delivery: DeliveryDetail; canReplay: boolean }

/** A delivery from its receipt to the lines it became, as it happened; and what it was made of. */
export function DeliveryLife({ connectionId, delivery, canReplay }: Props) {
  const { t } = useTranslation('connections')
  const { received_at: received, finished_at: finished } = delivery
  return (
    <Stack gap="lg">
      <div className={classes.head}>
        <DeliveryStateBadge state={delivery.state} />
        {canReplay && <ReplayOne connectionId={connectionId} delivery={delivery} />}
      </div>
      <section aria-label={t('delivery.life')}>
        <ol className={classes.life}>
          <Step look="done" title={t('delivery.received')}>
            <Text size="sm">{exactTime(received)}</Text>
            <dl className={classes.facts}>
              <dt>{t('delivery.webhook')}</dt>
              <dd>{delivery.webhook ? t(`webhooks.${delivery.webhook}`) : t('delivery.webhookGone')}</dd>
              <dt>{t('delivery.key')}</dt>
              <dd>{delivery.idempotency_key ? <Code className={classes.code}>{delivery.idempotency_key}</Code> : t('delivery.noKey')}</dd>
              <dt>{t('delivery.sentAgain')}</dt>
              <dd>{delivery.repeats > 0 ? t('delivery.repeats', { count: delivery.repeats }) : t('delivery.repeatsNone')}</dd>
            </dl>
          </Step>
          <Worked delivery={delivery} />
          <DeliveryEvents key={delivery.events.length} delivery={delivery} />
          {isOver(delivery) && finished && (
            <Step look={delivery.state === 'dead' ? 'failed' : 'done'} title={t('delivery.finished')}>
              <Text size="sm">{exactTime(finished)}</Text>
              <Text size="sm" c="dimmed">
                {t('delivery.took', { duration: durationText(received, finished, locale) })}
              </Text>
            </Step>
          )}
        </ol>
      </section>
      <RawBody body={delivery.body} />
    </Stack>
  )
}
