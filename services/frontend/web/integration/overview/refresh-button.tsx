import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { Connection } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { dataOf } from '../../api/answers.ts'
import { useApi } from '../../api/context.tsx'
import { tellFailed } from '../../components/notify.ts'
import { useShownRuns } from './shown-runs.ts'

/** Asks for a refresh, and shows it. Pressed again while one goes on, the API answers with that one. */
export function RefreshButton({ connection, size = 'xs' }: { connection: Connection; size?: 'xs' | 'sm' }) {
  const { t } = useTranslation('overview')
  const api = useApi()
  const { show } = useShownRuns()
  const { id } = connection
  const { mutate, isPending } = useMutation({
    mutationFn: () => dataOf(api.POST('/v1/integrations/attio/connections/{id}/refresh', { params: { path: { id } } })),
    onSuccess: run => show(connection, run),
    onError: tellFailed,
  })
  return (
    <Button
      size={size}
      variant="default"
      leftSection={<IconRefresh size={16} aria-hidden="true" />}
      // Not disabled while it is asked for: the focus stays where it is.
      onClick={() => !isPending && mutate()}
    >
      {t('refresh')}
    </Button>
  )
}
