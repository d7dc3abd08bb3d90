import { Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/context.tsx'
import { useMe } from '../../api/me.ts'
import { ProblemAlert } from '../../components/problem-alert.tsx'
import { useTabTitle } from '../tab-title.ts'
import { ConnectionCard } from './connection-card.tsx'
import classes from './connections.module.css'
import { connectionsQuery } from './queries.ts'

/** Every workspace that is, or was, connected: how it is, and the way to its activity log. */
export function ConnectionsTab() {
  const { t } = useTranslation('connections')
  useTabTitle('connections')
  const { data, error, refetch, isPending } = useQuery(connectionsQuery(useApi()))
  return (
    <Stack gap="md">
      <Title order={2} size="h4">
        {t('list.title')}
      </Title>
      {isPending && <Skeleton height={248} />}
      {error && !data && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data?.data.length === 0 && <NoneYet />}
      {data?.data.map(connection => (
        <ConnectionCard key={connection.id} connection={connection} />
      ))}
      {data && data.data.length > 0 && (
        <Text size="sm" c="dimmed" maw={720}>
          {t('list.notLogged')}
        </Text>
      )}
    </Stack>
  )
}

function NoneYet() {
  const { t } = useTranslation('connections')
  const { isAdmin } = useMe()
  return (
    <div className={classes.empty}>
      <Text fw={600}>{t('list.none')}</Text>
      <Text size="sm" c="dimmed">
        {t(isAdmin ? 'list.noneAdmin' : 'list.noneMember')}
      </Text>
      {isAdmin && <Link to="/integrations/attio">{t('list.toOverview')}</Link>}
    </div>
  )
}
