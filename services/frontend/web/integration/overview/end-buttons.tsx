import { Button, Group } from '@mantine/core'
import type { Connection } from '@worksights/api-client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EndDialog } from './end-dialog.tsx'

/** Disconnect, and Disconnect and erase: each opens the dialog that says what happens. */
export function EndButtons({ connection }: { connection: Connection }) {
  const { t } = useTranslation('overview')
  const [ending, setEnding] = useState<'disconnect' | 'erase' | null>(null)
  const isEnded = connection.state === 'disconnected'
  return (
    <Group gap="xs">
      {!isEnded && (
        <Button size="xs" variant="default" c="var(--mantine-color-error)" onClick={() => setEnding('disconnect')}>
          {t('end.disconnect.open')}
        </Button>
      )}
      <Button size="xs" variant="default" c="var(--mantine-color-error)" onClick={() => setEnding('erase')}>
        {t(isEnded ? 'end.erase.openEnded' : 'end.erase.open')}
      </Button>
      <EndDialog connection={connection} ending={ending} onClose={() => setEnding(null)} />
    </Group>
  )
}
