import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import type { ApiClient } from '@worksights/api-client'
import { useState } from 'react'
import { ApiProvider } from '../api/context.tsx'
import { createQueryClient } from '../api/query-client.ts'
import type { Session } from '../sign-in/session.ts'
import { SessionProvider } from '../sign-in/session-context.tsx'
import { router } from './router.tsx'

export function App({ api, session }: { api: ApiClient; session: Session }) {
  const [queries] = useState(createQueryClient)
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
