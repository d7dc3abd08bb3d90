import type { Clock } from '@worksights/runtime'
import { LRUCache } from 'lru-cache'

/** A token bucket an endpoint: `perSecond` on average, twice as many at once. Keeps the busiest ten thousand. */
export function createRateLimit({ perSecond, clock }: { perSecond: number; clock: Clock }): (endpointId: string) => boolean {
  const buckets = new LRUCache<string, { tokens: number; at: number }>({ max: 10_000 })
  const burst = perSecond * 2
  return endpointId => {
    const now = clock.now()
    const bucket = buckets.get(endpointId) ?? { tokens: burst, at: now }
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1_000) * perSecond)
    bucket.at = now
    buckets.set(endpointId, bucket)
    if (bucket.tokens < 1) return false
    bucket.tokens -= 1
    return true
  }
}
