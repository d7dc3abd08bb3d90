import { Button, Text } from '@mantine/core'
import { IconRotateClockwise } from '@tabler/icons-react'
import type { Delivery } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { useReplayOne } from './use-replay-one.ts'

/** Works a delivery again; while it waits for that, says so in the button's place. */
export function ReplayOne({ connectionId, delivery }: { connectionId: string; delivery: Delivery }) {
  const { t } = useTranslation('connections')
  const { mutate, isPending } = useReplayOne(connectionId)
  const { state } = delivery
  const isUnderWay = state === 'received' || (isPending && state === 'failed')
  return (
    <>
      <Button
        size="xs"
        variant={state === 'dead' ? 'filled' : 'default'}
        leftSection={<IconRotateClockwise size={14} aria-hidden="true" />}
        // Not disabled: the focus stays where it is.
        aria-disabled={isUnderWay}
        data-disabled={isUnderWay || undefined}
        onClick={() => !isUnderWay && mutate(delivery)}
      >
        {t(isUnderWay ? 'replay.working' : state === 'failed' ? 'replay.now' : 'replay.one')}
      </Button>
      {!isUnderWay && state !== 'dead' && state !== 'failed' && (
        <Text size="xs" c="dimmed">
          {t('replay.oneHelp')}
        </Text>
      )}
    </>
  )
}
