import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import type { ApiClient } from '@worksights/api-client'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProvider } from '../api/context.tsx'
import { keys } from '../api/keys.ts'
import { createQueryClient } from '../api/query-client.ts'
import { QuietPage } from '../sign-in/quiet-page.tsx'
import type { Session } from '../sign-in/session.ts'
import { SessionProvider } from '../sign-in/session-context.tsx'
import { router } from './router.tsx'

export function App({ api, session }: { api: ApiClient; session: Session }) {
  const [queries] = useState(createQueryClient)
  const { t } = useTranslation('shell')
  const state = useSyncExternalStore(session.subscribe, session.state)
  useEffect(
    () =>
      session.subscribe(() => {
        if (session.state() !== 'signed_in') return
        // What was refused meanwhile is asked for once more; what waited goes on by itself.
        void queries.invalidateQueries({ predicate: ({ state }) => state.status === 'error' })
        // A new token may speak of another role, or of another organisation.
        void queries.invalidateQueries({ queryKey: keys.me })
      }),
    [session, queries],
  )
  // Whoever leaves leaves nothing on the screen, also while the provider is slow.
  if (state === 'signed_out') return <QuietPage title={t('signingOut')} />
  return (
    <SessionProvider session={session}>
      <ApiProvider api={api}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </ApiProvider>
    </SessionProvider>
  )
}
