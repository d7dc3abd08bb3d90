import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { exportSPKI, importJWK, type JWK, SignJWT } from 'jose'
import { json, startApi, type TestApi } from '../testing/api.ts'
import { startIssuer, type TestIssuer } from '../testing/issuer.ts'

type Me = { user: { id: string } | null; organization: { id: string; external_id: string }; role: string; code?: string }

/** Speaks for Acme only. */
let acme: TestIssuer
/** Two that name organisations by claims, each in its own way. */
let staff: TestIssuer
let partners: TestIssuer
/** Known to nobody. */
let stray: TestIssuer
let api: TestApi

beforeAll(async () => {
  ;[acme, staff, partners, stray] = await Promise.all([startIssuer(), startIssuer(), startIssuer(), startIssuer()])
  api = await startApi({
    OIDC_ISSUER: '',
    OIDC_AUDIENCE: '',
    OIDC_ISSUERS: JSON.stringify([
      { issuer: acme.url, audience: 'acme-api', organization: 'acme' },
      { issuer: staff.url, audience: 'staff-api' },
      {
        ...{ issuer: partners.url, audience: 'partners-api' },
        ...{ organization_claim: 'tenant.key', role_claim: 'https://partners.example/roles', admin_values: ['owner'] },
      },
    ]),
  })
})
afterAll(async () => {
  await api.close()
  await Promise.all([acme, staff, partners, stray].map(issuer => issuer.close()))
})

const ofAcme = (claims: Record<string, unknown> = {}) => acme.token({ aud: 'acme-api', ...claims })
const ofStaff = (claims: Record<string, unknown> = {}) => staff.token({ aud: 'staff-api', ...claims })
const ofPartners = (claims: Record<string, unknown> = {}) =>
  partners.token({ aud: 'partners-api', tenant: { key: 'northwind' }, ...claims })

async function me(token: string) {
  const response = await fetch(`${api.url}/v1/me`, { headers: { authorization: `Bearer ${token}` } })
  return { status: response.status, ...(await json<Me>(response)) }
}
const organizations = async () =>
  (await api.database.pool.query<{ name: string }>('select external_id as name from organization order by 1')).rows.map(row => row.name)

describe('an issuer that is pinned to an organisation', () => {
  test.each([
    ['name none', undefined],
    ['name another', 'northwind'],
    ['name it', 'acme'],
  ])('speaks for that one, although its tokens %s', async (_what, org) => {
    const { status, organization } = await me(await ofAcme({ org }))
    expect([status, organization.external_id]).toEqual([200, 'acme'])
  })

  test('alone speaks for it: a token of another issuer that names it is refused with 403 and changes nothing', async () => {
    const before = await api.database.pool.query('select count(*)::int as users from app_user')
    for (const token of [await ofStaff({ org: 'acme', role: 'admin', sub: 'eve' }), await ofPartners({ tenant: { key: 'acme' } })]) {
      expect(await me(token)).toMatchObject({ status: 403, code: 'organization_refused' })
    }
    expect((await api.database.pool.query('select count(*)::int as users from app_user')).rows).toEqual(before.rows)
  })
})

describe('issuers that are not pinned', () => {
  test('name organisations by their own claims, and the same name is the same organisation', async () => {
    const [one, other] = [await me(await ofStaff({ org: 'globex' })), await me(await ofPartners({ tenant: { key: 'globex' } }))]
    expect([one.organization.external_id, other.organization.id]).toEqual(['globex', one.organization.id])
  })

  test('tell an admin each in its own way, and never in the other’s', async () => {
    const role = async (token: Promise<string>) => (await me(await token)).role
    const owner = { 'https://partners.example/roles': ['reader', 'owner'] }
    expect([await role(ofStaff({ role: 'admin' })), await role(ofPartners(owner))]).toEqual(['admin', 'admin'])
    expect([await role(ofStaff({ ...owner })), await role(ofPartners({ role: 'admin' }))]).toEqual(['member', 'member'])
  })

  test('mean one person by one verified e-mail, and two by one subject', async () => {
    const ids = [
      await me(await ofStaff({ sub: 'one', email: 'grace@northwind.example' })),
      await me(await ofPartners({ sub: 'two', email: 'Grace@northwind.example' })),
      await me(await ofPartners({ sub: 'one', email: 'hedy@northwind.example' })),
    ].map(({ user }) => user?.id)
    expect(ids[1]).toBe(ids[0])
    expect(ids[2]).not.toBe(ids[0])
  })

  test.each([
    ['nothing', undefined],
    ['an empty text', ' '],
    ['a number', 7],
    ['what the database cannot hold', 'north\u0000wind'],
  ])('refuse with 403 whoever’s claim is %s', async (_what, org) => {
    expect(await me(await ofStaff({ org }))).toMatchObject({ status: 403, code: 'organization_missing' })
  })
})

describe('a token', () => {
  test('signed by one issuer in the name of another is refused with 401', async () => {
    expect((await me(await staff.token({ iss: acme.url, aud: 'acme-api' }))).status).toBe(401)
    expect((await me(await acme.token({ iss: staff.url, aud: 'staff-api', org: 'northwind' }))).status).toBe(401)
  })

  test('for the audience of another issuer is refused with 401', async () => {
    expect((await me(await staff.token({ aud: 'acme-api' }))).status).toBe(401)
    expect((await me(await staff.token({ aud: ['staff-api', 'acme-api'] }))).status).toBe(200)
  })

  test('of an unknown issuer is refused with 401, and nobody is asked about it', async () => {
    expect((await me(await stray.token({ aud: 'staff-api' }))).status).toBe(401)
    expect((await me(await staff.token({ aud: 'staff-api', iss: undefined }))).status).toBe(401)
    expect(stray.asked).toEqual([])
  })

  test('signed with the public key as a shared secret, or by nobody, is refused with 401', async () => {
    const { keys } = await json<{ keys: JWK[] }>(await fetch(`${staff.url}/jwks`))
    const publicKey = await importJWK(keys[0] ?? {}, 'ES256', { extractable: true })
    if (publicKey instanceof Uint8Array) throw new Error('The key is no public key.')
    const claims = {
      iss: staff.url,
      aud: 'staff-api',
      sub: 'eve',
      org: 'northwind',
      role: 'admin',
      exp: Math.floor(Date.now() / 1000) + 60,
    }
    const shared = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'test' })
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
    for (const secret of [await exportSPKI(publicKey), JSON.stringify(keys[0])]) {
      expect((await me(await shared.sign(new TextEncoder().encode(secret)))).status).toBe(401)
    }
    expect((await me(`${encode({ alg: 'none' })}.${encode(claims)}.`)).status).toBe(401)
  })

  test('that has ended, or has not begun, is refused with 401', async () => {
    const now = Math.floor(Date.now() / 1000)
    expect((await me(await ofStaff({ exp: now - 10 }))).status).toBe(401)
    expect((await me(await ofStaff({ nbf: now + 60 }))).status).toBe(401)
    expect((await me(await ofStaff({ nbf: now - 60 }))).status).toBe(200)
  })

  test('whose subject the database cannot hold is refused with 401', async () => {
    for (const sub of ['a\u0000b', 'x'.repeat(256), '']) expect((await me(await ofStaff({ sub }))).status).toBe(401)
  })

  test('with a name the database cannot hold is taken without it', async () => {
    expect(await me(await ofStaff({ sub: 'nul', email: 'nul@northwind.example', name: 'N\u0000l' }))).toMatchObject({
      status: 200,
      user: { email: 'nul@northwind.example', name: null },
    })
  })

  test('without the admin role that an earlier one had takes it away, and gives it back with the next', async () => {
    const roles = ['admin', 'member', ['member', 'admin'], null]
    const seen = []
    for (const role of roles) seen.push((await me(await ofStaff({ role }))).role)
    expect(seen).toEqual(['admin', 'member', 'admin', 'member'])
  })
})

describe('a machine', () => {
  const machine = (claims: Record<string, unknown> = {}) =>
    ofStaff({ sub: 'nightly-sync', client_id: 'nightly-sync', role: undefined, ...claims })
  const call = async (path: string, token: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    return await fetch(api.url + path, { ...init, headers })
  }

  test('reads, has no user, and manages only where its role claim says admin', async () => {
    const users = { method: 'POST', body: JSON.stringify({ users: [{ email: 'synced@northwind.example' }] }) }
    expect(await me(await machine())).toMatchObject({ status: 200, user: null, role: 'member' })
    expect((await call('/v1/timeline', await machine())).status).toBe(200)
    expect((await call('/v1/users', await machine(), users)).status).toBe(403)
    expect((await call('/v1/users', await machine({ role: 'admin' }), users)).status).toBe(200)
    const trail = await json<{ data: unknown[] }>(await call('/v1/audit', await machine({ role: 'admin' })))
    expect(trail.data).toMatchObject([{ action: 'users.registered', actor: { user_id: null, name: 'nightly-sync' } }])
  })

  test('cannot connect a workspace, even as an admin, since that is authorised by a person', async () => {
    const response = await call('/v1/integrations/attio/authorize', await machine({ role: 'admin' }), { method: 'POST' })
    expect([response.status, (await json<Me>(response)).code]).toEqual([403, 'person_required'])
  })
})

test('an issuer that does not answer holds up nobody of the others', async () => {
  const down = await startIssuer()
  const other = await startApi({
    OIDC_ISSUER: '',
    OIDC_AUDIENCE: '',
    OIDC_ISSUERS: JSON.stringify([
      { issuer: down.url, audience: 'api', organization: 'initech' },
      { issuer: staff.url, audience: 'staff-api' },
    ]),
  })
  try {
    down.reachable = false
    const ask = (token: string) => fetch(`${other.url}/v1/me`, { headers: { authorization: `Bearer ${token}` } })
    expect((await ask(await down.token({ aud: 'api' }))).status).toBe(503)
    expect((await ask(await ofStaff())).status).toBe(200)
  } finally {
    await other.close()
    await down.close()
  }
})

test('no organisation came to be by anything that was refused', async () => {
  expect(await organizations()).toEqual(['acme', 'globex', 'northwind'])
})
