import { Button, Text } from '@mantine/core'
import type { DeliveryDetail, LoggedEvent } from '@worksights/api-client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './delivery.module.css'
import { EventItem } from './event-item.tsx'
import { Step } from './step.tsx'

const shownAtFirst = 10

/** The events of a delivery, each with what became of it. */
export function DeliveryEvents({ delivery: { events, state, received_at } }: { delivery: DeliveryDetail }) {
  const { t } = useTranslation('connections')
  const [all, setAll] = useState(events.length <= shownAtFirst)
  if (events.length === 0) {
    if (state === 'dead') return null
    const isAhead = state === 'received' || state === 'failed'
    return (
      <Step look={isAhead ? 'waiting' : 'none'} title={t('delivery.events')}>
        <Text size="sm" c="dimmed">
          {t(isAhead ? 'delivery.notYet' : 'delivery.noEvents')}
        </Text>
      </Step>
    )
  }
  return (
    <Step look={lookOf(events)} title={t('delivery.eventsCount', { count: events.length })}>
      <ul className={classes.events}>
        {(all ? events : events.slice(0, shownAtFirst)).map(event => (
          <EventItem key={event.id} event={event} receivedAt={received_at} />
        ))}
      </ul>
      {!all && (
        <Button size="xs" variant="default" mt="xs" onClick={() => setAll(true)}>
          {t('delivery.allEvents', { count: events.length })}
        </Button>
      )}
    </Step>
  )
}

function lookOf(events: LoggedEvent[]): 'done' | 'none' | 'waiting' | 'failed' {
  const states = new Set(events.map(event => event.state))
  if (states.has('dead')) return 'failed'
  if (states.has('pending')) return 'waiting'
  return states.has('projected') ? 'done' : 'none'
}
