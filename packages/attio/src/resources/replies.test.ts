import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { answeringServer } from '../../test/answering-server.ts'
import * as recorded from '../../test/replies.ts'
import { type AttioClient, createAttioClient } from '../client.ts'
import type { AttioResult } from '../result.ts'
import { buildSubscriptions } from '../webhooks/subscriptions.ts'

let server: Awaited<ReturnType<typeof answeringServer>>
let attio: AttioClient
let reply: object
beforeEach(async () => {
  server = await answeringServer(() => ({ body: reply }))
  attio = createAttioClient({ apiUrl: server.url, token: 'tok' })
})
afterEach(() => server.close())

async function read<T>(body: object, call: () => Promise<AttioResult<T>>): Promise<T> {
  reply = body
  const result = await call()
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.data
}

const asked = () => `${server.asked.at(-1)?.method} ${server.asked.at(-1)?.url}`

describe('a recorded reply is read', () => {
  test('of /v2/self, for a live token and a dead one', async () => {
    const live = await read(recorded.self, () => attio.self())
    expect(live).toMatchObject({ active: true, workspace_name: 'Test Workspace', workspace_id: recorded.self.workspace_id })
    expect(asked()).toBe('GET /v2/self')
    const { authorized_by_workspace_member_id: _left, ...appToken } = recorded.self
    expect(await read(appToken, () => attio.self())).toMatchObject({ active: true, authorized_by_workspace_member_id: null })
    expect(await read({ active: false }, () => attio.self())).toEqual({ active: false })
  })

  test('of a deal, nanoseconds and empty values included', async () => {
    const deal = await read(recorded.deal, () => attio.getRecord('deals', '4bb1'))
    expect(asked()).toBe('GET /v2/objects/deals/records/4bb1')
    expect(deal).toMatchObject({ created_at: new Date('2025-12-16T15:32:42.770Z'), web_url: expect.stringContaining('/deals/record/') })
    expect(deal.values).toMatchObject({
      name: [{ attribute_type: 'text', value: 'Test Deal 2', active_from: new Date('2025-12-16T15:32:42.770Z'), active_until: null }],
      stage: [{ attribute_type: 'status', status: { title: 'Discovery', is_archived: false } }],
      owner: [{ attribute_type: 'actor-reference', referenced_actor_type: 'workspace-member' }],
      value: [],
    })
  })

  test('of a nameless person, and of an older record without web_url and values', async () => {
    const person = await read(recorded.namelessPerson, () => attio.getRecord('people', 'a5a3'))
    expect(person.values).toMatchObject({
      name: [],
      company: [{ target_object: 'companies', created_by_actor: { type: 'system', id: null } }],
    })
    const { web_url: _url, values: _values, ...older } = recorded.deal.data
    expect(await read({ data: older }, () => attio.getRecord('deals', '4bb1'))).toMatchObject({ web_url: null, values: {} })
  })

  test('of a query for records and one for entries', async () => {
    expect(await read({ data: [recorded.deal.data, recorded.deal.data] }, () => attio.queryRecords('deals', { limit: 2 }))).toHaveLength(2)
    expect(asked()).toBe('POST /v2/objects/deals/records/query')
    expect(await read({ data: [recorded.entry.data] }, () => attio.queryEntries('l', {}))).toHaveLength(1)
    expect(asked()).toBe('POST /v2/lists/l/entries/query')
  })

  test('of an entry whose id is a UUIDv5', async () => {
    const entry = await read(recorded.entry, () => attio.getEntry('3972', '9e57'))
    expect(asked()).toBe('GET /v2/lists/3972/entries/9e57')
    expect(entry).toMatchObject({ id: { entry_id: '9e578106-8f64-509c-81f7-c7fc85f327bd' }, parent_object: 'people' })
  })

  test('of value history, of a record and of an entry', async () => {
    const body = { data: recorded.deal.data.values.stage }
    await read(body, () => attio.listAttributeValues({ objectId: 'deals', recordId: 'r' }, 'stage', true))
    expect(asked()).toBe('GET /v2/objects/deals/records/r/attributes/stage/values?show_historic=true&limit=50&offset=0')
    await read(body, () => attio.listAttributeValues({ listId: 'l', entryId: 'e' }, 'stage', false))
    expect(asked()).toBe('GET /v2/lists/l/entries/e/attributes/stage/values?show_historic=false&limit=50&offset=0')
  })

  test('of lists, where one that tells no access counts as private', async () => {
    expect(await read(recorded.list, () => attio.getList('3972'))).toMatchObject({
      name: 'Updated Seed List 1',
      workspace_access: 'full-access',
    })
    const { workspace_access: _access, ...silent } = recorded.list.data
    expect(await read({ data: [{ ...silent, parent_object: 'people' }] }, () => attio.listLists())).toMatchObject([
      { workspace_access: null, parent_object: ['people'] },
    ])
    expect(asked()).toBe('GET /v2/lists')
  })

  test('of objects and attributes, archived ones asked for', async () => {
    expect(await read({ data: [recorded.object] }, () => attio.listObjects())).toMatchObject([
      { api_slug: 'people', singular_noun: 'Person' },
    ])
    const attributes = await read({ data: [recorded.attribute] }, () => attio.listAttributes('objects', 'deals'))
    expect(asked()).toBe('GET /v2/objects/deals/attributes?show_archived=true&limit=50&offset=0')
    expect(attributes).toMatchObject([{ title: 'Deal Value', type: 'currency', is_archived: true }])
  })

  test('of options and statuses, archived ones asked for', async () => {
    const option = { id: { option_id: 'o-1' }, title: 'High', is_archived: true }
    expect(await read({ data: [option] }, () => attio.listSelectOptions('lists', 'l', 'priority'))).toEqual([option])
    expect(asked()).toBe('GET /v2/lists/l/attributes/priority/options?show_archived=true')
    const status = { id: { status_id: 's-1' }, title: 'Won', is_archived: false }
    expect(await read({ data: [status] }, () => attio.listStatuses('objects', 'deals', 'stage'))).toEqual([status])
    expect(asked()).toBe('GET /v2/objects/deals/attributes/stage/statuses?show_archived=true')
  })

  test('of a task, with and without completed_at', async () => {
    expect(await read(recorded.task, () => attio.getTask('a5ad'))).toMatchObject({ content_plaintext: 'Seed task 2', completed_at: null })
    const linked_records = [{ target_object_id: 'people', target_record_id: 'r' }]
    const { completed_at: _at, ...older } = { ...recorded.task.data, is_completed: true, linked_records }
    expect(await read({ data: older }, () => attio.getTask('a5ad'))).toMatchObject({
      is_completed: true,
      completed_at: null,
      linked_records,
    })
  })

  test('of a meeting and its recording', async () => {
    expect(await read(recorded.meeting, () => attio.getMeeting('cb59'))).toMatchObject({
      title: 'Q2 sync',
      participants: [{ is_organizer: true, email_address: 'ada@example.com' }, { email_address: null }],
      linked_records: [{ object_slug: 'companies' }],
    })
    expect(await read(recorded.callRecording, () => attio.getCallRecording('cb59', 'e8f2'))).toMatchObject({
      status: 'completed',
      created_by_actor: { type: 'workspace-member' },
      created_at: new Date('2025-12-16T15:32:42.770Z'),
    })
    expect(asked()).toBe('GET /v2/meetings/cb59/call_recordings/e8f2')
  })

  test('of members', async () => {
    const expected = { email_address: 'api@example.com', access_level: 'admin', avatar_url: null }
    expect(await read(recorded.workspaceMember, () => attio.getMember('641e'))).toMatchObject(expected)
    expect(asked()).toBe('GET /v2/workspace_members/641e')
    expect(await read({ data: [recorded.workspaceMember.data] }, () => attio.listMembers())).toMatchObject([expected])
  })

  test('of a thread and its comments', async () => {
    const thread = { id: { workspace_id: 'w', thread_id: 't' }, comments: [recorded.comment.data], created_at: '2026-05-15T21:51:52Z' }
    expect(await read({ data: thread }, () => attio.getThread('t'))).toMatchObject({ comments: [{ entry: null, resolved_at: null }] })
  })
})

test('bodies of notes, comments and meetings are not taken over', async () => {
  const kept = [
    await read(recorded.note, () => attio.getNote('4490')),
    await read(recorded.comment, () => attio.getComment('f7f2')),
    await read(recorded.meeting, () => attio.getMeeting('cb59')),
  ]
  expect(JSON.stringify(kept)).not.toContain('Private words')
})

describe('a value', () => {
  const readValue = async (raw: object) => {
    const owner = { objectId: 'o', recordId: 'r' }
    const [value] = await read({ data: [raw] }, () => attio.listAttributeValues(owner, 'a', true))
    return value
  }

  test.each([
    [499, 499],
    ['499.00', 499],
    [null, null],
    ['a lot', null],
    ['', null],
  ])('of currency is a number, however written: %p', async (currency_value, expected) => {
    expect(await readValue({ attribute_type: 'currency', currency_value, currency_code: 'USD' })).toMatchObject({
      currency_value: expected,
    })
  })

  test('of an archived status, or of an option that is null, is read', async () => {
    const status = { id: { status_id: 's' }, title: 'Old', is_archived: true }
    expect(await readValue({ attribute_type: 'status', status })).toMatchObject({ status })
    expect(await readValue({ attribute_type: 'select', option: null })).toMatchObject({ attribute_type: 'select', option: null })
  })

  test('of a type that is not read keeps who and when', async () => {
    const period = { active_from: '2026-05-15T21:49:05.131000000Z', active_until: null, created_by_actor: { type: 'app', id: 'x' } }
    expect(await readValue({ ...period, attribute_type: 'location', locality: 'Paris' })).toEqual({
      ...{ attribute_type: 'other', original_type: 'location', active_from: new Date('2026-05-15T21:49:05.131Z') },
      ...{ active_until: null, created_by_actor: { type: 'app', id: 'x' } },
    })
  })
})

describe('a webhook', () => {
  test('is created with its subscriptions, and only then its secret is told', async () => {
    const subscriptions = buildSubscriptions('records', ['a'])
    const secret = '1ca6a50fde8ab81c654742756fd7209bd15d8f018f7e2e7d18b2531cd118fc37'
    const created = await read({ data: { ...recorded.webhook.data, secret } }, () =>
      attio.createWebhook({ targetUrl: 'https://gw.example/x', subscriptions }),
    )
    expect(created.secret).toBe(secret)
    expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({ data: { target_url: 'https://gw.example/x', subscriptions } })
    expect(await read(recorded.webhook, () => attio.getWebhook('61da'))).not.toHaveProperty('secret')
  })

  test('created without a secret is an unexpected reply', async () => {
    reply = recorded.webhook
    expect(await attio.createWebhook({ targetUrl: 'https://x.example', subscriptions: [] })).toMatchObject({
      ok: false,
      error: { kind: 'unexpected_reply', problem: expect.stringContaining('secret') },
    })
  })

  test('is changed only in what is said', async () => {
    await read(recorded.webhook, () => attio.updateWebhook('61da', { targetUrl: 'https://y.example' }))
    expect(asked()).toBe('PATCH /v2/webhooks/61da')
    expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({ data: { target_url: 'https://y.example' } })
  })

  test('is deleted, whatever the body of the answer', async () => {
    expect(await read({}, () => attio.deleteWebhook('61da'))).toBeNull()
    expect(asked()).toBe('DELETE /v2/webhooks/61da')
  })
})
