import { Button, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from './session-context.tsx'

/** Over the page, which stays: whoever signs in again goes on where they were. */
export default function ExpiredDialog() {
  const { t } = useTranslation('shell')
  const { session } = useSession()
  const [busy, setBusy] = useState(false)
  const again = () => {
    setBusy(true)
    void session.signInAgain().finally(() => setBusy(false))
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
      <Text mb="lg">{t('expired.detail')}</Text>
      <Button onClick={again} loading={busy} fullWidth data-autofocus>
        {t('expired.again')}
      </Button>
    </Modal>
  )
}
