import { QueryClient } from '@tanstack/react-query'
import { mayPass } from './answers.ts'

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && mayPass(error),
        retryDelay: failures => Math.min(500 * 2 ** failures, 5_000) * (0.5 + Math.random() / 2),
        // Requests are tried also where the browser thinks it is offline: it is often wrong about local addresses.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  })
}
