import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import pg from 'pg'
import { z } from 'zod'
import { addressesOf, type Ids } from './harness/addresses.ts'
import { timelineApi } from './harness/api.ts'
import { idOf } from './harness/simulator.ts'
import { type RunningStack, startWholeStack } from './harness/stack.ts'
import { addWorkspace, type Workspace } from './harness/workspaces.ts'

/*
 * Two organisations with two workspaces each, at one Attio, in one installation. Everything the API can be asked by GET is asked by everybody, with own
 * and with foreign ids; the routes are taken from the API's own document, so one that is added is asked too.
 */

type Organization = 'northwind' | 'globex'
const organizations = ['northwind', 'globex'] as const
const foreignTo = { northwind: 'globex', globex: 'northwind' } as const

let stack: RunningStack
let owner: pg.Pool
const workspaces: Record<Organization, Workspace[]> = { northwind: [], globex: [] }
const streams: { organization: Organization; text: () => string; stop: AbortController }[] = []
/** Ids of one organisation's things by the parameter they stand for. */
const things: Record<Organization, Ids> = { northwind: {}, globex: {} }
/** What must never be seen by the other organisation: ids, names, e-mail addresses. */
const secrets: Record<Organization, string[]> = { northwind: [], globex: [] }

beforeAll(async () => {
  stack = await startWholeStack({ LOG_LEVEL: 'debug' })
  owner = new pg.Pool({ connectionString: stack.info.database_url, max: 2 })
  for (const organization of organizations) {
    for (const place of ['east', 'west']) workspaces[organization].push(await addWorkspace(stack, organization, `${organization}-${place}`))
    streams.push(listen(organization))
  }
  for (const organization of organizations) await actIn(organization)
  for (const organization of organizations) await collect(organization)
}, 180_000)
afterAll(async () => {
  for (const { stop } of streams) stop.abort()
  await owner?.end()
  await stack?.stop()
}, 60_000)

const tokenOf = (organization: Organization, role: 'admin' | 'member' = 'admin') => stack.info.organizations[organization][role].token

async function get(path: string, token: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${stack.info.urls.api}${path}`, { headers: { authorization: `Bearer ${token}` } })
  return { status: response.status, text: await response.text() }
}

function listen(organization: Organization) {
  const stop = new AbortController()
  let text = ''
  const read = async () => {
    const headers = { authorization: `Bearer ${tokenOf(organization)}` }
    const response = await fetch(`${stack.info.urls.api}/v1/timeline/stream`, { headers, signal: stop.signal })
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true })
  }
  read().catch(() => undefined)
  return { organization, text: () => text, stop }
}

/** A company with a telling name, made in each workspace by the admin; waits for its line. */
async function actIn(organization: Organization): Promise<void> {
  const { admin } = stack.info.organizations[organization]
  const api = timelineApi(stack.info.urls.api, admin.token)
  for (const workspace of workspaces[organization]) {
    const name = `Only ${workspace.slug} knows`
    const record = await workspace.attio.write('POST', '/v2/objects/companies/records', admin.email, { values: { name } })
    workspace.ids.record = idOf(record, 'record_id')
    secrets[organization].push(name, workspace.ids.record, workspace.workspaceId, workspace.connectionId, `Workspace ${workspace.slug}`)
    const [line] = await api.until(workspace.ids.record, lines => lines.some(item => item.title.startsWith(name)))
    workspace.ids.activity = line?.id ?? ''
    secrets[organization].push(workspace.ids.activity)
  }
}

async function collect(organization: Organization): Promise<void> {
  const [workspace] = workspaces[organization]
  const one = async (sql: string) => {
    const { rows } = await owner.query<{ id: string }>(sql, [workspace?.connectionId])
    return rows[0]?.id ?? ''
  }
  const deliveryId = await one('select id from delivery where connection_id = $1 limit 1')
  secrets[organization].push(deliveryId, stack.info.organizations[organization].admin.email)
  const run = await fetch(`${stack.info.urls.api}/v1/integrations/attio/connections/${workspace?.connectionId}/refresh`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokenOf(organization)}` },
  })
  const runId = run.status === 202 ? z.looseObject({ id: z.string() }).parse(await run.json()).id : ''
  things[organization] = {
    'timeline/{id}': workspace?.ids.activity ?? '',
    'connections/{id}': workspace?.connectionId ?? '',
    '{deliveryId}': deliveryId,
    'runs/{id}': runId,
    'members/{id}': await one('select id from member where connection_id = $1 limit 1'),
    'lists/{id}': await one(`select id from label where connection_id = $1 and type = 'list' limit 1`),
    'users/{id}': await one(
      'select u.id from app_user u join connection c on c.organization_id = u.organization_id where c.id = $1 limit 1',
    ),
    'features/{area}': 'crm',
  }
}

const addresses = (organization: Organization) => addressesOf(stack.info.urls.api, things[organization])

describe.each(organizations)('%s', organization => {
  const other = foreignTo[organization]

  test('sees its own two workspaces side by side, in one timeline', async () => {
    const page = await get('/v1/timeline?limit=200', tokenOf(organization))
    for (const { slug } of workspaces[organization]) expect(page.text).toContain(`Only ${slug} knows`)
    const { text } = await get('/v1/integrations/attio/connections', tokenOf(organization, 'member'))
    for (const { connectionId } of workspaces[organization]) expect(text).toContain(connectionId)
  })

  test.each(['admin', 'member'] as const)('gives its %s nothing of the other organisation, whatever is asked', async role => {
    const asked = await addresses(organization)
    expect(asked.length).toBeGreaterThan(5)
    for (const { path, address } of asked) {
      const { status, text } = await get(address, tokenOf(organization, role))
      expect([path, status]).toEqual([path, status === 403 && role === 'member' ? 403 : 200])
      for (const secret of secrets[other]) expect([path, text.includes(secret)]).toEqual([path, false])
    }
  })

  test('answers 404 to every foreign id, to admins too', async () => {
    const asked = (await addresses(other)).filter(({ hasIds }) => hasIds)
    for (const { path, address } of asked) {
      const { status } = await get(address, tokenOf(organization))
      expect([path, status]).toEqual([path, 404])
    }
  })

  test('cannot ask for foreign lines through a filter', async () => {
    const [foreign] = workspaces[other]
    const filters = [
      `connection=${foreign?.connectionId}`,
      `record=${foreign?.ids.record}`,
      `subject=${foreign?.ids.record}`,
      `q=${encodeURIComponent('Only')}`,
    ]
    for (const filter of filters) {
      const { text } = await get(`/v1/timeline?${filter}`, tokenOf(organization))
      for (const secret of secrets[other]) expect([filter, text.includes(secret)]).toEqual([filter, false])
    }
  })

  test('counts its own lines only', async () => {
    const { rows } = await owner.query<{ count: number }>(
      `select count(*)::int as count from activity a join connection c on c.id = a.connection_id join organization o on o.id = c.organization_id where o.external_id = $1`,
      [organization],
    )
    const lines = await timelineApi(stack.info.urls.api, tokenOf(organization)).lines()
    expect(lines).toHaveLength(rows[0]?.count ?? -1)
  })

  test('hears its own lines on the stream, and none of the other’s', async () => {
    const heard = streams.find(stream => stream.organization === organization)
    const own = workspaces[organization].map(({ slug }) => `Only ${slug} knows`)
    while (!own.every(name => heard?.text().includes(name))) await pause(50)
    for (const secret of secrets[other]) expect(heard?.text()).not.toContain(secret)
  })
})

test('a workspace of another organisation cannot be connected', async () => {
  const { connectWorkspace, openApi } = await import('@worksights/dev-stack')
  const admin = openApi(stack.info.urls.api, async () => tokenOf('globex'))
  await expect(connectWorkspace(admin, 'northwind-east')).rejects.toThrow('workspace_taken')
})
