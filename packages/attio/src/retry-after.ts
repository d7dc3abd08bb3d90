const DEFAULT_MS = 1_000
const LONGEST_MS = 3_600_000
/**
 * When to ask again after a 429. Attio sends `Retry-After` as an HTTP date, "usually the next second"; whole seconds are read too.
 * A date is taken relative to the answer's own `Date` header, so a wrong clock on our side does not matter. Absent, unreadable or past:
 * one second from now. Never more than an hour, lest one odd header stop a connection.
 */
export function retryAt(retryAfter: string | null, dateHeader: string | null, now: Date): Date {
  return new Date(now.getTime() + delayMs(retryAfter?.trim() ?? '', dateHeader, now))
}

function delayMs(retryAfter: string, dateHeader: string | null, now: Date): number {
  const asked = /^\d+(\.\d+)?$/.test(retryAfter)
    ? Number(retryAfter) * 1_000
    : Date.parse(retryAfter) - (Date.parse(dateHeader ?? '') || now.getTime())
  return asked > 0 ? Math.min(asked, LONGEST_MS) : DEFAULT_MS
}
