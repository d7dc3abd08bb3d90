import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Connection, ConnectionDetail } from '@worksights/api-client'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/context.tsx'
import { RelativeTime, relativeTime, useNow } from '../../components/relative-time.tsx'
import { locale } from '../../strings/i18n.ts'
import classes from './connections.module.css'
import { connectionQuery } from './queries.ts'

type Count = ConnectionDetail['events_24h']

/** When something last came of a connection, and what waits to be worked. */
export function ConnectionFacts({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections')
  const { data: detail, isError } = useQuery(connectionQuery(useApi(), connection.id))
  const number = useCount()
  const late = isError && !detail ? '–' : <Skeleton height={20} width={64} />
  return (
    <dl className={classes.facts}>
      <Fact name={t('facts.lastEvent')}>
        <RelativeTime iso={connection.last_event_at} />
      </Fact>
      <Fact name={t('facts.lastActivity')}>
        <RelativeTime iso={connection.last_activity_at} />
      </Fact>
      <Fact name={t('facts.day')}>{detail ? number(detail.events_24h) : late}</Fact>
      <Fact name={t('facts.waiting')}>{detail ? <Backlog backlog={detail.backlog} /> : late}</Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Backlog({ backlog: { deliveries, events, oldest_due_at: oldest } }: { backlog: ConnectionDetail['backlog'] }) {
  const { t } = useTranslation('connections')
  const number = useCount()
  const now = useNow()
  const parts: (string | false)[] = [
    deliveries.count > 0 && t('facts.deliveries', { count: deliveries.count, number: number(deliveries) }),
    events.count > 0 && t('facts.events', { count: events.count, number: number(events) }),
  ]
  if (!parts.some(Boolean)) return t('facts.nothing')
  const isLate = oldest !== null && new Date(oldest).getTime() < now
  if (isLate) parts.push(t('facts.since', { time: relativeTime(oldest, now) }))
  return parts.filter(Boolean).join(', ')
}

function useCount(): (count: Count) => string {
  const { t } = useTranslation('connections')
  const format = new Intl.NumberFormat(locale)
  return ({ count, is_exact }) => (is_exact ? format.format(count) : t('facts.atLeast', { number: format.format(count) }))
}
