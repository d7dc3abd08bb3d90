import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertCircle, IconInfoCircle } from '@tabler/icons-react'
import type { Overview } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { Help } from '../../components/help.tsx'
import { overview } from '../../strings/en/overview.ts'

const codes = overview.failed.codes
const isKnown = (code: string): code is keyof typeof codes => Object.hasOwn(codes, code)

type Props = {
  /** As the API's callback says it. */
  code: string
  help: Overview['help']
  onDismiss: () => void
  onAgain: (() => void) | undefined
}

/** Why a workspace was not connected, and the way on; until it is dismissed. */
export function ReturnFailed({ code, help, onDismiss, onAgain }: Props) {
  const { t } = useTranslation('overview')
  // Somebody's own choice is nothing that went wrong.
  const isRefusal = code === 'consent_refused'
  return (
    <Alert
      role="alert"
      variant="light"
      color={isRefusal ? 'indigo' : 'red'}
      icon={isRefusal ? <IconInfoCircle aria-hidden="true" /> : <IconAlertCircle aria-hidden="true" />}
      title={t(isRefusal ? 'failed.refused' : 'failed.title')}
    >
      <Text size="sm">{isKnown(code) ? t(`failed.codes.${code}`) : t('failed.unknown', { code })}</Text>
      <Group mt="sm" gap="xs">
        {onAgain && (
          <Button size="xs" variant="default" onClick={onAgain}>
            {t('failed.again')}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={onDismiss}>
          {t('dismiss')}
        </Button>
        {!isRefusal && <Help help={help} />}
      </Group>
    </Alert>
  )
}
