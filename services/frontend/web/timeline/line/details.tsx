import { Skeleton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Activity, TimelineEvent } from '@worksights/api-client'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/me.ts'
import { ProblemAlert } from '../../components/problem-alert.tsx'
import { exactTime } from '../../components/relative-time.tsx'
import { locale } from '../../strings/i18n.ts'
import { useActivity } from '../use-activity.ts'
import classes from './details.module.css'
import { partsOf } from './line.tsx'
import { Name } from './names.tsx'
import { Values } from './values.tsx'
import { apart, type Change, detailOf } from './wording.ts'

/** What an opened line shows below itself: each change step by step, and the events it is made of, which are read unless they are given. */
export default function Details({ line, events }: { line: Activity; events?: TimelineEvent[] }) {
  const { t } = useTranslation('timeline')
  const text = detailOf(line)
  return (
    <div id={partsOf(line.id).more} className={classes.details}>
      {line.changes.length > 0 && (
        <Part title={t('more.changes')}>
          <dl className={classes.changes}>
            {line.changes.map(change => (
              <div key={change.attribute_id ?? change.title} className={classes.change}>
                <dt>{change.title}</dt>
                <dd>
                  <Steps change={change} />
                </dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
      {line.category === 'task' && text && (
        <Part title={t('more.text')}>
          <p className={classes.text}>{text}</p>
        </Part>
      )}
      <dl className={classes.facts}>
        {line.related.length > 0 && (
          <Fact name={t('more.related')}>
            {line.related.map(({ id, name, name_state }, index) => (
              <span key={id}>
                {index > 0 && ', '}
                <Name name={name} state={name_state} />
              </span>
            ))}
          </Fact>
        )}
        {line.participants.length > 0 && (
          <Fact name={t('more.people')}>
            {line.participants.map(({ name }) => (name === null ? t('somebody') : apart(name))).join(', ')}
          </Fact>
        )}
        <Fact name={t('more.workspace')}>{line.connection.workspace_name}</Fact>
      </dl>
      <Part title={t('more.events')}>
        {events ? <EventRows events={events} connection={line.connection.id} /> : <Events line={line} />}
      </Part>
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <p className={classes.title}>{title}</p>
      {children}
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** What an attribute went through, one step a row. */
function Steps({ change }: { change: Change }) {
  const { t } = useTranslation('timeline')
  return (
    <ol className={classes.steps}>
      {change.steps.map(({ at, event_id, from, to }) => (
        <li key={event_id} className={classes.step}>
          {from === undefined || to === undefined ? (
            <span className={classes.unknown}>{t('more.unknown')}</span>
          ) : (
            <Values values={[from, to]} most={2} />
          )}
          <Time iso={at} />
        </li>
      ))}
    </ol>
  )
}

/** `15:50:22`, and the day too where it is read closely. */
function Time({ iso }: { iso: string }) {
  return (
    <time dateTime={iso} title={exactTime(iso)} className={classes.time}>
      {new Date(iso).toLocaleTimeString(locale)}
    </time>
  )
}

function Events({ line }: { line: Activity }) {
  const activity = useActivity(line.id, line.updated_at)
  if (activity.isError) return <ProblemAlert error={activity.error} onRetry={() => void activity.refetch()} />
  if (!activity.data) return <Skeleton height={line.event_count * 28} />
  return <EventRows events={activity.data.events} connection={line.connection.id} />
}

function EventRows({ events, connection }: { events: readonly TimelineEvent[]; connection: string }) {
  const { t } = useTranslation('timeline')
  const { isAdmin } = useMe()
  return (
    <ul className={classes.events}>
      {events.map(event => {
        const type = event.attribute?.title ? t('more.attribute', { type: event.type, attribute: event.attribute.title }) : event.type
        return (
          <li key={event.id} className={classes.event}>
            <span className={classes.type}>{type}</span>
            <span className={classes.eventState} data-state={event.state}>
              {t(`more.states.${event.state}`)}
              {event.reason && ` (${event.reason})`}
            </span>
            <span className={classes.times}>
              <span>
                {t('more.happened')} <Time iso={event.happened_at} />
              </span>
              <span>
                {t('more.received')} <Time iso={event.received_at} />
              </span>
            </span>
            {isAdmin && (
              <Link
                to="/integrations/attio/connections/$connectionId"
                params={{ connectionId: connection }}
                search={{ delivery: event.delivery_id }}
                preload={false}
                className={classes.delivery}
                aria-label={t('more.deliveryOf', { type, time: exactTime(event.received_at) })}
              >
                {t('more.delivery')}
              </Link>
            )}
          </li>
        )
      })}
    </ul>
  )
}
