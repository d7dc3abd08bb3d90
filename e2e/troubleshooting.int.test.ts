import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { type Admin, adminOf, eventually } from './harness/admin.ts'
import { type TimelineApi, timelineApi } from './harness/api.ts'
import { idOf, openSimulator, type Simulator } from './harness/simulator.ts'
import { type RunningStack, startWholeStack } from './harness/stack.ts'

/*
 * What people run into, as docs/attio-setup.md tells it: each with what they see, what the integration page says of it, and the cure.
 */

const ada = 'ada.lovelace@northwind.example'
/** A contractor, whose e-mail at Attio is nobody's here. */
const mary = 'mary@freelance.example'
const integration = '/v1/integrations/attio'

const overview = z.looseObject({
  connections: z.array(
    z.looseObject({ id: z.string(), state: z.string(), state_reason: z.string().nullable(), last_event_at: z.string().nullable() }),
  ),
  hidden: z.object({ people: z.number(), activities: z.number() }),
})
const connection = z.looseObject({
  state: z.string(),
  state_reason: z.string().nullable(),
  permissions: z.object({ needed: z.array(z.object({ scope: z.string(), granted: z.boolean(), breaks: z.string() })) }),
  webhooks: z.array(z.looseObject({ purpose: z.string(), status: z.string() })),
  gaps: z.array(z.looseObject({ reason: z.string(), from: z.string(), to: z.string().nullable() })),
})
const members = z.looseObject({
  data: z.array(z.looseObject({ id: z.string(), email: z.string().nullable(), state: z.string(), hidden_activities: z.number() })),
})
const users = z.looseObject({ data: z.array(z.looseObject({ id: z.string(), email: z.string() })) })
const webhooks = z.object({ webhooks: z.array(z.looseObject({ id: z.string(), workspace: z.string(), target_url: z.string() })) })

let stack: RunningStack
let admin: Admin
let timeline: TimelineApi
let attio: Simulator

beforeAll(async () => {
  stack = await startWholeStack()
  const { urls, organizations } = stack.info
  admin = adminOf(urls.api, organizations.northwind.admin.token)
  timeline = timelineApi(urls.api, organizations.northwind.admin.token)
  attio = await openSimulator(urls.attio)
}, 120_000)
afterAll(async () => {
  await stack?.stop()
}, 60_000)
beforeEach(async () => {
  await attio.control('DELETE', '/faults', z.unknown())
})

const place = () => `${integration}/connections/${stack.info.connection_id}`
const refresh = () => admin.finish('POST', `${place()}/refresh`)
const detail = () => admin.read(connection, 'GET', place())
const faults = (settings: object) => attio.control('PUT', '/faults', z.unknown(), settings)

async function makeCompany(name: string, actor = ada): Promise<string> {
  return idOf(await attio.write('POST', '/v2/objects/companies/records', actor, { values: { name } }), 'record_id')
}

/** Attio's webhooks of the connection, as Attio has them. */
async function webhooksAtAttio() {
  const all = await attio.control('GET', '/webhooks', webhooks)
  return all.webhooks.filter(({ workspace, target_url }) => workspace === 'northwind' && target_url.startsWith(stack.info.urls.gateway))
}

describe('no activity appears after connecting', () => {
  test('because nobody did anything yet: the page is empty, says that it waits, and the first change appears', async () => {
    expect(await timeline.lines()).toEqual([])
    const { connections } = await admin.read(overview, 'GET', integration)
    expect(connections).toEqual([expect.objectContaining({ state: 'connected', last_event_at: null })])
    const id = await makeCompany('First of all')
    await timeline.until(id, lines => lines.length === 1)
    const now = await admin.read(overview, 'GET', integration)
    expect(now.connections[0]?.last_event_at).not.toBeNull()
  })

  test('because the webhooks are gone: Refresh Connection makes them anew, and says since when deliveries were lost', async () => {
    for (const { id } of await webhooksAtAttio()) await attio.control('DELETE', `/webhooks/${id}`, z.unknown())
    const lost = await makeCompany('Never delivered')
    const run = await refresh()
    expect(run.steps.find(step => step.name === 'webhooks')).toMatchObject({ state: 'done' })
    const id = await makeCompany('Delivered again')
    await timeline.until(id, lines => lines.length === 1)
    expect(await timeline.about(lost)).toEqual([])
    const { state, gaps } = await detail()
    expect(state).toBe('connected')
    expect(gaps).toContainEqual(expect.objectContaining({ reason: 'webhook_missing', to: expect.any(String) }))
  })
})

describe('activity of some people appears, and of others not', () => {
  test('because their e-mail is nobody’s here: they are counted as hidden, and mapping them by hand shows what they did', async () => {
    const id = await makeCompany('Made by a contractor', mary)
    const counted = await eventually(
      () => admin.read(overview, 'GET', integration),
      ({ hidden }) => hidden.activities === 1,
    )
    expect(counted.hidden.people).toBeGreaterThanOrEqual(1)
    expect(await timeline.about(id)).toEqual([])
    const { data } = await admin.read(members, 'GET', `${integration}/members?connection=${stack.info.connection_id}`)
    const unmapped = data.find(({ email }) => email === mary)
    expect(unmapped).toMatchObject({ state: 'unmapped', hidden_activities: 1 })
    const { data: people } = await admin.read(users, 'POST', '/v1/users', {
      users: [{ email: 'mary@northwind.example', name: 'Mary Shelley' }],
    })
    await admin.read(z.unknown(), 'PATCH', `${integration}/members/${unmapped?.id}?connection=${stack.info.connection_id}`, {
      mapping: 'manual',
      user_id: people[0]?.id,
    })
    const [line] = await timeline.until(id, lines => lines.length === 1)
    expect(line?.actor.name).toBe('Mary Shelley')
    expect((await admin.read(overview, 'GET', integration)).hidden.activities).toBe(0)
  })
})

describe('a record shows an id in place of its name', () => {
  const recordsFail = { paths: [{ path: '^/v2/objects/[^/]+/records', status: 503 }] }

  test('because Attio did not answer in time: the next event of that record brings the name', async () => {
    await faults(recordsFail)
    const id = await makeCompany('Late Name Ltd')
    const [pending] = await timeline.until(id, lines => lines.length === 1)
    expect(pending).toMatchObject({ name_state: 'pending', title: expect.stringContaining(id.slice(0, 8)) })
    await faults({ paths: [] })
    await attio.write('PATCH', `/v2/objects/companies/records/${id}`, ada, { values: { description: 'Something new' } })
    const healed = await timeline.until(id, lines => lines.length === 2 && lines.every(line => line.name_state === 'known'))
    for (const line of healed) expect(line.title).toContain('Late Name Ltd')
  })

  test('and where nothing more happens to it, Refresh Connection asks again', async () => {
    await faults(recordsFail)
    const id = await makeCompany('Quiet Ltd')
    await timeline.until(id, lines => lines[0]?.name_state === 'pending')
    await faults({ paths: [] })
    const run = await refresh()
    expect(run.steps.find(step => step.name === 'names')).toMatchObject({ state: 'done' })
    const [line] = await timeline.until(id, lines => lines[0]?.name_state === 'known')
    expect(line?.title).toBe('Quiet Ltd > Created')
  })
})

describe('an attribute shows an id in the detail', () => {
  test('because a scope is missing: the page names it and what it breaks; once it is granted, Refresh Connection brings the labels', async () => {
    const id = await makeCompany('Scope Ltd')
    await timeline.until(id, lines => lines.length === 1)
    await faults({ missing_scopes: ['object_configuration:read'] })
    // What is known already stays known for an hour, so an attribute nobody saw before.
    const attribute = await attio.write('POST', '/v2/objects/companies/attributes', ada, {
      title: 'Renewal risk',
      description: '',
      api_slug: 'renewal_risk',
      type: 'text',
      is_required: false,
      is_unique: false,
      is_multiselect: false,
      config: {},
    })
    await attio.write('PATCH', `/v2/objects/companies/records/${id}`, ada, { values: { renewal_risk: 'high' } })
    const field = idOf(attribute, 'attribute_id')
    const raw = await timeline.until(id, lines => lines.some(line => line.kind === 'record.updated'))
    expect(raw.find(line => line.kind === 'record.updated')).toMatchObject({
      detail: `Updated field ${field.slice(0, 8)}`,
      name_state: 'forbidden',
    })
    await refresh()
    const { permissions } = await detail()
    expect(permissions.needed.filter(({ granted }) => !granted)).toEqual([
      expect.objectContaining({ scope: 'object_configuration:read', breaks: expect.stringContaining('attributes show ids') }),
    ])
    await faults({ missing_scopes: [] })
    await refresh()
    const healed = await timeline.until(id, lines => lines.every(line => line.name_state === 'known'))
    expect(healed.find(line => line.kind === 'record.updated')?.detail).toBe('Updated Renewal risk')
    expect((await detail()).permissions.needed.every(({ granted }) => granted)).toBe(true)
  })
})

describe('activity stopped appearing', () => {
  test('Attio calls a webhook degraded: the page says so; it still delivers and is kept', async () => {
    const before = await webhooksAtAttio()
    for (const { id } of before) await attio.control('PUT', `/webhooks/${id}/status`, z.unknown(), { status: 'degraded' })
    await refresh()
    expect(await detail()).toMatchObject({ state: 'degraded', state_reason: 'webhook_degraded' })
    expect((await webhooksAtAttio()).map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort())
    const id = await makeCompany('Through a degraded webhook')
    await timeline.until(id, lines => lines.length === 1)
  })

  test('Attio has given it up: Refresh Connection replaces it, and activity goes on', async () => {
    const before = await webhooksAtAttio()
    for (const { id } of before) await attio.control('PUT', `/webhooks/${id}/status`, z.unknown(), { status: 'inactive' })
    const lost = await makeCompany('Not delivered either')
    await refresh()
    const { state, gaps } = await detail()
    expect(state).toBe('connected')
    expect(gaps).toContainEqual(expect.objectContaining({ reason: 'webhook_inactive', to: expect.any(String) }))
    const id = await makeCompany('Through a new webhook')
    await timeline.until(id, lines => lines.length === 1)
    expect(await timeline.about(lost)).toEqual([])
  })

  test('and Refresh Connection pressed by two admins at once is one refresh, which makes no webhook too many', async () => {
    for (const { id } of await webhooksAtAttio()) await attio.control('DELETE', `/webhooks/${id}`, z.unknown())
    const asked = z.looseObject({ id: z.string() })
    const [one, other] = await Promise.all([1, 2].map(() => admin.read(asked, 'POST', `${place()}/refresh`)))
    expect(one?.id).toBe(other?.id)
    await refresh()
    expect(await webhooksAtAttio()).toHaveLength(2)
    expect((await detail()).state).toBe('connected')
  })
})
