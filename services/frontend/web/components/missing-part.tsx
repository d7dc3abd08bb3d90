import { Alert, type AlertProps, Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { onMissing } from './late.tsx'
import classes from './missing-part.module.css'

/** Says, wherever on the page somebody is, that a part of it could not be loaded. */
export function MissingPart() {
  const { t } = useTranslation()
  const [isTold, setTold] = useState(false)
  useEffect(() => onMissing(() => setTold(true)), [])
  if (!isTold) return null
  return <MissingAlert className={classes.corner} withCloseButton closeButtonLabel={t('close')} onClose={() => setTold(false)} />
}

/** A part of the page is not there to be loaded: why that may be, and the way to the version that is. */
export function MissingAlert(props: AlertProps) {
  const { t } = useTranslation()
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle />} title={t('missing.title')} {...props}>
      {t('missing.detail')}
      <div className={classes.reload}>
        <Button size="xs" variant="default" onClick={() => location.reload()}>
          {t('missing.reload')}
        </Button>
      </div>
    </Alert>
  )
}
