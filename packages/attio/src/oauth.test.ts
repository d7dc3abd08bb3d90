import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Answer, answeringServer } from '../test/answering-server.ts'
import { buildAuthorizeUrl, exchangeCode, introspect } from './oauth.ts'

let server: Awaited<ReturnType<typeof answeringServer>>
let answer: Answer
beforeEach(async () => {
  server = await answeringServer(() => answer)
})
afterEach(() => server.close())

const exchange = () =>
  exchangeCode({
    ...{ appUrl: `${server.url}/`, clientId: 'c-1', clientSecret: 's&cret', code: 'co+de' },
    redirectUri: 'https://api.example/callback?x=1',
  })

describe('OAuth', () => {
  test('the authorise URL carries client, redirect and state, each escaped', () => {
    const input = { clientId: 'c 1', redirectUri: 'https://api.example/callback?x=1&y=2', state: 's/t=' }
    const url = new URL(buildAuthorizeUrl({ appUrl: 'https://app.attio.com', ...input }))
    expect(url.origin + url.pathname).toBe('https://app.attio.com/authorize')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      ...{ client_id: 'c 1', response_type: 'code', redirect_uri: input.redirectUri, state: 's/t=' },
    })
  })

  test('the code is exchanged by a form', async () => {
    answer = { body: { access_token: 'tok', token_type: 'Bearer' } }
    expect(await exchange()).toMatchObject({ ok: true, data: { accessToken: 'tok' } })
    expect(server.asked).toMatchObject([
      { method: 'POST', url: '/oauth/token', headers: { 'content-type': expect.stringMatching(/^application\/x-www-form-urlencoded/) } },
    ])
    expect(Object.fromEntries(new URLSearchParams(server.asked[0]?.body))).toEqual({
      ...{ client_id: 'c-1', client_secret: 's&cret', grant_type: 'authorization_code', code: 'co+de' },
      redirect_uri: 'https://api.example/callback?x=1',
    })
  })

  test('a code that was used is an invalid request, and the reply tells neither code nor secret', async () => {
    answer = { status: 400, body: { error: 'invalid_grant', error_description: 'Code co+de of s&cret was used' } }
    expect(await exchange()).toMatchObject({
      ok: false,
      error: { kind: 'invalid_request', code: 'invalid_grant', message: 'Code [redacted] of [redacted] was used' },
    })
  })

  test('a reply without a token is unexpected', async () => {
    answer = { body: { access_token: '' } }
    expect(await exchange()).toMatchObject({ ok: false, error: { kind: 'unexpected_reply' } })
  })

  test('introspection says whose token it is, or that it is dead', async () => {
    answer = { body: { active: true, scope: 'note:read', workspace_id: 'w', workspace_name: 'W', exp: null } }
    const input = { appUrl: server.url, token: 'tok' }
    expect(await introspect(input)).toMatchObject({ ok: true, data: { active: true, workspace_id: 'w' } })
    expect(server.asked).toMatchObject([{ method: 'POST', url: '/oauth/introspect', headers: { authorization: 'Bearer tok' } }])
    answer = { body: { active: false } }
    expect(await introspect(input)).toMatchObject({ ok: true, data: { active: false } })
  })
})
