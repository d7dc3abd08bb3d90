import { Button, Stack, Text, Title } from '@mantine/core'
import { IconCheck, IconPlugConnected, IconX } from '@tabler/icons-react'
import type { Overview } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/me.ts'
import { Help } from '../../components/help.tsx'
import classes from './connect-page.module.css'
import { useConnect } from './use-connect.ts'

const read = ['records', 'work', 'names', 'people'] as const
const notRead = ['writing', 'contents', 'mail', 'past', 'automation'] as const

/** Before anything is connected: what connecting does and does not do, and the button. */
export function ConnectPage({ help }: { help: Overview['help'] }) {
  const { t } = useTranslation('overview')
  const { isAdmin } = useMe()
  const { connect, isLeaving } = useConnect()
  return (
    <section className={classes.page} aria-labelledby="connect-attio">
      <Stack gap={4}>
        <Title order={2} size="h3" id="connect-attio">
          {t('connect.title')}
        </Title>
        <Text c="dimmed">{t('connect.intro')}</Text>
      </Stack>
      <div className={classes.columns}>
        <div>
          <Title order={3} size="h6">
            {t('connect.read.title')}
          </Title>
          <ul className={classes.points}>
            {read.map(point => (
              <li key={point}>
                <IconCheck size={16} className={classes.yes} aria-hidden="true" />
                {t(`connect.read.${point}`)}
              </li>
            ))}
          </ul>
        </div>
        <div>
          <Title order={3} size="h6">
            {t('connect.not.title')}
          </Title>
          <ul className={classes.points}>
            {notRead.map(point => (
              <li key={point}>
                <IconX size={16} className={classes.no} aria-hidden="true" />
                {t(`connect.not.${point}`)}
              </li>
            ))}
          </ul>
        </div>
      </div>
      <div className={classes.foot}>
        {isAdmin ? (
          <Button onClick={connect} loading={isLeaving} leftSection={<IconPlugConnected size={18} aria-hidden="true" />}>
            {t('connect.do')}
          </Button>
        ) : (
          <Text size="sm">{t('connect.askAdmin')}</Text>
        )}
        <Help help={help} />
      </div>
      {isAdmin && (
        <Text size="sm" c="dimmed">
          {t('connect.next')}
        </Text>
      )}
    </section>
  )
}
