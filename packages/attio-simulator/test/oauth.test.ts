import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type OpenSimulator, openSimulator, text } from './harness.ts'

let attio: OpenSimulator
beforeAll(async () => {
  attio = await openSimulator()
})
afterAll(() => attio.close())

const redirectUri = 'http://localhost:4000/callback'
const asked = { client_id: 'simulator-client', response_type: 'code', redirect_uri: redirectUri, state: 'a state & more' }
const form = (path: string, fields: Record<string, string>) =>
  fetch(attio.url + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
const exchange = (code: string, more: Record<string, string> = {}) =>
  form('/oauth/token', {
    client_id: 'simulator-client',
    client_secret: 'simulator-secret',
    grant_type: 'authorization_code',
    code,
    ...more,
  })

async function consent(workspace = 'northwind'): Promise<string> {
  const answered = await form('/authorize', { ...asked, workspace, decision: 'allow' })
  return new URL(answered.headers.get('location') ?? '').searchParams.get('code') ?? ''
}

describe('connecting', () => {
  test('leads from the consent page to a token of the chosen workspace, for the admin who allowed it', async () => {
    const page = await attio.ask('GET', `/authorize?${new URLSearchParams(asked)}`)
    expect(page.status).toBe(200)
    expect(page.body).toContain('<form method="post" action="/authorize">')
    expect(page.body).toContain('name="state" value="a state &#38; more"')
    const answered = await form('/authorize', { ...asked, workspace: 'globex', decision: 'allow' })
    expect(answered.status).toBe(302)
    const back = new URL(answered.headers.get('location') ?? '')
    expect(`${back.origin}${back.pathname}`).toBe(redirectUri)
    expect(back.searchParams.get('state')).toBe(asked.state)
    const reply: unknown = await (await exchange(back.searchParams.get('code') ?? '')).json()
    expect(reply).toEqual({ access_token: expect.any(String), token_type: 'Bearer' })
    const authorization = `Bearer ${text(reply, 'access_token')}`
    const self = await attio.ask('GET', '/v2/self', undefined, { authorization })
    expect(self.body).toMatchObject({ active: true, workspace_slug: 'globex', workspace_name: 'Globex' })
    expect((await attio.ask('POST', '/oauth/introspect', undefined, { authorization })).body).toEqual(self.body)
    const admin = attio.simulator.world
      .find('globex')
      ?.members.all()
      .find(member => member.accessLevel === 'admin')
    expect(text(self.body, 'authorized_by_workspace_member_id')).toBe(admin?.id)
  })

  test('denied, leads back with access_denied and the state', async () => {
    const answered = await form('/authorize', { ...asked, workspace: 'northwind', decision: 'deny' })
    const back = new URL(answered.headers.get('location') ?? '')
    expect(Object.fromEntries(back.searchParams)).toEqual({ error: 'access_denied', state: asked.state })
  })

  test('a code works once, with the right secret and redirect', async () => {
    const code = await consent()
    expect((await exchange(code, { client_secret: 'wrong' })).status).toBe(401)
    expect((await exchange(code)).status).toBe(200)
    expect(await (await exchange(code)).json()).toMatchObject({ error: 'invalid_grant' })
    expect((await exchange(await consent(), { redirect_uri: 'http://localhost:1/other' })).status).toBe(400)
  })

  test.each([
    ['an unknown client', { client_id: 'stranger' }],
    ['a redirect to elsewhere', { redirect_uri: 'https://evil.example/callback' }],
    ['another response type', { response_type: 'token' }],
  ])('%s gets a page that says so and is sent nowhere', async (_, changed) => {
    const page = await attio.ask('GET', `/authorize?${new URLSearchParams({ ...asked, ...changed })}`)
    expect(page.status).toBe(400)
    expect(page.headers.get('location')).toBeNull()
    expect((await form('/authorize', { ...asked, ...changed, workspace: 'northwind', decision: 'allow' })).status).toBe(400)
  })

  test('a path fault can break the exchange', async () => {
    await attio.faults({ paths: [{ path: '^/oauth/token$', status: 503, times: 1, body: 'down', content_type: 'text/plain' }] })
    const code = await consent()
    expect((await exchange(code)).status).toBe(503)
    expect((await exchange(code)).status).toBe(200)
  })

  test('configured redirects must match exactly', async () => {
    const strict = await openSimulator({ redirectUris: ['https://app.example/callback'] })
    const page = (redirect_uri: string) => strict.ask('GET', `/authorize?${new URLSearchParams({ ...asked, redirect_uri })}`)
    const statuses = [await page('https://app.example/callback'), await page('https://app.example/callback/'), await page(redirectUri)]
    await strict.close()
    expect(statuses.map(({ status }) => status)).toEqual([200, 400, 400])
  })
})
