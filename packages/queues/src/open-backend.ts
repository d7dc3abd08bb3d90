import type { Backend, BackendOptions } from './backend.ts'
import { createPostgresBackend, isPostgres } from './postgres-backend.ts'
import { createRedisBackend } from './redis-backend.ts'

/** The backend that the scheme of the URL chooses. Throws where the address contradicts itself or its certificates cannot be read. */
export function openBackend(options: BackendOptions): Backend {
  return isPostgres(options.url) ? createPostgresBackend(options) : createRedisBackend(options)
}
