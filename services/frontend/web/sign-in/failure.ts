import { ErrorResponse, ErrorTimeout } from 'oidc-client-ts'

/** What the provider says when it is not well itself: it may work in a moment. */
const passing = ['server_error', 'temporarily_unavailable', 'slow_down']

/** Whether the provider itself said no. Everything else may pass: no network, a proxy that answers in its place, a provider that is not well. */
export function isRefusal(error: unknown): error is ErrorResponse {
  return error instanceof ErrorResponse && !passing.includes(error.error ?? '')
}

/**
 * Why signing in did not work: `refused` by the provider, which says why; `unreachable`, so that trying again may help; `stale`: what came back belongs to no
 * attempt of this browser, as after hours, in another browser, or when an address is opened twice; `lost`: it worked, and nothing of it is there.
 */
export type Failure = 'refused' | 'unreachable' | 'stale' | 'lost'

/** What a failure on the way means; `comingBack` from the provider. */
export function signInFailure(error: unknown, comingBack: boolean): Failure {
  if (isRefusal(error)) return 'refused'
  const noAnswer = error instanceof TypeError || error instanceof ErrorTimeout || error instanceof ErrorResponse
  return comingBack && !noAnswer ? 'stale' : 'unreachable'
}
