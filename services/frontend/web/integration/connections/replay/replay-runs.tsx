import { Button, Stack, Text } from '@mantine/core'
import type { ConnectionDetail } from '@worksights/api-client'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { RunPanel } from '../../overview/run-panel.tsx'
import { type ShownRun, useShownRuns } from '../../overview/shown-runs.ts'
import { isOver } from '../../runs/run-view.ts'
import { useRun } from '../../runs/use-run.ts'
import { useDead } from '../log/use-dead.ts'

type Props = {
  connection: ConnectionDetail
  /** Told each time a replay got further: what was replayed is another by then. */
  onProgress: () => void
  onShowDead: () => void
}

/** The replays of a connection that are going on or were not dismissed yet, whoever began them. */
export function ReplayRuns({ connection, ...given }: Props) {
  const { runs, show } = useShownRuns()
  useEffect(() => {
    for (const run of connection.runs) show(connection, run)
  }, [connection, show])
  const shown = runs.filter(({ connectionId }) => connectionId === connection.id)
  if (shown.length === 0) return null
  return (
    <Stack gap="sm">
      {shown.map(run => (
        <ShownReplay key={run.id} shown={run} connection={connection} {...given} />
      ))}
    </Stack>
  )
}

function ShownReplay({ shown, connection, onProgress, onShowDead }: Props & { shown: ShownRun }) {
  const { t } = useTranslation('connections')
  const { run } = useRun(shown.id)
  const dead = useDead(connection.id)
  const reached = shown.kind === 'replay' && run && `${run.state} ${run.done}`
  const tell = useEffectEvent(onProgress)
  useEffect(() => {
    if (reached) tell()
  }, [reached])
  return (
    <div>
      <RunPanel shown={shown} connection={connection} />
      {run?.kind === 'replay' && isOver(run) && (
        <Text size="sm" mt={6} c="dimmed">
          {t('replay.over')}{' '}
          {dead && dead.count > 0 && (
            <Button variant="transparent" size="compact-sm" px={0} onClick={onShowDead}>
              {t('replay.stillDead')}
            </Button>
          )}
        </Text>
      )}
    </div>
  )
}
