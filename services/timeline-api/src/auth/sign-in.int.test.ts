import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { findOrCreateOrganization, type Tenant } from '@worksights/database'
import { createLogger, systemClock } from '@worksights/runtime'
import { v7 as uuid } from 'uuid'
import { startApi, type TestApi } from '../testing/api.ts'
import { sendJson, startIssuer, type TestIssuer } from '../testing/issuer.ts'
import { createIdentityProvider, type IdentityProvider } from './identity-provider.ts'
import { createSignIn, type SignIn } from './sign-in.ts'

let api: TestApi
let issuer: TestIssuer
let provider: IdentityProvider
let tenant: Tenant
let logs: string[]
let now: number
let signIn: SignIn

beforeAll(async () => {
  ;[api, issuer] = await Promise.all([startApi(), startIssuer()])
  provider = createIdentityProvider({ issuer: issuer.url, audience: 'api', clock: systemClock })
})
afterAll(async () => {
  await Promise.all([api.close(), issuer.close()])
})
beforeEach(async () => {
  tenant = api.tenantOf((await findOrCreateOrganization(api.database.pool, uuid())).id)
  logs = []
  now = 1_000_000
  signIn = freshProcess()
  issuer.reachable = true
  issuer.asked.length = 0
})

/** As another pod, or this one after a restart: with nothing in memory. */
function freshProcess(): SignIn {
  const log = createLogger({ service: 'test', level: 'debug', destination: { write: line => logs.push(line) } })
  return createSignIn({ clock: { now: () => now }, log })
}
const answers = (profile: Record<string, unknown>) => {
  issuer.userinfo = (_authorization, response) => sendJson(response, 200, profile)
}
const enter = (claims: Record<string, unknown> = {}) =>
  signIn(tenant, provider, 'the-token', { iss: issuer.url, sub: 'ada', exp: 2_000_000_000, ...claims })
const calls = () => issuer.asked.filter(path => path === '/userinfo').length
const ada = { sub: 'ada', email: 'ada@example.com', email_verified: true, name: 'Ada' }

describe('a token without an e-mail', () => {
  test('gets it from userinfo, with one call however many requests come at once and later', async () => {
    answers(ada)
    const users = await Promise.all([enter(), enter(), enter()])
    expect(users).toEqual(users.map(() => ({ id: expect.any(String), email: 'ada@example.com', name: 'Ada' })))
    expect(new Set(users.map(user => user?.id)).size).toBe(1)
    signIn = freshProcess()
    expect(await enter()).toEqual(users[0])
    expect(calls()).toBe(1)
  })

  test('is shown to userinfo as it came', async () => {
    let shown: string | undefined
    issuer.userinfo = (authorization, response) => {
      shown = authorization
      sendJson(response, 200, ada)
    }
    await enter()
    expect(shown).toBe('Bearer the-token')
  })

  test.each<[string, Record<string, unknown>]>([
    ['about somebody else', { ...ada, sub: 'eve' }],
    ['about nobody', { ...ada, sub: undefined }],
    ['with an e-mail that is not verified', { ...ada, email_verified: false }],
    ['with an e-mail of which it does not say', { ...ada, email_verified: undefined }],
    ['without an e-mail', { sub: 'ada' }],
  ])('has no user where userinfo answers %s, and is not asked about again for a while', async (_what, profile) => {
    answers(profile)
    expect([await enter(), await enter()]).toEqual([null, null])
    expect(calls()).toBe(1)
    answers(ada)
    now += 15 * 60_000
    expect(await enter()).toMatchObject({ email: 'ada@example.com' })
  })

  test('has no user while userinfo fails, without failing itself, and has one soon after it works', async () => {
    issuer.userinfo = (_authorization, response) => sendJson(response, 500, {})
    expect([await enter(), await enter()]).toEqual([null, null])
    expect(calls()).toBe(1)
    answers(ada)
    now += 30_000
    expect(await enter()).toMatchObject({ email: 'ada@example.com' })
  })

  test('has no user where userinfo never answers, leads elsewhere, or talks nonsense', async () => {
    issuer.userinfo = () => undefined
    expect(await enter()).toBeNull()
    issuer.userinfo = (_authorization, response) => response.writeHead(302, { location: `${issuer.url}/elsewhere` }).end()
    expect(await enter({ sub: 'bob' })).toBeNull()
    issuer.userinfo = (_authorization, response) => response.end('<html>')
    expect(await enter({ sub: 'cy' })).toBeNull()
    expect(issuer.asked).not.toContain('/elsewhere')
  })

  test('is not shown to userinfo where its scopes do not allow that', async () => {
    answers(ada)
    expect(await enter({ scope: 'timeline email' })).toBeNull()
    expect(calls()).toBe(0)
    expect(await enter({ scope: 'openid timeline' })).not.toBeNull()
  })

  test('leaves neither itself nor an e-mail in the log', async () => {
    answers({ ...ada, email_verified: false })
    await enter()
    expect(logs.join('')).toContain('no verified e-mail')
    expect(logs.join('')).not.toMatch(/the-token|ada@example/)
  })
})

test('a token with a verified e-mail asks nobody', async () => {
  expect(await enter({ email: 'ada@example.com', email_verified: true })).toMatchObject({ email: 'ada@example.com' })
  expect(calls()).toBe(0)
})

test('a token that says its e-mail is not verified has no user, whoever its subject was, and asks nobody', async () => {
  answers(ada)
  await enter({ email: 'ada@example.com', email_verified: true })
  expect(await enter({ email: 'boss@example.com', email_verified: false })).toBeNull()
  expect(calls()).toBe(0)
})

test.each<[string, Record<string, unknown>]>([
  ['whose subject is its client', { sub: 'reporting', client_id: 'reporting' }],
  ['whose subject is its authorised party', { sub: 'reporting', azp: 'reporting' }],
  ['as Auth0 makes them', { sub: 'reporting@clients', gty: 'client-credentials' }],
  ['as Entra ID makes them', { sub: '3f2c', idtyp: 'app' }],
])('a machine %s has no user, although it had an e-mail, and userinfo is not asked', async (_what, claims) => {
  answers(ada)
  expect(await enter({ ...claims, email: 'ada@example.com', email_verified: true })).toBeNull()
  expect(calls()).toBe(0)
})
