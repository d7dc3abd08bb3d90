import { Button } from '@mantine/core'
import type { Connection } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { useConnect } from './use-connect.ts'

/** Leaves for Attio's consent page to renew what a connection may do, or to connect again what was disconnected. */
export function ReauthorizeButton({
  connection,
  size = 'xs',
  variant = 'default',
}: {
  connection: Connection
  size?: 'xs' | 'sm'
  variant?: 'default' | 'filled'
}) {
  const { t } = useTranslation('overview')
  const { connect, isLeaving } = useConnect()
  const label = connection.state === 'disconnected' ? 'connectAgain' : 'reauthorize'
  return (
    <Button size={size} variant={variant} onClick={connect} loading={isLeaving}>
      {t(label, { workspace: connection.workspace.name })}
    </Button>
  )
}
