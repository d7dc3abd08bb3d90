import type { ApiClient } from '@worksights/api-client'
import { createContext, type ReactNode, useContext } from 'react'

const Context = createContext<ApiClient | null>(null)

export function ApiProvider({ api, children }: { api: ApiClient; children: ReactNode }) {
  return <Context value={api}>{children}</Context>
}

/** The client of the timeline API, with the token of whoever is signed in. */
export function useApi(): ApiClient {
  const api = useContext(Context)
  if (!api) throw new Error('useApi is used outside of ApiProvider.')
  return api
}
