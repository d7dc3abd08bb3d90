import { Group, Title } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Connection } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/me.ts'
import { StateBadge } from '../state-badge.tsx'
import { ConnectionReport } from './connection-report.tsx'
import classes from './connections.module.css'

/** One connected workspace among all. */
export function ConnectionCard({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections')
  const { isAdmin } = useMe()
  const { name } = connection.workspace
  return (
    <section className={classes.card} aria-label={name}>
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <Title order={3} size="h5">
            {name}
          </Title>
          <StateBadge state={connection.state} />
        </Group>
        <Link
          to="/integrations/attio/connections/$connectionId"
          params={{ connectionId: connection.id }}
          className={classes.open}
          aria-label={t(isAdmin ? 'list.openOf' : 'list.detailsOf', { name })}
        >
          {t(isAdmin ? 'list.open' : 'list.details')}
          <IconChevronRight size={16} aria-hidden="true" />
        </Link>
      </Group>
      <ConnectionReport connection={connection} />
    </section>
  )
}
