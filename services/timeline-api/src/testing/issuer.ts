import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

export const audience = 'https://api.test.example'

export type TestIssuer = {
  url: string
  /** Signs a token; claims override the usual ones, `undefined` leaves one out. `lifetime` in seconds may be negative. */
  token(claims?: Record<string, unknown>, options?: { lifetime?: number; stranger?: boolean }): Promise<string>
  /** Whether it answers; tokens can be signed all the same. */
  reachable: boolean
  /** How userinfo answers a token; it refuses unless a test says otherwise. */
  userinfo: (authorization: string | undefined, response: ServerResponse) => void
  /** The paths asked for so far. */
  asked: string[]
  close(): Promise<void>
}

/** A small identity provider: discovery, one key, userinfo, and tokens signed with the key (or with a stranger's of the same name). */
export async function startIssuer(): Promise<TestIssuer> {
  const [own, stranger] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')])
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'test', alg: 'ES256', use: 'sig' }
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    issuer.asked.push(request.url ?? '')
    if (!issuer.reachable) request.socket.destroy()
    else if (request.url === '/jwks') sendJson(response, 200, { keys: [jwk] })
    else if (request.url === '/userinfo') issuer.userinfo(request.headers.authorization, response)
    else sendJson(response, 200, { issuer: url, jwks_uri: `${url}/jwks`, userinfo_endpoint: `${url}/userinfo` })
  }
  const server = createServer(answer)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const issuer: TestIssuer = {
    url,
    reachable: true,
    asked: [],
    userinfo: (_authorization, response) => sendJson(response, 403, { error: 'insufficient_scope' }),
    async token(claims = {}, options = {}) {
      const now = Math.floor(Date.now() / 1000)
      const usual = {
        iss: url,
        aud: audience,
        sub: 'ada',
        iat: now,
        exp: now + (options.lifetime ?? 600),
        org: 'northwind',
        role: 'member',
      }
      const person = { email: 'ada.lovelace@northwind.example', email_verified: true, name: 'Ada Lovelace' }
      const signer = new SignJWT({ ...usual, ...person, ...claims }).setProtectedHeader({ alg: 'ES256', kid: 'test' })
      return await signer.sign((options.stranger ? stranger : own).privateKey)
    },
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return issuer
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
