import { Drawer, Skeleton, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '../../../api/answers.ts'
import { useApi } from '../../../api/context.tsx'
import { ProblemAlert } from '../../../components/problem-alert.tsx'
import classes from './delivery.module.css'
import { DeliveryLife } from './delivery-life.tsx'
import { deliveryQuery } from './delivery-query.ts'

type Props = {
  connectionId: string
  /** The delivery that is open; undefined for none. */
  deliveryId: string | undefined
  canReplay: boolean
  onClose: () => void
}

/** One delivery beside the log; on a small screen in its place. */
export function DeliveryPanel({ connectionId, deliveryId, canReplay, onClose }: Props) {
  const { t } = useTranslation('connections')
  const isSmall = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  // What was open last stays while the panel goes away.
  const [last, setLast] = useState(deliveryId)
  if (deliveryId !== undefined && deliveryId !== last) setLast(deliveryId)
  return (
    <Drawer
      opened={deliveryId !== undefined}
      onClose={onClose}
      position="right"
      size={isSmall ? '100%' : 600}
      title={t('delivery.title')}
      classNames={{ title: classes.panelTitle }}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'shared' }) }}
      transitionProps={{ duration: 120 }}
      overlayProps={{ backgroundOpacity: 0.25 }}
    >
      {last !== undefined && <Content key={last} {...{ connectionId, canReplay }} id={last} />}
    </Drawer>
  )
}

function Content({ connectionId, id, canReplay }: { connectionId: string; id: string; canReplay: boolean }) {
  const { t } = useTranslation('connections')
  const { data, error, refetch } = useQuery(deliveryQuery(useApi(), connectionId, id))
  if (data) return <DeliveryLife connectionId={connectionId} delivery={data} canReplay={canReplay} />
  if (!error) return <PanelSkeleton />
  if (![400, 404].includes(problemOf(error)?.status ?? 0)) return <ProblemAlert error={error} onRetry={() => void refetch()} />
  return (
    <Stack gap={4} align="center" py="xl" ta="center" role="alert">
      <Text fw={600}>{t('delivery.missing.title')}</Text>
      <Text size="sm" c="dimmed">
        {t('delivery.missing.detail')}
      </Text>
    </Stack>
  )
}

function PanelSkeleton() {
  const { t } = useTranslation()
  return (
    <Stack gap="md" role="status" aria-label={t('loading')}>
      <Skeleton height={28} width={180} />
      <Skeleton height={110} />
      <Skeleton height={48} />
      <Skeleton height={110} />
    </Stack>
  )
}
