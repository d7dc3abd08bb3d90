import { setTimeout as sleep } from 'node:timers/promises'
import type { AttioError, AttioResult } from '@worksights/attio'

const attempts = 3
const longestWaitMs = 2_000

/** Asks Attio again, a person is waiting, after what may pass in a moment: a rate limit, a hiccup, a 401 (which Attio also sends under load). */
export async function patiently<T>(
  call: () => Promise<AttioResult<T>>,
  isPassing: (error: AttioError) => boolean = mayPass,
): Promise<AttioResult<T>> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await call()
    if (result.ok || attempt === attempts || !isPassing(result.error)) return result
    await sleep(pause(result.error, attempt))
  }
}

/** For calls that must not be made twice: only an answer that says nothing was done is worth another try. */
export function wasNotDone(error: AttioError): boolean {
  return error.kind === 'rate_limited'
}

function mayPass(error: AttioError): boolean {
  return error.kind === 'rate_limited' || error.kind === 'unavailable' || error.kind === 'unauthorized'
}

function pause(error: AttioError, attempt: number): number {
  const wanted = error.kind === 'rate_limited' ? error.retryAt.getTime() - Date.now() : 200 * 2 ** attempt
  return Math.min(Math.max(wanted, 50), longestWaitMs)
}
