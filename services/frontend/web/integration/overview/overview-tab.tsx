import { Button, Group, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Overview } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/context.tsx'
import { useMe } from '../../api/me.ts'
import { Help } from '../../components/help.tsx'
import { PageSkeleton } from '../../components/page-skeleton.tsx'
import { ProblemAlert } from '../../components/problem-alert.tsx'
import { useTabTitle } from '../tab-title.ts'
import { ConcernAlert } from './concern-alert.tsx'
import { generalConcerns } from './concerns.ts'
import { ConnectPage } from './connect-page.tsx'
import { ConnectionSection } from './connection-section.tsx'
import { FirstEvent } from './first-event.tsx'
import { focusContent } from './focus-content.ts'
import { overviewQuery } from './queries.ts'
import { ReturnFailed } from './return-failed.tsx'
import { useReturned } from './returned.ts'
import { RunPanel } from './run-panel.tsx'
import { useShownRuns } from './shown-runs.ts'
import { useConnect } from './use-connect.ts'

/** How every connection is, why, and what to do; before there is one, what connecting means. */
export function OverviewTab() {
  const overview = useQuery(overviewQuery(useApi()))
  useTabTitle('overview')
  if (overview.isPending) return <PageSkeleton />
  return (
    <Stack gap="lg">
      {overview.isError && <ProblemAlert error={overview.error} onRetry={() => void overview.refetch()} />}
      {overview.data && <Contents overview={overview.data} />}
    </Stack>
  )
}

function Contents({ overview }: { overview: Overview }) {
  const { t } = useTranslation('overview')
  const { isAdmin } = useMe()
  const [returned, forget] = useReturned()
  const { runs } = useShownRuns()
  const { connect, isLeaving } = useConnect()
  const dismiss = () => {
    forget()
    focusContent()
  }
  // Those that have ended need the least attention.
  const connections = overview.connections.toSorted((a, b) => Number(a.state === 'disconnected') - Number(b.state === 'disconnected'))
  const back = returned?.outcome === 'connected' ? connections.find(({ id }) => id === returned.connectionId) : undefined
  const erased = runs.filter(run => !connections.some(({ id }) => id === run.connectionId))
  return (
    <>
      {returned?.outcome === 'failed' && (
        <ReturnFailed code={returned.code} help={overview.help} onDismiss={dismiss} onAgain={isAdmin ? connect : undefined} />
      )}
      {back && <FirstEvent key={back.id} connection={back} onDismiss={dismiss} />}
      {erased.map(run => (
        <RunPanel key={run.id} shown={run} />
      ))}
      {generalConcerns(overview.warnings).map(concern => (
        <ConcernAlert key={concern.code} concern={concern} />
      ))}
      {connections.length === 0 ? (
        <ConnectPage help={overview.help} />
      ) : (
        <>
          {connections.map(connection => (
            <ConnectionSection key={connection.id} connection={connection} warnings={overview.warnings} />
          ))}
          <Group justify="space-between" gap="md">
            <Help help={overview.help} />
            {isAdmin && (
              <Button variant="default" leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={connect} loading={isLeaving}>
                {t('connectAnother')}
              </Button>
            )}
          </Group>
        </>
      )}
    </>
  )
}
