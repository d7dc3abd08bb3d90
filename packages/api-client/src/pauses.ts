/** Waits, or until `signal` aborts. Never throws. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise(resolve => {
    if (signal?.aborted) return resolve()
    const over = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', over)
      resolve()
    }
    const timer = setTimeout(over, ms)
    signal?.addEventListener('abort', over)
  })
}

const longestMs = 30_000

/** How long to wait before the try after `failures` failed ones in a row: growing, and different for each client, so that they do not come back as one. */
export function backoffMs(failures: number, baseMs: number): number {
  const most = Math.min(longestMs, baseMs * 2 ** Math.min(failures, 10))
  return most / 2 + (Math.random() * most) / 2
}

/** What `Retry-After` says, in ms; null where it says nothing. */
export function retryAfterMs(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null
}
