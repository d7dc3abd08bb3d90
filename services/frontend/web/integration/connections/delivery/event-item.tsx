import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { LoggedEvent } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../api/me.ts'
import { exactTime } from '../../../components/relative-time.tsx'
import { EventStateBadge } from '../log/delivery-state.tsx'
import { useTypeName } from '../log/event-types.ts'
import { useReasonText } from '../log/reason-text.ts'
import classes from './delivery.module.css'

/** One event: the line it became part of, what hides that, or why there is none. */
export function EventItem({ event, receivedAt }: { event: LoggedEvent; receivedAt: string }) {
  const { t } = useTranslation('connections')
  const typeName = useTypeName()
  const text = useReasonText({ inFull: true })
  return (
    <li className={classes.event}>
      <div className={classes.eventHead}>
        <span>{typeName(event.type)}</span>
        <EventStateBadge state={event.state} />
      </div>
      {event.happened_at !== receivedAt && (
        <Text size="xs" c="dimmed">
          {t('delivery.happened', { time: exactTime(event.happened_at) })}
        </Text>
      )}
      {event.reason && <Text size="sm">{text(event.reason)}</Text>}
      {event.activity_id && <Line id={event.activity_id} title={event.activity_title} hiddenBy={event.hidden_by} />}
    </li>
  )
}

function Line({ id, title, hiddenBy }: { id: string; title: string | null; hiddenBy: LoggedEvent['hidden_by'] }) {
  const { t } = useTranslation('connections')
  return (
    <>
      <Text size="sm">
        {t('delivery.became')}{' '}
        {hiddenBy === null ? (
          <Link to="/activities/$activityId" params={{ activityId: id }}>
            {title ?? id}
          </Link>
        ) : (
          <strong>{title ?? id}</strong>
        )}
      </Text>
      {hiddenBy && (
        <Text size="sm">
          {t(`hiddenBy.${hiddenBy}`)} <Cure hiddenBy={hiddenBy} />
        </Text>
      )}
    </>
  )
}

/** Where what hides a line is changed. */
function Cure({ hiddenBy }: { hiddenBy: NonNullable<LoggedEvent['hidden_by']> }) {
  const { t } = useTranslation('connections')
  const { isAdmin } = useMe()
  if (!isAdmin) return null
  switch (hiddenBy) {
    case 'member_unmapped':
      return (
        <Link to="/integrations/attio/users" search={{ state: 'unmapped' }}>
          {t('cure.member_unmapped')}
        </Link>
      )
    case 'member_excluded':
      return (
        <Link to="/integrations/attio/users" search={{ state: 'excluded' }}>
          {t('cure.member_excluded')}
        </Link>
      )
    case 'feature_off':
    case 'private_list':
      return <Link to="/integrations/attio/features">{t(`cure.${hiddenBy}`)}</Link>
  }
}
