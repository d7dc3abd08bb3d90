import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import pg from 'pg'
import { z } from 'zod'
import type { Console } from '../stack/console.ts'
import type { Stack } from '../stack/stack.ts'
import type { Api } from './api.ts'
import { beginConnecting } from './connect.ts'

/**
 * Connects a workspace of the real Attio: asks a person to open a local page, which leads to Attio's consent page and back. A workspace
 * connected in an earlier run is taken as it is. Gives the connection's id.
 */
export async function connectRealWorkspace(stack: Stack, admin: Api, console: Console, signal: AbortSignal): Promise<string> {
  const known = await connectedBefore(stack.databaseUrl)
  const connectionId = known ?? (await connectByBrowser(stack, admin, console, signal))
  await registerMembers(stack.databaseUrl, admin, connectionId)
  return connectionId
}

async function connectByBrowser(stack: Stack, admin: Api, console: Console, signal: AbortSignal): Promise<string> {
  const page = new URL(stack.urls.frontend)
  const server = createServer()
  const connected = new Promise<string>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    server.on('request', (request, response) => {
      const url = new URL(request.url ?? '/', page)
      const connection = url.searchParams.get('connected')
      if (url.pathname === '/connect') {
        leadToAttio(admin, response).catch((error: unknown) => tell(response, 502, `This did not work: ${String(error)}`))
      } else if (connection) {
        tell(response, 200, 'Connected. You may close this page; the timeline grows in the terminal.')
        resolve(connection)
      } else {
        tell(
          response,
          200,
          `Not connected (${url.searchParams.get('error') ?? 'nothing happened yet'}). Open ${page.origin}/connect to try again.`,
        )
      }
    })
  })
  server.listen(Number(page.port), page.hostname)
  await once(server, 'listening')
  console.say(
    [
      `Open ${page.origin}/connect in a browser on this machine to connect your Attio workspace.`,
      `Your Attio app must list this redirect URI: ${stack.urls.api}/v1/integrations/attio/callback`,
      `${stack.urls.gateway} must lead to http://127.0.0.1:${stack.gatewayPort}.`,
    ].join('\n'),
  )
  try {
    return await connected
  } finally {
    server.close()
    server.closeIdleConnections()
  }
}

/** The API's cookie is for its host, and hosts do not tell ports apart, so this page may set it for the browser. */
async function leadToAttio(admin: Api, response: ServerResponse): Promise<void> {
  const { authorizeUrl, cookies } = await beginConnecting(admin)
  response.writeHead(302, { location: authorizeUrl.href, 'set-cookie': cookies }).end()
}

function tell(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}

const connectionRow = z.object({ id: z.string() })
const memberRow = z.object({ email: z.string(), name: z.string().nullable() })

async function connectedBefore(databaseUrl: string): Promise<string | undefined> {
  const rows = await read(databaseUrl, `SELECT id FROM connection WHERE state IN ('connected', 'degraded') ORDER BY created_at LIMIT 1`, [])
  return z.array(connectionRow).parse(rows)[0]?.id
}

/** Everybody in the workspace becomes a user here: without a user for its member a line stays hidden. */
async function registerMembers(databaseUrl: string, admin: Api, connectionId: string): Promise<void> {
  const rows = await read(
    databaseUrl,
    `SELECT email, nullif(concat_ws(' ', first_name, last_name), '') AS name FROM member WHERE connection_id = $1 AND email IS NOT NULL`,
    [connectionId],
  )
  const users = z.array(memberRow).parse(rows)
  if (users.length > 0) await admin.call('POST', '/v1/users', z.unknown(), { users })
}

async function read(databaseUrl: string, text: string, values: unknown[]): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}
