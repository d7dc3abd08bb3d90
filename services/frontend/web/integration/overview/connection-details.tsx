import { Text, Title } from '@mantine/core'
import type { Connection, ConnectionDetail } from '@worksights/api-client'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { RelativeTime } from '../../components/relative-time.tsx'
import { ConnectionFacts } from '../connections/connection-facts.tsx'
import { Webhooks } from '../connections/webhooks.tsx'
import classes from './connection-details.module.css'
import { Gaps } from './gaps.tsx'
import { History } from './history.tsx'
import { Permissions } from './permissions.tsx'

/** What there is to know of a connection beyond its state; of one that has ended only what is still true. */
export function ConnectionDetails({ connection, detail }: { connection: Connection; detail: ConnectionDetail }) {
  const { t } = useTranslation('overview')
  const isEnded = connection.state === 'disconnected'
  return (
    <div className={classes.details}>
      {!isEnded && <ConnectionFacts connection={connection} />}
      <dl className={classes.list} data-alone={isEnded || undefined}>
        {!isEnded && (
          <Row name={t('authorizedBy')}>
            <AuthorizedBy by={detail.authorized_by} />
          </Row>
        )}
        <Row name={t(`since.${connection.state}`)}>
          <RelativeTime iso={connection.state_since} />
        </Row>
        {isEnded ? (
          <Row name={t('lastActivity')}>
            <RelativeTime iso={connection.last_activity_at} />
          </Row>
        ) : (
          <Row name={t('checked')}>
            <RelativeTime iso={connection.checked_at} />
          </Row>
        )}
      </dl>
      {!isEnded && (
        <>
          <Part title={t('permissions.title')}>
            <Permissions permissions={detail.permissions} />
          </Part>
          <div>
            <Webhooks connection={connection} />
          </div>
        </>
      )}
      {detail.gaps.length > 0 && (
        <Part title={t('gaps.title')}>
          <Gaps gaps={detail.gaps} />
        </Part>
      )}
      {detail.history.length > 0 && <History history={detail.history} />}
    </div>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Title order={3} size="h6" mb={4}>
        {title}
      </Title>
      {children}
    </div>
  )
}

/** The Attio member whose token it is, and the person who connected it here where that is somebody else. */
function AuthorizedBy({ by: { member, user } }: { by: ConnectionDetail['authorized_by'] }) {
  const { t } = useTranslation('overview')
  if (!member && !user) return t('nobody')
  const name = member?.name ?? user?.name ?? t('unnamed')
  const connectedBy = user?.name && user.name !== name ? t('connectedBy', { name: user.name }) : null
  return (
    <>
      {name}
      {member?.access_level === 'suspended' && (
        <Text span size="sm" c="var(--mantine-color-error)">
          {` · ${t('suspended')}`}
        </Text>
      )}
      {connectedBy && (
        <Text span size="sm" c="dimmed">
          {` · ${connectedBy}`}
        </Text>
      )}
    </>
  )
}
