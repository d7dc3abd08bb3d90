import { expect, test } from '@jest/globals'
import { ConfigError, loadConfig } from '@worksights/runtime'
import { configSchema } from './config.ts'
import { runtimeConfig } from './runtime-config.ts'

const complete = {
  PUBLIC_FRONTEND_URL: 'https://app.example.com/',
  PUBLIC_API_URL: 'https://api.example.com/base/',
  OIDC_ISSUER: 'https://login.example.com/',
  OIDC_CLIENT_ID: 'web',
}
const load = (env: Record<string, string>) => loadConfig(configSchema, { ...complete, ...env })

/** The faults of a configuration, as `NAME: problem`. */
function faults(env: Record<string, string>): string[] {
  try {
    load(env)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.faults.map(({ name, problem }) => `${name}: ${problem}`)
  }
}

test('the browser is told where the API is and how to sign in, the issuer exactly as its tokens say it', () => {
  expect(runtimeConfig(load({ OIDC_RESOURCE: 'https://api.example.com', PORT: '1' }))).toEqual({
    api_url: 'https://api.example.com/base',
    oidc: {
      issuer: 'https://login.example.com/',
      client_id: 'web',
      scope: 'openid email profile offline_access',
      resource: 'https://api.example.com',
    },
  })
})

test('everything that is wrong is told at once', () => {
  const wrong = {
    PUBLIC_API_URL: '',
    PUBLIC_FRONTEND_URL: 'https://example.com/app',
    OIDC_ISSUER: 'http://login.example.com',
    OIDC_CLIENT_ID: ' ',
    OIDC_SCOPE: 'email profile',
    OIDC_RESOURCE: 'api',
    OIDC_CONNECT_ORIGINS: 'https://token.example.com/token',
    PORT: '70000',
  }
  expect(faults(wrong).sort()).toEqual([
    'OIDC_CLIENT_ID: is missing',
    'OIDC_CONNECT_ORIGINS: must be origins without a path, separated by commas',
    'OIDC_ISSUER: must be https, as PUBLIC_FRONTEND_URL is: a browser lets no page over https ask over http',
    'OIDC_RESOURCE: must be an absolute URI',
    'OIDC_SCOPE: must contain "openid"',
    'PORT: must be a whole number from 0 to 65535',
    'PUBLIC_API_URL: is missing',
    'PUBLIC_FRONTEND_URL: must have no path: the app is served at the root of its host',
  ])
})

test.each([
  'https://a.example.com;script-src *',
  "https://a.example.com 'unsafe-inline'",
  '*',
  'https:',
  'data:',
  'https://u:p@a.example.com',
])('an origin of %s cannot widen the policy of the page', origin => {
  expect(faults({ OIDC_CONNECT_ORIGINS: `https://ok.example.com,${origin}` })).toEqual([
    'OIDC_CONNECT_ORIGINS: must be origins without a path, separated by commas',
  ])
})

test('origins may be written with spaces and a slash', () => {
  expect(load({ OIDC_CONNECT_ORIGINS: 'https://a.example.com/, http://127.0.0.1:4003,' }).OIDC_CONNECT_ORIGINS).toEqual([
    'https://a.example.com',
    'http://127.0.0.1:4003',
  ])
})

test('an API without https serves a page without, and one on the same machine any', () => {
  const http = { PUBLIC_API_URL: 'http://api.example.com' }
  expect(faults(http)).toEqual([expect.stringContaining('PUBLIC_API_URL: must be https')])
  expect(faults({ ...http, PUBLIC_FRONTEND_URL: 'http://app.example.com' })).toEqual([])
  expect(faults({ PUBLIC_API_URL: 'http://127.0.0.1:4000' })).toEqual([])
})
