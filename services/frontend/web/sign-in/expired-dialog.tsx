import { Alert, Button, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from './session-context.tsx'

/** Over the page, which stays: whoever signs in again goes on where they were. */
export default function ExpiredDialog() {
  const { t } = useTranslation('shell')
  const { session } = useSession()
  // Whether the person closed the other window cannot be known where the provider keeps windows apart: both ways stay open to them.
  const [asked, setAsked] = useState(false)
  const [failed, setFailed] = useState(false)
  const ask = (signIn: () => Promise<void>) => {
    setAsked(true)
    setFailed(false)
    signIn().catch(() => setFailed(true))
  }
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      centered
      title={t('expired.title')}
    >
      <Text mb="lg" aria-live="polite">
        {asked && !failed ? t('expired.waiting') : t('expired.detail')}
      </Text>
      {failed && (
        <Alert role="alert" color="red" variant="light" mb="md">
          {t('signInFailed.unreachable')}
        </Alert>
      )}
      <Stack gap="xs">
        <Button onClick={() => ask(session.signInAgain)} data-autofocus>
          {asked && !failed ? t('expired.openAgain') : t('expired.again')}
        </Button>
        {asked && (
          <Button variant="subtle" onClick={() => ask(session.signInHere)}>
            {t('expired.here')}
          </Button>
        )}
      </Stack>
    </Modal>
  )
}
