import { Alert, Button, Text } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Connection } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/me.ts'
import classes from './concern-alert.module.css'
import type { Concern } from './concerns.ts'
import { ReauthorizeButton } from './reauthorize-button.tsx'
import { RefreshButton } from './refresh-button.tsx'

/** What is wrong, why, and the button that mends it; for members without the button. */
export function ConcernAlert({ concern, connection }: { concern: Concern; connection?: Connection }) {
  const { t } = useTranslation('overview')
  const { isAdmin } = useMe()
  const isTrouble = concern.level === 'trouble'
  const Icon = isTrouble ? IconAlertCircle : IconAlertTriangle
  const action = isAdmin ? concern.action : null
  return (
    <Alert
      role={isTrouble ? 'alert' : 'status'}
      variant="light"
      color={isTrouble ? 'red' : 'yellow'}
      icon={<Icon aria-hidden="true" />}
      title={concern.code === 'state' ? connection && t(`stateTitle.${connection.state}`) : t(`warning.${concern.code}`)}
    >
      <div className={classes.concern}>
        <Text size="sm">{concern.code === 'permissions_excessive' ? t('warningText.permissions_excessive') : concern.message}</Text>
        {action === 'map' && (
          <Button
            size="xs"
            variant="default"
            renderRoot={props => <Link to="/integrations/attio/users" search={{ state: 'unmapped' }} {...props} />}
          >
            {t('mapPeople')}
          </Button>
        )}
        {action === 'refresh' && connection && <RefreshButton connection={connection} size="xs" />}
        {action === 'reauthorize' && connection && <ReauthorizeButton connection={connection} size="xs" />}
      </div>
    </Alert>
  )
}
