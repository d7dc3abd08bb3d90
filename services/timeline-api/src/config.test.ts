import { describe, expect, test } from '@jest/globals'
import { ConfigError, loadConfig } from '@worksights/runtime'
import { issuersOf } from './auth/issuers.ts'
import { configSchema } from './config.ts'

const complete = {
  DATABASE_URL: 'postgres://localhost/worksights',
  QUEUE_URL: 'postgres://localhost/worksights',
  ENCRYPTION_KEYS: `key:${Buffer.alloc(32, 1).toString('base64')}`,
  PUBLIC_API_URL: 'https://api.example.com',
  PUBLIC_GATEWAY_URL: 'https://gateway.example.com',
  PUBLIC_FRONTEND_URL: 'https://app.example.com',
  ATTIO_CLIENT_ID: 'client',
  ATTIO_CLIENT_SECRET: 'secret',
}
const one = { OIDC_ISSUER: 'https://login.example.com/', OIDC_AUDIENCE: 'api' }
const load = (env: Record<string, string>) => loadConfig(configSchema, { ...complete, ...env })
const several = (value: unknown) => ({ OIDC_ISSUERS: typeof value === 'string' ? value : JSON.stringify(value) })

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

const acme = { issuer: 'https://acme.example.com', audience: 'api' }

describe('sign-in', () => {
  test('takes one issuer by its variables, exactly as it is written', () => {
    expect(issuersOf(load({ ...one, OIDC_ADMIN_VALUES: 'admin, owner,' }))).toEqual([
      {
        issuer: 'https://login.example.com/',
        audience: 'api',
        claims: { organization: 'org', role: 'role', adminValues: ['admin', 'owner'] },
        organization: null,
      },
    ])
  })

  test('takes several as a list, each with claims of its own or those of the variables', () => {
    const listed = [
      { ...acme, organization: 'acme', admin_values: ['boss'] },
      { issuer: 'https://other.example.com', audience: 'api', organization_claim: 'tenant', role_claim: 'roles' },
    ]
    expect(issuersOf(load({ ...several(listed), OIDC_ROLE_CLAIM: 'realm_access.roles' }))).toEqual([
      { ...acme, claims: { organization: 'org', role: 'realm_access.roles', adminValues: ['boss'] }, organization: 'acme' },
      {
        ...{ issuer: 'https://other.example.com', audience: 'api' },
        claims: { organization: 'tenant', role: 'roles', adminValues: ['admin'] },
        organization: null,
      },
    ])
  })

  test('without an issuer names both variables and the list, together with whatever else is wrong', () => {
    expect(faults({ PORT: 'x' })).toEqual([
      'PORT: must be a whole number from 0 to 65535',
      'OIDC_ISSUER: is missing (several issuers: set OIDC_ISSUERS instead)',
      'OIDC_AUDIENCE: is missing (several issuers: set OIDC_ISSUERS instead)',
    ])
  })

  test('refuses one issuer beside a list', () => {
    const contradiction = 'contradicts OIDC_ISSUERS: unset it, and make it an entry of that list'
    expect(faults({ ...one, ...several([acme]) })).toEqual([`OIDC_ISSUER: ${contradiction}`, `OIDC_AUDIENCE: ${contradiction}`])
    expect(faults({ OIDC_AUDIENCE: 'api', ...several([acme]) })).toEqual([`OIDC_AUDIENCE: ${contradiction}`])
  })

  test.each<[string, unknown, string[]]>([
    ['is no JSON', '[{issuer', ['must be a JSON list']],
    ['is no list', acme, ['must be a JSON list']],
    ['is empty', [], ['is an empty list']],
    ['lacks fields', [{}], ['0.issuer: must be an http:// or https:// URL', '0.audience: must be text']],
    ['has an issuer that is no URL', [{ ...acme, issuer: 'acme' }], ['0.issuer: must be an http:// or https:// URL']],
    ['has a field nobody knows', [{ ...acme, org: 'acme' }], ['0: Unrecognized key: "org"']],
    ['has an issuer twice', [acme, { ...acme, audience: 'x' }], ['1.issuer: is in the list twice: a token is checked by one entry']],
    ['has no admin values', [{ ...acme, admin_values: [] }], ['0.admin_values: is empty']],
    [
      'pins an issuer and lets its tokens choose',
      [{ ...acme, organization: 'acme', organization_claim: 'org' }],
      ['0.organization: goes without "organization_claim": an issuer that is pinned speaks for its organisation only'],
    ],
  ])('says what is wrong with a list that %s', (_what, value, problems) => {
    expect(faults(several(value))).toEqual(problems.map(problem => `OIDC_ISSUERS: ${problem}`))
  })
})

describe('TRUST_PROXY', () => {
  test.each([
    ['2', 2],
    ['0', 0],
    ['loopback, 10.0.0.0/8,fd00::/8,192.0.2.1', ['loopback', '10.0.0.0/8', 'fd00::/8', '192.0.2.1']],
  ])('takes %s', (text, value) => {
    expect(load({ ...one, TRUST_PROXY: text }).TRUST_PROXY).toEqual(value)
  })

  test('believes nobody unless told', () => {
    expect(load(one).TRUST_PROXY).toBe(0)
  })

  test.each(['true', '0.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0.0/8/8', 'proxy.example.com', 'loopback,', '-1'])('refuses %s', text => {
    expect(faults({ ...one, TRUST_PROXY: text })).toEqual([expect.stringMatching(/^TRUST_PROXY: must be a number of proxies/)])
  })
})

test('a limit of nothing is refused', () => {
  expect(faults({ ...one, RATE_LIMIT_USER_PER_MINUTE: '0' })).toEqual([
    'RATE_LIMIT_USER_PER_MINUTE: must be a whole number from 1 to 1000000',
  ])
})

describe('a replica for reads', () => {
  test('is not used unless it is named', () => {
    expect(load(one).DATABASE_READ_URL).toBeUndefined()
  })

  test('is named by a URL of Postgres, with a pool of its own', () => {
    const named = { ...one, DATABASE_READ_URL: 'postgres://replica.example.com/worksights' }
    expect(load(named)).toMatchObject({ DATABASE_READ_URL: named.DATABASE_READ_URL, DATABASE_READ_POOL_MAX: 10 })
    expect(load({ ...named, DATABASE_READ_POOL_MAX: '25' }).DATABASE_READ_POOL_MAX).toBe(25)
    expect(faults({ ...one, DATABASE_READ_URL: 'https://replica.example.com', DATABASE_READ_POOL_MAX: '1' })).toEqual([
      'DATABASE_READ_URL: must be a postgres:// URL',
      'DATABASE_READ_POOL_MAX: must be a whole number from 2 to 200',
    ])
  })
})
