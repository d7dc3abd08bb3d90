import { Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ConnectionDetail } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { problemOf } from '../../api/answers.ts'
import { useApi } from '../../api/context.tsx'
import { useMe } from '../../api/me.ts'
import { ProblemAlert } from '../../components/problem-alert.tsx'
import { EndButtons } from '../overview/end-buttons.tsx'
import { RefreshButton } from '../overview/refresh-button.tsx'
import { StateBadge } from '../state-badge.tsx'
import { useTabTitle } from '../tab-title.ts'
import { ConnectionReport } from './connection-report.tsx'
import classes from './connections.module.css'
import { ActivityLog } from './log/activity-log.tsx'
import { connectionQuery } from './queries.ts'

const route = getRouteApi('/integrations/attio/connections/$connectionId')

/** One connected workspace: how it is, what delivers to it, and, for admins, everything that was delivered. */
export function ConnectionPage() {
  const { t } = useTranslation('connections')
  const { connectionId } = route.useParams()
  const { data: connection, error, refetch } = useQuery(connectionQuery(useApi(), connectionId))
  useTabTitle('connections', connection?.workspace.name)
  return (
    <Stack gap="md">
      <Link to="/integrations/attio/connections" className={classes.back}>
        <IconArrowLeft size={16} aria-hidden="true" />
        {t('page.back')}
      </Link>
      {error && isNowhere(error) ? (
        <Missing />
      ) : connection ? (
        <Present key={connectionId} connection={connection} />
      ) : error ? (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton height={246} />
      )}
    </Stack>
  )
}

function Present({ connection }: { connection: ConnectionDetail }) {
  const { t } = useTranslation('connections')
  const { isAdmin } = useMe()
  const search = route.useSearch()
  const isLive = connection.state !== 'disconnected'
  return (
    <>
      <section className={classes.card} aria-labelledby="connection">
        <Group justify="space-between" gap="sm">
          <Group gap="sm">
            <Title order={2} size="h4" id="connection">
              {connection.workspace.name}
            </Title>
            <StateBadge state={connection.state} />
          </Group>
          {isAdmin && (
            <Group gap="xs">
              {isLive && <RefreshButton connection={connection} size="xs" />}
              <EndButtons connection={connection} />
            </Group>
          )}
        </Group>
        <ConnectionReport connection={connection} />
      </section>
      {!isLive && <Text size="sm">{t('page.ended')}</Text>}
      {isAdmin ? (
        <ActivityLog connection={connection} search={search} />
      ) : (
        <Text size="sm" c="dimmed">
          {t('log.adminsOnly')}
        </Text>
      )}
    </>
  )
}

/** An id of nobody's, somebody else's, or none at all. */
const isNowhere = (error: Error) => [400, 404].includes(problemOf(error)?.status ?? 0)

function Missing() {
  const { t } = useTranslation('connections')
  return (
    <div className={classes.empty}>
      <Title order={2} size="h5">
        {t('page.missing.title')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('page.missing.detail')}
      </Text>
    </div>
  )
}
