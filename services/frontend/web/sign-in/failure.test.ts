import { expect, test } from '@jest/globals'
import { ErrorResponse, ErrorTimeout } from 'oidc-client-ts'
import { isRefusal, signInFailure } from './failure.ts'

const said = (error: string) => new ErrorResponse({ error, error_description: null, error_uri: null })

test.each(['invalid_grant', 'login_required', 'access_denied', 'invalid_client'])(
  'only the provider ends a session: its %s is its word',
  error => {
    expect(isRefusal(said(error))).toBe(true)
    expect(signInFailure(said(error), true)).toBe('refused')
  },
)

test.each([
  ['a provider that is not well', said('server_error')],
  ['a provider that is busy', said('temporarily_unavailable')],
  ['no network', new TypeError('Failed to fetch')],
  ['no answer in time', new ErrorTimeout('Network timed out')],
])('%s may pass: no session ends by it, and it can be tried again', (_what, error) => {
  expect(isRefusal(error)).toBe(false)
  expect(signInFailure(error, true)).toBe('unreachable')
  expect(signInFailure(error, false)).toBe('unreachable')
})

test('what came back from the provider and belongs to no attempt is told from a provider that does not answer', () => {
  expect(signInFailure(new Error('No matching state found in storage'), true)).toBe('stale')
  expect(signInFailure(new Error('Bad Gateway (502)'), false)).toBe('unreachable')
})
