import { Button } from '@mantine/core'
import { IconRotateClockwise } from '@tabler/icons-react'
import type { Connection } from '@worksights/api-client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellFailed } from '../../../components/notify.ts'
import type { LogFilters } from '../log/filters.ts'
import { useDead } from '../log/use-dead.ts'
import { ReplayDialog } from './replay-dialog.tsx'
import { useReplayMany } from './use-replay-many.ts'

type Props = {
  connection: Connection
  filters: LogFilters
  /** Told when the dead are being replayed: the button for it goes away with the last of them. */
  onBegun: () => void
}

/** Replaying many: all that are dead at once, or those of a range. */
export function ReplayTools({ connection, filters, onBegun }: Props) {
  const { t } = useTranslation('connections')
  const [choosing, setChoosing] = useState(false)
  const dead = useDead(connection.id)
  const { mutate, isPending } = useReplayMany(connection)
  const replayDead = () =>
    !isPending && mutate({ states: ['dead'], from: undefined, to: undefined }, { onSuccess: onBegun, onError: tellFailed })
  return (
    <>
      {dead && dead.count > 0 && (
        <Button size="xs" leftSection={<IconRotateClockwise size={14} aria-hidden="true" />} onClick={replayDead}>
          {dead.isExact ? t('replay.dead', { count: dead.count }) : t('replay.deadMany')}
        </Button>
      )}
      <Button size="xs" variant="default" aria-haspopup="dialog" onClick={() => setChoosing(true)}>
        {t('replay.range')}
      </Button>
      <ReplayDialog connection={connection} filters={filters} opened={choosing} onClose={() => setChoosing(false)} />
    </>
  )
}
