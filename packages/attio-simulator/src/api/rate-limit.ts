export interface RateLimit {
  /** Counts one request; false when the second's budget is used up. */
  take(budget: string, perSecond: number): boolean
}

/** Budgets by the second of the wall clock: a 429 is over with the next second, as Attio's `Retry-After` says. */
export function createRateLimit(clock: () => number): RateLimit {
  const used = new Map<string, number>()
  let second = 0
  return {
    take(budget, perSecond) {
      const now = Math.floor(clock() / 1_000)
      if (now !== second) {
        second = now
        used.clear()
      }
      const count = used.get(budget) ?? 0
      if (count >= perSecond) return false
      used.set(budget, count + 1)
      return true
    },
  }
}

/** `Retry-After` as an HTTP date (rounded up to the full second, as Attio sends it) or as seconds. */
export function retryAfter(form: 'date' | 'seconds', now: number, inSeconds: number): string {
  if (form === 'seconds') return String(inSeconds)
  return new Date(Math.floor(now / 1_000) * 1_000 + inSeconds * 1_000).toUTCString()
}
