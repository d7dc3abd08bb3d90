import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { mintToken } from './mint-token.ts'
import { AUDIENCE, people } from './people.ts'
import { type IdentityProvider, startIdentityProvider } from './server.ts'

const frontend = 'http://127.0.0.1:4004'
let provider: IdentityProvider

beforeAll(async () => {
  provider = await startIdentityProvider({ port: 0, frontend })
})

afterAll(() => provider.close())

test.each(people)("$email's token says who they are and checks against the published keys", async person => {
  const token = await mintToken(provider.issuer, person.email)
  const keys = createRemoteJWKSet(new URL(`${provider.issuer}/jwks`))
  const { payload, protectedHeader } = await jwtVerify(token, keys, { issuer: provider.issuer, audience: AUDIENCE })
  expect(protectedHeader.alg).toBe('RS256')
  expect(payload).toMatchObject({ ...person, email_verified: true })
})

test('a machine gets a token of its organisation by its own credentials', async () => {
  const response = await askForMachineToken('development-only-secret')
  expect(response.status).toBe(200)
  const { access_token } = (await response.json()) as { access_token: string }
  expect(decodeJwt(access_token)).toMatchObject({ sub: 'globex-machine', org: 'globex', role: 'admin', aud: AUDIENCE })
})

test('a wrong secret, a code flow without PKCE and an unknown redirect get nothing', async () => {
  expect((await askForMachineToken('wrong')).status).toBe(401)
  const query = { client_id: 'worksights-web', response_type: 'code', scope: 'openid', redirect_uri: `${frontend}/sign-in/callback` }
  const noPkce = await fetch(`${provider.issuer}/auth?${new URLSearchParams(query)}`, { redirect: 'manual' })
  expect(noPkce.headers.get('location')).toContain('error=invalid_request')
  const elsewhere = await fetch(`${provider.issuer}/auth?${new URLSearchParams({ ...query, redirect_uri: 'http://evil.example/' })}`)
  expect(elsewhere.status).toBe(400)
})

test('only the front end may read tokens from a browser', async () => {
  const corsFor = async (origin: string) => {
    const body = new URLSearchParams({ grant_type: 'authorization_code', client_id: 'worksights-web', code: 'none' })
    const response = await fetch(`${provider.issuer}/token`, { method: 'POST', headers: { origin }, body })
    return response.headers.get('access-control-allow-origin')
  }
  expect(await corsFor(frontend)).toBe(frontend)
  expect(await corsFor('http://evil.example')).not.toBe('http://evil.example')
})

function askForMachineToken(secret: string): Promise<Response> {
  return fetch(`${provider.issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`globex-machine:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource: AUDIENCE, scope: 'timeline' }),
  })
}
