import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { AUDIENCE, COMMAND_LINE_CLIENT, COMMAND_LINE_REDIRECT, people } from './people.ts'

const metadata = z.object({ authorization_endpoint: z.url(), token_endpoint: z.url() })
const tokens = z.object({ access_token: z.string() })

/**
 * Signs one of the made-up people in at a running provider and gives an access token for the API (a JWT, valid for 12 h). It walks the
 * authorisation-code flow with PKCE as a browser does; the provider has no short cut anybody could misuse.
 */
export async function mintToken(issuer: string, email: string): Promise<string> {
  const person = people.find(someone => someone.email === email)
  if (!person) throw new Error(`Nobody signs in as ${email}; there are ${people.map(someone => someone.email).join(', ')}.`)
  const endpoints = metadata.parse(await (await fetch(`${issuer}/.well-known/openid-configuration`)).json())
  const verifier = randomBytes(32).toString('base64url')
  const start = new URL(endpoints.authorization_endpoint)
  start.search = new URLSearchParams({
    client_id: COMMAND_LINE_CLIENT,
    response_type: 'code',
    scope: 'openid email profile timeline',
    redirect_uri: COMMAND_LINE_REDIRECT,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    resource: AUDIENCE,
  }).toString()
  const code = await signIn(start, person.sub)
  const response = await fetch(endpoints.token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: COMMAND_LINE_CLIENT,
      redirect_uri: COMMAND_LINE_REDIRECT,
      code,
      code_verifier: verifier,
      resource: AUDIENCE,
    }),
  })
  if (!response.ok) throw new Error(`The identity provider gave no token: ${response.status} ${await response.text()}`)
  return tokens.parse(await response.json()).access_token
}

/** Follows the redirects, chooses the person on the sign-in page, and takes the code from the last redirect without going there. */
async function signIn(start: URL, sub: string): Promise<string> {
  const cookies = new Map<string, string>()
  const visit = async (url: URL, init: RequestInit = {}): Promise<URL> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const location = response.headers.get('location')
    if (!location) throw new Error(`The identity provider did not lead on: ${response.status} ${await response.text()}`)
    return new URL(location, url)
  }
  let url = await visit(start)
  for (let hops = 0; hops < 10; hops += 1) {
    if (url.href.startsWith(COMMAND_LINE_REDIRECT)) {
      const code = url.searchParams.get('code')
      if (!code) throw new Error(`Signing in failed: ${url.searchParams.get('error_description') ?? url.search}`)
      return code
    }
    url = url.pathname.startsWith('/sign-in/') ? await visit(url, { method: 'POST', body: new URLSearchParams({ sub }) }) : await visit(url)
  }
  throw new Error('Signing in went round in circles.')
}
