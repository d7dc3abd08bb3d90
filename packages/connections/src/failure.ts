import type { AttioError, AttioResult } from '@worksights/attio'

/** Why a workspace was not connected; lands on the frontend as `?error=`. */
export const connectFailureCodes = [
  'consent_refused',
  'state_unknown',
  'state_expired',
  'state_used',
  'other_browser',
  'code_rejected',
  'token_inactive',
  'missing_permission',
  'workspace_taken',
  'workspace_ending',
  'attio_unavailable',
  'attio_error',
  'internal_error',
] as const
export type ConnectFailureCode = (typeof connectFailureCodes)[number]

/** Ends an attempt to connect from deep within its steps; `connect` turns it into an outcome. */
export class ConnectFailure extends Error {
  readonly code: ConnectFailureCode
  readonly attioError: AttioError | null

  constructor(code: ConnectFailureCode, attioError: AttioError | null = null) {
    super(`The workspace could not be connected: ${code}.`)
    this.name = 'ConnectFailure'
    this.code = code
    this.attioError = attioError
  }
}

/** The data of a reply, or the end of the attempt. */
export function need<T>(result: AttioResult<T>): T {
  if (result.ok) return result.data
  throw new ConnectFailure(failureCode(result.error), result.error)
}

/** The data of a reply, or `fallback` where only a permission is missing: the connection works without it and says what it lacks. */
export function needUnlessForbidden<T>(result: AttioResult<T>, fallback: T): T {
  return !result.ok && result.error.kind === 'forbidden' ? fallback : need(result)
}

function failureCode(error: AttioError): ConnectFailureCode {
  switch (error.kind) {
    case 'forbidden':
      return 'missing_permission'
    case 'rate_limited':
    case 'unavailable':
    case 'unauthorized':
      return 'attio_unavailable'
    default:
      return 'attio_error'
  }
}
