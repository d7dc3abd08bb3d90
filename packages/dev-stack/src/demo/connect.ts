import { z } from 'zod'
import { StartError } from '../stack/start-error.ts'
import { type Api, toError } from './api.ts'

const authorization = z.object({ authorize_url: z.url() })

/**
 * Connects a workspace of the simulator the way an admin does in a browser: authorise, consent page, callback, with the cookie that binds the
 * browser. Gives the connection's id. `reach` turns the address of the consent page into one this machine reaches, where they differ.
 */
export async function connectWorkspace(admin: Api, workspace: string, reach = (address: URL): URL => address): Promise<string> {
  const { authorizeUrl: named, cookies } = await beginConnecting(admin)
  const authorizeUrl = reach(named)
  const cookie = cookies.map(line => line.split(';')[0]).join('; ')
  await leadOn(await fetch(authorizeUrl), 200)
  const consent = await fetch(new URL(authorizeUrl.pathname, authorizeUrl), {
    method: 'POST',
    body: new URLSearchParams([...authorizeUrl.searchParams, ['workspace', workspace], ['decision', 'allow']]),
    redirect: 'manual',
  })
  const callback = await leadOn(consent, 302)
  const back = new URL(await leadOn(await fetch(callback, { headers: { cookie }, redirect: 'manual' }), 303))
  const connection = back.searchParams.get('connected')
  if (!connection) throw new StartError(`The demo workspace could not be connected: ${back.searchParams.get('error') ?? back.href}`)
  return connection
}

/** Asks the API to begin: Attio's consent page and the `Set-Cookie` lines that bind the browser which goes there. */
export async function beginConnecting(admin: Api): Promise<{ authorizeUrl: URL; cookies: string[] }> {
  const response = await fetch(`${admin.url}/v1/integrations/attio/authorize`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await admin.token()}` },
  })
  if (!response.ok) throw await toError('POST /v1/integrations/attio/authorize', response)
  return {
    authorizeUrl: new URL(authorization.parse(await response.json()).authorize_url),
    cookies: response.headers.getSetCookie(),
  }
}

/** The address a redirect leads to; anything but the status that belongs here is told. */
async function leadOn(response: Response, status: number): Promise<string> {
  const text = await response.text()
  if (response.status === status) return response.headers.get('location') ?? ''
  throw new StartError(`Connecting stopped at ${response.url}, which answered ${response.status}: ${text.slice(0, 300)}`)
}
