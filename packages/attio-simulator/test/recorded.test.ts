import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { at, type OpenSimulator, openSimulator, text } from './harness.ts'

/** The keys of real, recorded replies of Attio, in all depths; a value says nothing here but its kind. */
const recorded = {
  self: {
    active: true,
    scope: 'text',
    client_id: 'text',
    token_type: 'Bearer',
    exp: null,
    iat: 1,
    sub: 'text',
    aud: 'text',
    iss: 'attio.com',
    authorized_by_workspace_member_id: 'text',
    workspace_id: 'text',
    workspace_name: 'text',
    workspace_slug: 'text',
    workspace_logo_url: null,
  },
  object: {
    data: {
      id: { workspace_id: 'text', object_id: 'text' },
      api_slug: 'text',
      singular_noun: 'text',
      plural_noun: 'text',
      created_at: 'text',
    },
  },
  status: {
    active_from: 'text',
    active_until: null,
    created_by_actor: { type: 'text', id: 'text' },
    status: {
      id: { workspace_id: 'text', object_id: 'text', attribute_id: 'text', status_id: 'text' },
      title: 'text',
      is_archived: false,
      target_time_in_status: null,
      celebration_enabled: false,
    },
    attribute_type: 'status',
  },
  personalName: {
    active_from: 'text',
    active_until: null,
    created_by_actor: { type: 'text', id: 'text' },
    first_name: 'text',
    last_name: 'text',
    full_name: 'text',
    attribute_type: 'personal-name',
  },
  list: {
    data: {
      id: { workspace_id: 'text', list_id: 'text' },
      api_slug: 'text',
      created_at: 'text',
      name: 'text',
      workspace_access: 'text',
      workspace_member_access: [],
      parent_object: ['text'],
      created_by_actor: { type: 'text', id: 'text' },
    },
  },
  note: {
    data: {
      id: { workspace_id: 'text', note_id: 'text' },
      parent_object: 'text',
      parent_record_id: 'text',
      title: 'text',
      meeting_id: null,
      content_plaintext: 'text',
      content_markdown: 'text',
      tags: [],
      created_by_actor: { type: 'text', id: 'text' },
      created_at: 'text',
    },
  },
  task: {
    data: {
      id: { workspace_id: 'text', task_id: 'text' },
      content_plaintext: 'text',
      is_completed: false,
      completed_at: null,
      deadline_at: null,
      linked_records: [],
      assignees: [],
      created_by_actor: { type: 'text', id: 'text' },
      created_at: 'text',
    },
  },
  comment: {
    data: {
      id: { workspace_id: 'text', comment_id: 'text' },
      thread_id: 'text',
      created_at: 'text',
      resolved_at: null,
      record: { record_id: 'text', object_id: 'text' },
      entry: null,
      content_plaintext: 'text',
      resolved_by: null,
      author: { type: 'text', id: 'text' },
    },
  },
  member: {
    data: {
      id: { workspace_id: 'text', workspace_member_id: 'text' },
      first_name: 'text',
      last_name: 'text',
      avatar_url: null,
      email_address: 'text',
      access_level: 'text',
      created_at: 'text',
    },
  },
  webhook: {
    data: {
      id: { workspace_id: 'text', webhook_id: 'text' },
      target_url: 'text',
      status: 'active',
      subscriptions: [{ event_type: 'text', filter: null }],
      created_at: 'text',
      secret: 'text',
    },
  },
}

/** The same tree with each leaf replaced by its kind. */
const shape = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shape)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]))
  return value === null ? 'null' : typeof value
}

let attio: OpenSimulator
beforeAll(async () => {
  attio = await openSimulator()
})
afterAll(() => attio.close())

const company = async () =>
  text((await attio.api('POST', '/objects/companies/records/query', { limit: 1 })).body, 'data', 0, 'id', 'record_id')

describe('replies have exactly the keys of recorded real ones', () => {
  test('self, object, member', async () => {
    expect(shape((await attio.api('GET', '/self')).body)).toEqual(shape(recorded.self))
    expect(shape((await attio.api('GET', '/objects/people')).body)).toEqual(shape(recorded.object))
    const members = await attio.api('GET', '/workspace_members')
    const member = text(members.body, 'data', 0, 'id', 'workspace_member_id')
    expect(shape((await attio.api('GET', `/workspace_members/${member}`)).body)).toEqual(shape(recorded.member))
  })

  test('a status and a personal name among a record’s values; no value is []', async () => {
    const deals = await attio.api('POST', '/objects/deals/records/query', { limit: 1 })
    expect(shape(at(deals.body, 'data', 0, 'values', 'stage', 0))).toEqual(shape(recorded.status))
    expect(at(deals.body, 'data', 0, 'values', 'seats')).toEqual([])
    const people = await attio.api('POST', '/objects/people/records/query', { limit: 1 })
    expect(shape(at(people.body, 'data', 0, 'values', 'name', 0))).toEqual(shape(recorded.personalName))
  })

  test('a list, and a note, a task and a comment of the app', async () => {
    expect(shape((await attio.api('GET', '/lists/hot_leads')).body)).toEqual(shape(recorded.list))
    const record = await company()
    const note = await attio.api('POST', '/notes', {
      data: { parent_object: 'companies', parent_record_id: record, title: 'x', content: 'y' },
    })
    expect(shape(note.body)).toEqual(shape(recorded.note))
    expect(at(note.body, 'data', 'created_by_actor', 'type')).toBe('app')
    const task = await attio.api('POST', '/tasks', {
      data: { content: 'x', deadline_at: null, is_completed: false, linked_records: [], assignees: [] },
    })
    expect(shape(task.body)).toEqual(shape(recorded.task))
    const author = {
      type: 'workspace-member',
      id: text((await attio.api('GET', '/workspace_members')).body, 'data', 0, 'id', 'workspace_member_id'),
    }
    const comment = await attio.api('POST', '/comments', {
      data: { content: 'x', author, record: { object: 'companies', record_id: record } },
    })
    expect(shape(comment.body)).toEqual(shape(recorded.comment))
    expect(at(comment.body, 'data', 'thread_id')).toBe(at(comment.body, 'data', 'id', 'comment_id'))
  })

  test('a webhook shows its secret once, and is gone with 200 {}', async () => {
    const subscriptions = [{ event_type: 'record.created', filter: null }]
    const made = await attio.api('POST', '/webhooks', { data: { target_url: 'https://example.com/test-webhook', subscriptions } })
    expect(shape(made.body)).toEqual(shape(recorded.webhook))
    expect(text(made.body, 'data', 'secret')).toMatch(/^[0-9a-f]{64}$/)
    const id = text(made.body, 'data', 'id', 'webhook_id')
    const { secret: _, ...withoutSecret } = recorded.webhook.data
    expect(shape((await attio.api('GET', `/webhooks/${id}`)).body)).toEqual(shape({ data: withoutSecret }))
    expect(await attio.api('DELETE', `/webhooks/${id}`)).toMatchObject({ status: 200, body: {} })
    expect((await attio.api('GET', '/webhooks')).body).toEqual({ data: [] })
  })
})

describe('errors read as Attio’s do', () => {
  test.each([
    ['GET', '/objects/people/records', 'Could not find endpoint "GET /v2/objects/people/records".'],
    ['GET', '/objects/nothing', 'Object with slug/ID "nothing" not found.'],
    ['GET', '/lists/nothing', 'List with slug/ID "nothing" not found.'],
    ['GET', '/objects/people/attributes/nothing', 'Attribute with slug/ID "nothing" not found.'],
    ['GET', '/objects/people/records/nothing', 'Record with ID "nothing" not found.'],
    ['GET', '/workspace_members/nothing', 'Workspace member with ID "nothing" not found.'],
    ['GET', '/notes/nothing', 'Note with ID "nothing" was not found.'],
    ['GET', '/tasks/nothing', 'Could not find Task with ID "nothing".'],
    ['GET', '/comments/nothing', 'Comment with ID "nothing" was not found.'],
    ['GET', '/threads/nothing', 'Thread with ID "nothing" was not found.'],
    ['GET', '/meetings/nothing', 'Meeting with ID "nothing" was not found.'],
    ['GET', '/webhooks/nothing', 'Webhook with ID "nothing" was not found.'],
    ['DELETE', '/webhooks/nothing', 'Webhook not found'],
  ])('%s %s', async (method, path, message) => {
    const reply = await attio.api(method, path)
    expect(reply).toMatchObject({ status: 404, body: { status_code: 404, type: 'invalid_request_error', code: 'not_found', message } })
  })

  test('a body that does not fit names the path of each fault', async () => {
    const reply = await attio.api('POST', '/notes', { data: { title: 3 } })
    expect(reply).toMatchObject({ status: 400, body: { code: 'validation_type', message: 'Body payload validation error.' } })
    expect(at(reply.body, 'validation_errors', 0, 'path')).toEqual(['data', 'parent_object'])
  })

  test('an unknown attribute in a filter is a filter_error, an unknown option a value_not_found', async () => {
    const filtered = await attio.api('POST', '/objects/companies/records/query', { filter: { nothing: 'x' } })
    expect(filtered).toMatchObject({ status: 400, body: { code: 'filter_error' } })
    const made = await attio.api('POST', '/objects/companies/records', { data: { values: { categories: ['Nonsense'] } } })
    expect(made).toMatchObject({ status: 400, body: { code: 'value_not_found' } })
  })

  test('comments and meetings spell it statusCode', async () => {
    const reply = await attio.api('POST', '/meetings', {
      data: { title: 'x', start: { date: '2026-01-01' }, end: { date: '2026-01-02' }, participants: [] },
    })
    expect(reply).toMatchObject({ status: 400, body: { statusCode: 400, message: 'No participants were provided.' } })
  })
})
