import { setTimeout } from 'node:timers/promises'
import type { Request, Response } from 'express'
import { ApiError, rateLimited, unauthorized } from '../api/errors.ts'
import { retryAfter } from '../api/rate-limit.ts'
import type { FaultSettings } from './settings.ts'
import type { FaultStore } from './store.ts'

/** Waits without keeping a closed simulator alive. */
const sleep = (ms: number) => setTimeout(ms, undefined, { ref: false })

export type Intervention = 'none' | 'answered' | 'never'

const htmlPage =
  '<!DOCTYPE html><html><head><title>503 Service Temporarily Unavailable</title></head><body>Service Temporarily Unavailable</body></html>'

/**
 * What is switched to go wrong before a request is worked on. `answered`: the answer is out; `never`: the request is to stay without
 * one; `none`: go on. Throws what Attio would answer as an error.
 */
export async function interveneInRequest(
  settings: FaultSettings,
  store: FaultStore,
  request: Request,
  response: Response,
  clock: () => number,
): Promise<Intervention> {
  const path = request.originalUrl.split('?', 1)[0] ?? ''
  for (const fault of settings.paths) {
    if (fault.method !== undefined && fault.method !== request.method) continue
    if (!new RegExp(fault.path).test(path) || !store.spend(fault, fault.times)) continue
    if (fault.delay_ms > 0) await sleep(fault.delay_ms)
    if (fault.body === undefined) throw new ApiError(fault.status, fault.code, 'A simulated fault of this path.')
    response.status(fault.status).type(fault.content_type).send(fault.body)
    return 'answered'
  }
  if (settings.hang) return 'never'
  if (settings.slow_ms > 0) await sleep(settings.slow_ms)
  refuseInStorm(settings, clock())
  const spurious = settings.spurious_401
  if (spurious !== null && store.chance(spurious.rate) && store.spend(spurious, spurious.times)) throw unauthorized()
  const broken = settings.server_errors
  if (broken !== null && store.chance(broken.rate) && store.spend(broken, broken.times)) {
    if (broken.body === 'json') throw new ApiError(broken.status, 'internal_error', 'Something went wrong.', { type: 'api_error' })
    response
      .status(broken.status)
      .type('html')
      .send(broken.body === 'html' ? htmlPage : '')
    return 'answered'
  }
  return 'none'
}

function refuseInStorm(settings: FaultSettings, now: number): void {
  const storm = settings.rate_limit_storm
  if (storm === null) return
  if (storm.until !== undefined && now >= Date.parse(storm.until)) return
  throw rateLimited(retryAfter(storm.retry_after, now, storm.retry_in_s))
}
