import { rename, rm, writeFile } from 'node:fs/promises'
import { AUDIENCE, people, WEB_CLIENT } from '@worksights/identity-provider'
import pg from 'pg'
import type { Stack } from '../stack/stack.ts'

export type Tokens = ReadonlyMap<string, string>

/** Everything a script needs to use a running stack: addresses, the webhook endpoints of the demo workspace, a token for each person. */
export async function describeStack(stack: Stack, tokens: Tokens, connectionId: string): Promise<object> {
  const { urls } = stack
  const person = (org: string, role: string) => {
    const found = people.find(someone => someone.org === org && someone.role === role)
    return found && { email: found.email, name: found.name, token: tokens.get(found.email) }
  }
  const endpoints = await webhookEndpoints(stack, connectionId)
  return {
    pid: process.pid,
    processes: stack.processes,
    urls: { ...urls, timeline: `${urls.api}/v1/timeline`, openapi: `${urls.api}/openapi.json`, docs: `${urls.api}/docs` },
    admin_urls: stack.adminUrls,
    webhook_endpoint: endpoints[0]?.url ?? null,
    webhook_endpoints: endpoints,
    connection_id: connectionId,
    oidc: { issuer: urls.identity, audience: AUDIENCE, client_id: WEB_CLIENT },
    organizations: Object.fromEntries(
      ['northwind', 'globex'].map(org => [org, { admin: person(org, 'admin'), member: person(org, 'member') }]),
    ),
    database_url: stack.databaseUrl,
    queue_url: stack.queueUrl,
  }
}

/** Written in one go, so that a script may wait for the file to appear; readable by its owner only, since it holds tokens. */
export async function writeInfoFile(file: string, content: object): Promise<void> {
  const draft = `${file}.${process.pid}`
  await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  await rename(draft, file)
}

export async function removeInfoFile(file: string): Promise<void> {
  await rm(file, { force: true })
}

async function webhookEndpoints(stack: Stack, connectionId: string) {
  const client = new pg.Client({ connectionString: stack.databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ endpoint_id: string; attio_webhook_id: string; purpose: string }>(
      'SELECT endpoint_id, attio_webhook_id, purpose FROM webhook WHERE connection_id = $1 AND retired_at IS NULL ORDER BY purpose DESC',
      [connectionId],
    )
    return rows.map(row => ({
      url: `${stack.urls.gateway}/webhooks/attio/${row.endpoint_id}`,
      purpose: row.purpose,
      attio_webhook_id: row.attio_webhook_id,
    }))
  } finally {
    await client.end()
  }
}
