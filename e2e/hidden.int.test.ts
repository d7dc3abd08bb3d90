import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { type Admin, adminOf, eventually } from './harness/admin.ts'
import { type TimelineApi, timelineApi } from './harness/api.ts'
import { idOf, openSimulator, type Simulator } from './harness/simulator.ts'
import { type RunningStack, startWholeStack } from './harness/stack.ts'

/*
 * What an admin hides and shows, with everything there is in between: Attio, gateway, resolver, coalescer, API.
 */

const ada = 'ada.lovelace@northwind.example'
const integration = '/v1/integrations/attio'
const lists = z.looseObject({
  data: z.array(z.looseObject({ id: z.string(), name: z.string().nullable(), access: z.string(), shown: z.boolean() })),
})
const shown = z.looseObject({ shown: z.boolean(), replay_run_id: z.string().nullable() })
const deliveries = z.looseObject({ data: z.array(z.looseObject({ state: z.string(), reason: z.string().nullable() })) })
const page = z.object({ data: z.array(z.looseObject({ id: z.string() })), stream_cursor: z.string() })

let stack: RunningStack
let admin: Admin
let timeline: TimelineApi
let member: TimelineApi
let attio: Simulator

beforeAll(async () => {
  stack = await startWholeStack()
  const { urls, organizations } = stack.info
  admin = adminOf(urls.api, organizations.northwind.admin.token)
  timeline = timelineApi(urls.api, organizations.northwind.admin.token)
  member = timelineApi(urls.api, organizations.northwind.member.token)
  attio = await openSimulator(urls.attio)
}, 120_000)
afterAll(async () => {
  await stack?.stop()
}, 60_000)

const at = () => `connection=${stack.info.connection_id}`
const makeCompany = async (name: string) =>
  idOf(await attio.write('POST', '/v2/objects/companies/records', ada, { values: { name } }), 'record_id')
const addTo = (list: string, company: string) =>
  attio.write('POST', `/v2/lists/${list}/entries`, ada, { parent_object: 'companies', parent_record_id: company, entry_values: {} })
async function makeList(name: string, access: string | null): Promise<string> {
  const made = await attio.write('POST', '/v2/lists', ada, {
    name,
    api_slug: `list_${randomUUID().slice(0, 8)}`,
    parent_object: 'companies',
    workspace_access: access,
    workspace_member_access: [],
  })
  return idOf(made, 'list_id')
}
const entries = (lines: { kind: string; detail: string | null }[]) =>
  lines.filter(line => line.kind.startsWith('list-entry.')).map(line => line.detail)
const show = (list: string, isShown: boolean) => admin.read(shown, 'PATCH', `${integration}/lists/${list}?${at()}`, { shown: isShown })
/** Waits until as many deliveries were withheld. */
const withheld = (count: number) =>
  eventually(
    () => admin.read(deliveries, 'GET', `${integration}/connections/${stack.info.connection_id}/deliveries?state=filtered&limit=200`),
    ({ data }) => data.filter(delivery => delivery.reason === 'private list').length >= count,
  )

describe('a private list', () => {
  test('is known soon after connecting, before any event names it; its name is told to admins only', async () => {
    const known = await eventually(
      () => admin.read(lists, 'GET', `${integration}/lists?${at()}`),
      ({ data }) => data.some(list => list.access === 'private'),
    )
    expect(known.data.find(list => list.access === 'private')).toMatchObject({ name: 'Board Candidates', shown: false })
    expect(known.data.filter(list => list.access === 'workspace').map(list => list.name)).toEqual(['At Risk', 'Hot Leads'])
    const { body } = await member.get(`${integration}/lists?${at()}`)
    expect(JSON.stringify(body)).not.toContain('Board Candidates')
  }, 60_000)

  test('makes no line until an admin allows it; then what was withheld is told, and goes when it is allowed no more', async () => {
    const [list, company] = [await makeList('Acquisition targets', null), await makeCompany('Target Ltd')]
    await timeline.until(company, lines => lines.length === 1)
    await addTo(list, company)
    await withheld(1)
    expect(entries(await timeline.about(company))).toEqual([])
    expect((await show(list, true)).replay_run_id).not.toBeNull()
    await timeline.until(company, lines => entries(lines).includes('Added to Acquisition targets'))
    await show(list, false)
    expect(entries(await timeline.about(company))).toEqual([])
    expect(JSON.stringify(await member.lines())).not.toContain('Acquisition')
  })

  test('shows what was withheld once it is opened to the workspace in Attio, and hides it all when it is closed again', async () => {
    const [list, company] = [await makeList('Partners', null), await makeCompany('Partner Ltd')]
    await addTo(list, company)
    await timeline.until(company, lines => lines.length === 1)
    await withheld(1)
    await attio.write('PATCH', `/v2/lists/${list}`, ada, { workspace_access: 'read-only' })
    await timeline.until(company, lines => entries(lines).includes('Added to Partners'))
    await attio.write('PATCH', `/v2/lists/${list}`, ada, { workspace_access: null })
    await timeline.until(company, lines => entries(lines).length === 0)
  })
})

test('an area that is off hides what happens meanwhile from everybody, and shows it when it is on again', async () => {
  const company = await makeCompany('Quiet area Ltd')
  await timeline.until(company, lines => lines.length === 1)
  const set = (enabled: boolean) =>
    admin.read(z.looseObject({ enabled: z.boolean() }), 'PATCH', `${integration}/features/notes`, { enabled })
  await set(false)
  await attio.write('POST', '/v2/notes', ada, {
    parent_object: 'companies',
    parent_record_id: company,
    title: 'Meanwhile',
    format: 'plaintext',
    content: 'x',
  })
  const marker = await makeCompany('After the note Ltd')
  await timeline.until(marker, lines => lines.length === 1)
  expect((await member.about(company)).map(line => line.kind)).toEqual(['record.created'])
  await set(true)
  const [note] = await timeline.until(company, lines => lines.some(line => line.kind === 'note.created'))
  expect(note?.title).toBe('Quiet area Ltd > Meanwhile > Note created')
  const { body } = await timeline.get('/v1/timeline?feature=notes')
  expect(page.parse(body).data).toHaveLength(1)
})
