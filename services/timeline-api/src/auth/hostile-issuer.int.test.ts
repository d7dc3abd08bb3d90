import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { json, startApi, type TestApi } from '../testing/api.ts'
import { sendJson } from '../testing/issuer.ts'
import { readDiscovery } from './identity-provider.ts'

/* An identity provider that is a customer's own, and means no good. */

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

/** The status of `/v1/me` for a token of an API whose issuer answers discovery as `answer` says, and the paths that were asked for. */
async function signInAt(answer: (response: ServerResponse, url: string) => void) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(response, url)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const other = await startApi({ OIDC_ISSUER: url })
  try {
    const { status } = await other.call('/v1/me', { iss: url })
    return { status, asked }
  } finally {
    await other.close()
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
}

test('is not followed to another address', async () => {
  const { status, asked } = await signInAt((response, url) => response.writeHead(302, { location: `${url}/internal` }).end())
  expect([status, asked]).toEqual([503, ['/.well-known/openid-configuration']])
})

test('cannot fill the memory with a document without end', async () => {
  let sent = 0
  const { status } = await signInAt(response => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const more = () => {
      while (!response.destroyed && sent < 1024 ** 3) {
        sent += 65_536
        if (!response.write(' '.repeat(65_536))) {
          response.once('drain', more)
          return
        }
      }
    }
    more()
  })
  expect(status).toBe(503)
  expect(sent).toBeLessThan(64 * 1024 ** 2)
})

test('cannot do so with a profile either: the person has no user, and reads all the same', async () => {
  const padding = 'x'.repeat(2 * 1024 * 1024)
  api.issuer.userinfo = (_authorization, response) =>
    sendJson(response, 200, { sub: 'padded', email: 'padded@northwind.example', email_verified: true, padding })
  const response = await api.call('/v1/me', { sub: 'padded', email: undefined, email_verified: undefined, name: undefined })
  expect([response.status, (await json<{ user: unknown }>(response)).user]).toEqual([200, null])
})

describe('a discovery document', () => {
  const issuer = 'https://login.example.com'
  const document = { issuer, jwks_uri: `${issuer}/jwks`, userinfo_endpoint: `${issuer}/userinfo` }

  test('of an issuer on https names no endpoint in the clear', () => {
    expect(readDiscovery(document, issuer)).toEqual(document)
    for (const name of ['jwks_uri', 'userinfo_endpoint']) {
      expect(() => readDiscovery({ ...document, [name]: 'http://169.254.169.254/latest' }, issuer)).toThrow('not on https')
      expect(() => readDiscovery({ ...document, [name]: 'file:///etc/passwd' }, issuer)).toThrow('not on https')
    }
  })

  test('is of the issuer it was asked of', () => {
    expect(() => readDiscovery({ ...document, issuer: 'https://login.example.org' }, issuer)).toThrow('names the issuer')
  })
})
