import { Box, Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './delivery.module.css'

/** The body as it came, for whoever looks for a fault: folded, copyable. */
export function RawBody({ body }: { body: unknown }) {
  const { t } = useTranslation('connections')
  const text = JSON.stringify(body ?? null, null, 2)
  return (
    <details className={classes.raw}>
      <summary>{t('delivery.raw')}</summary>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            variant="default"
            my="xs"
            leftSection={copied ? <IconCheck size={14} aria-hidden="true" /> : <IconCopy size={14} aria-hidden="true" />}
            onClick={copy}
          >
            <span role="status">{copied ? t('copied', { ns: 'shared' }) : t('delivery.copyRaw')}</span>
          </Button>
        )}
      </CopyButton>
      {/* It scrolls, which a keyboard must be able to do. */}
      <Box component="section" className={classes.body} aria-label={t('delivery.rawLabel')} tabIndex={0}>
        <pre>{text}</pre>
      </Box>
    </details>
  )
}
