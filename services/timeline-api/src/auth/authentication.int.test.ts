import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { generateSecret, SignJWT } from 'jose'
import { json, startApi, type TestApi, until } from '../testing/api.ts'
import { audience } from '../testing/issuer.ts'

type Me = { user: { id: string } | null; organization: { id: string } }
type Problem = { code: string }

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

async function me(authorization?: string) {
  const response = await fetch(`${api.url}/v1/me`, authorization === undefined ? {} : { headers: { authorization } })
  return { status: response.status, body: await json<Problem>(response), headers: response.headers }
}

describe('a request', () => {
  test('of a person is answered with user, organisation and role', async () => {
    const response = await api.call('/v1/me', { role: 'admin' })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      user: { id: expect.any(String), email: 'ada.lovelace@northwind.example', name: 'Ada Lovelace' },
      organization: { id: expect.any(String), external_id: 'northwind', name: 'northwind' },
      role: 'admin',
    })
  })

  test('of the same person again finds the same user, however the e-mail is written', async () => {
    const ids = await Promise.all(
      ['grace@northwind.example', 'GRACE@Northwind.example'].map(async email => {
        return (await json<Me>(await api.call('/v1/me', { email, sub: 'grace' }))).user?.id
      }),
    )
    expect(new Set(ids).size).toBe(1)
  })

  test.each([
    ['has no token', undefined],
    ['has another scheme', 'Basic YWRhOnNlY3JldA=='],
    ['has something that is no token', 'Bearer nonsense'],
  ])('that %s is refused with 401', async (_what, authorization) => {
    const { status, body, headers } = await me(authorization)
    expect(status).toBe(401)
    expect(headers.get('content-type')).toContain('application/problem+json')
    expect(headers.get('www-authenticate')).toMatch(/^Bearer/)
    expect(body).toMatchObject({ code: 'unauthenticated', status: 401, request_id: expect.any(String) })
  })

  test.each<[string, Record<string, unknown>, { lifetime?: number; stranger?: boolean }]>([
    ['that ended more than five seconds ago', {}, { lifetime: -10 }],
    ['signed by a stranger under our key id', {}, { stranger: true }],
    ['for another audience', { aud: 'https://elsewhere.example' }, {}],
    ['of another issuer', { iss: 'https://elsewhere.example' }, {}],
    ['that never ends', { exp: undefined }, {}],
    ['without a subject', { sub: undefined }, {}],
  ])('with a token %s is refused with 401', async (_what, claims, options) => {
    expect((await me(`Bearer ${await api.issuer.token(claims, options)}`)).status).toBe(401)
  })

  test('with a token signed by a shared secret, or by nobody, is refused with 401', async () => {
    const claims = { iss: api.issuer.url, aud: audience, sub: 'ada', org: 'northwind', exp: Math.floor(Date.now() / 1000) + 60 }
    const shared = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'test' }).sign(await generateSecret('HS256'))
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
    const unsigned = `${encode({ alg: 'none', kid: 'test' })}.${encode(claims)}.`
    expect((await me(`Bearer ${shared}`)).status).toBe(401)
    expect((await me(`Bearer ${unsigned}`)).status).toBe(401)
  })

  test('is refused with 403 where the token names no organisation', async () => {
    const { status, body } = await me(`Bearer ${await api.issuer.token({ org: undefined })}`)
    expect([status, body.code]).toEqual([403, 'organization_missing'])
  })

  test.each([
    ['false', false],
    ['absent', undefined],
    ['of an odd type', 1],
  ])('whose e-mail verification is %s makes no user, since people are matched by e-mail', async (_what, email_verified) => {
    const response = await api.call('/v1/me', { sub: 'mallory', email: 'mallory@northwind.example', email_verified })
    expect([response.status, (await json<Me>(response)).user]).toEqual([200, null])
    const { rows } = await api.database.pool.query(`select 1 from app_user where email_folded = 'mallory@northwind.example'`)
    expect(rows).toEqual([])
  })

  test('that comes many at once at first sight makes one organisation and one user', async () => {
    const claims = { org: 'initech', sub: 'milton', email: 'milton@initech.example' }
    const answers = await Promise.all(Array.from({ length: 10 }, () => api.call('/v1/me', claims)))
    const bodies = await Promise.all(answers.map(answer => json<Me>(answer)))
    expect(new Set(bodies.map(body => `${body.organization.id} ${body.user?.id}`)).size).toBe(1)
  })

  test('gets 503 and not 401 while the identity provider cannot be reached, and works once it can', async () => {
    const other = await startApi()
    try {
      other.issuer.reachable = false
      const response = await other.call('/v1/me')
      expect([response.status, (await json<Problem>(response)).code]).toEqual([503, 'identity_provider_unavailable'])
      expect(response.headers.get('retry-after')).toBeTruthy()
      other.issuer.reachable = true
      expect(await until(async () => (await other.call('/v1/me')).ok)).toBe(true)
    } finally {
      await other.close()
    }
  })
})

describe('a browser', () => {
  test('of the frontend may call with credentials, one of another origin is not told so', async () => {
    const ask = (origin: string) =>
      fetch(`${api.url}/v1/me`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET' } })
    const [ours, other] = await Promise.all([ask('http://app.test.example'), ask('https://evil.example')])
    expect(ours.headers.get('access-control-allow-origin')).toBe('http://app.test.example')
    expect(ours.headers.get('access-control-allow-credentials')).toBe('true')
    expect(other.headers.get('access-control-allow-origin')).not.toBe('https://evil.example')
  })
})
