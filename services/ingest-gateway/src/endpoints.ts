import { type Database, findEndpoint, secretSealContext } from '@worksights/database'
import type { Clock, KeyRing, Logger } from '@worksights/runtime'
import { LRUCache } from 'lru-cache'

export type OpenEndpoint = { webhookId: string; connectionId: string; organizationId: string; secret: string }
export type FoundEndpoint = ({ outcome: 'found' } & OpenEndpoint) | { outcome: 'unknown' } | { outcome: 'not_ready' }

type Entry = { found: FoundEndpoint; readAt: number }

const foundForMs = 30_000
/** Short, since the next post may come right after the webhook's secret is stored. */
const missedForMs = 2_000
const rereadAfterMs = 1_000

/**
 * Finds endpoints with their secret opened, from a short-lived cache. Rejects when the database cannot be asked. `reread` asks again for an endpoint whose
 * cached secret did not fit, at most once a second each: the secret may be new.
 */
export function createEndpoints({ database, keyRing, clock, log }: { database: Database; keyRing: KeyRing; clock: Clock; log: Logger }) {
  const cache = new LRUCache<string, Entry>({ max: 10_000 })
  const reading = new Map<string, Promise<FoundEndpoint>>()

  async function read(endpointId: string): Promise<FoundEndpoint> {
    const row = await findEndpoint(database.pool, endpointId)
    if (!row) return { outcome: 'unknown' }
    const { secretSealed, secretKeyId, ...ids } = row
    if (secretSealed === null || secretKeyId === null) return { outcome: 'not_ready' }
    try {
      const secret = keyRing.open(secretSealed, secretKeyId, secretSealContext(row.webhookId))
      return { outcome: 'found', ...ids, secret }
    } catch (error) {
      // Without the secret nothing can be verified, so nothing is accepted.
      log.error({ webhookId: row.webhookId, err: error }, 'a webhook secret cannot be opened: check ENCRYPTION_KEYS')
      return { outcome: 'not_ready' }
    }
  }

  /** One query at a time for one endpoint, however many posts wait for it. */
  function readOnce(endpointId: string): Promise<FoundEndpoint> {
    const current = reading.get(endpointId)
    if (current) return current
    const mine = read(endpointId)
      .then(found => {
        cache.set(endpointId, { found, readAt: clock.now() })
        return found
      })
      .finally(() => reading.delete(endpointId))
    reading.set(endpointId, mine)
    return mine
  }

  return {
    async find(endpointId: string): Promise<FoundEndpoint> {
      const cached = cache.get(endpointId)
      const ageMs = cached ? clock.now() - cached.readAt : Number.POSITIVE_INFINITY
      if (cached && ageMs < (cached.found.outcome === 'found' ? foundForMs : missedForMs)) return cached.found
      return await readOnce(endpointId)
    },
    async reread(endpointId: string): Promise<FoundEndpoint> {
      const cached = cache.get(endpointId)
      if (cached && clock.now() - cached.readAt < rereadAfterMs) return cached.found
      return await readOnce(endpointId)
    },
  }
}
export type Endpoints = ReturnType<typeof createEndpoints>
