import { Badge } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconPlugConnectedX } from '@tabler/icons-react'
import type { Connection } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'

type ConnectionState = Connection['state']

const looks = {
  connected: { color: 'teal', Icon: IconCircleCheck },
  degraded: { color: 'yellow', Icon: IconAlertTriangle },
  needs_attention: { color: 'red', Icon: IconCircleX },
  disconnected: { color: 'gray', Icon: IconPlugConnectedX },
} as const

/** How a connection is, in a word, a shape and a colour. */
export function StateBadge({ state }: { state: ConnectionState }) {
  const { t } = useTranslation('integration')
  const { color, Icon } = looks[state]
  return (
    <Badge variant="light" color={color} tt="none" size="lg" leftSection={<Icon size={14} stroke={2} aria-hidden="true" />}>
      {t(`state.${state}`)}
    </Badge>
  )
}
