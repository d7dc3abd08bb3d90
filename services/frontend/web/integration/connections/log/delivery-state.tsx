import { Badge } from '@mantine/core'
import type { Delivery, LoggedEvent } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'

export const stateColors = {
  received: 'indigo',
  processed: 'teal',
  filtered: 'gray',
  ignored: 'gray',
  failed: 'orange',
  dead: 'red',
} as const satisfies Record<Delivery['state'], string>

const eventColors = {
  pending: 'indigo',
  projected: 'teal',
  duplicate: 'gray',
  filtered: 'gray',
  ignored: 'gray',
  dead: 'red',
} as const satisfies Record<LoggedEvent['state'], string>

export function DeliveryStateBadge({ state }: { state: Delivery['state'] }) {
  const { t } = useTranslation('connections')
  return (
    <Badge variant="light" color={stateColors[state]} tt="none">
      {t(`state.${state}`)}
    </Badge>
  )
}

export function EventStateBadge({ state }: { state: LoggedEvent['state'] }) {
  const { t } = useTranslation('connections')
  return (
    <Badge variant="light" color={eventColors[state]} tt="none" size="sm">
      {t(`eventState.${state}`)}
    </Badge>
  )
}
