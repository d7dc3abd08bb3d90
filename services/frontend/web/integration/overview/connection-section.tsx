import { Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Connection, Warning } from '@worksights/api-client'
import { useEffect, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/context.tsx'
import { useMe } from '../../api/me.ts'
import { ProblemAlert } from '../../components/problem-alert.tsx'
import { connectionQuery } from '../connections/queries.ts'
import { RunProgress } from '../runs/run-progress.tsx'
import { useRun } from '../runs/use-run.ts'
import { StateBadge } from '../state-badge.tsx'
import { ConcernAlert } from './concern-alert.tsx'
import { concernsOf } from './concerns.ts'
import { ConnectionActions } from './connection-actions.tsx'
import { ConnectionDetails } from './connection-details.tsx'
import classes from './connection-section.module.css'
import { EndButtons } from './end-buttons.tsx'
import { RunPanel } from './run-panel.tsx'
import { useShownRuns } from './shown-runs.ts'

/** One workspace: how it is and why, what is going on, and everything there is to know of it. */
export function ConnectionSection({ connection, warnings }: { connection: Connection; warnings: readonly Warning[] }) {
  const { t } = useTranslation('overview')
  const { isAdmin } = useMe()
  const heading = useId()
  const { runs, show } = useShownRuns()
  const erasure = runs.find(({ kind, connectionId }) => kind === 'erase' && connectionId === connection.id)
  const erased = useRun(erasure?.id ?? null).run
  // From one moment to the next what is being erased is not there to be asked for, and what was erased goes from this page with the next reading of all.
  const isErasing = erasure !== undefined && erased?.state !== 'failed'
  const detail = useQuery({ ...connectionQuery(useApi(), connection.id), enabled: !isErasing })
  const underWay = detail.data?.runs
  useEffect(() => {
    // What somebody else began, or this browser before it was reloaded.
    if (isAdmin) for (const run of underWay ?? []) show(connection, run)
  }, [underWay, connection, show, isAdmin])
  const concerns = concernsOf(connection, warnings)
  const isEnding = isErasing || (underWay?.some(({ kind }) => kind === 'disconnect' || kind === 'erase') ?? false)
  return (
    <section aria-labelledby={heading} className={classes.section}>
      <header className={classes.header}>
        <Group gap="sm">
          <Title order={2} size="h3" id={heading}>
            {connection.workspace.name}
          </Title>
          <StateBadge state={connection.state} />
        </Group>
        {isAdmin && !isEnding && <ConnectionActions connection={connection} concerns={concerns} />}
      </header>
      <Stack gap="md" className={classes.body}>
        {connection.state === 'disconnected' && <Text size="sm">{connection.explanation}</Text>}
        {concerns.map(concern => (
          <ConcernAlert key={concern.code} concern={concern} connection={connection} />
        ))}
        {/* Following a run is for admins; members see what goes on as it was read with the connection. */}
        {isAdmin
          ? runs.filter(run => run.connectionId === connection.id).map(run => <RunPanel key={run.id} shown={run} connection={connection} />)
          : underWay?.map(run => <RunProgress key={run.id} run={run} workspace={connection.workspace.name} />)}
        {isErasing ? null : detail.data ? (
          <ConnectionDetails connection={connection} detail={detail.data} />
        ) : detail.isError ? (
          <ProblemAlert error={detail.error} onRetry={() => void detail.refetch()} />
        ) : (
          <Skeleton height={connection.state === 'disconnected' ? 60 : 260} />
        )}
      </Stack>
      {isAdmin && !isEnding && detail.data && (
        <footer className={classes.footer}>
          <Text size="sm" c="dimmed">
            {t(connection.state === 'disconnected' ? 'end.ended' : 'end.about')}
          </Text>
          <EndButtons connection={connection} />
        </footer>
      )}
    </section>
  )
}
