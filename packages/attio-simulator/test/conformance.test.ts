import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { departures } from './conforms.ts'
import { at, list, type OpenSimulator, openSimulator, text } from './harness.ts'

let attio: OpenSimulator
const id: Record<string, string> = {}

beforeAll(async () => {
  attio = await openSimulator()
  await attio.faults({ write_limit: null, read_limit: null })
  const company = await attio.api('POST', '/objects/companies/records/query', { limit: 1 })
  const deal = await attio.api('POST', '/objects/deals/records/query', { limit: 1 })
  const entry = await attio.api('POST', '/lists/hot_leads/entries/query', { limit: 1 })
  id.company = text(company.body, 'data', 0, 'id', 'record_id')
  id.deal = text(deal.body, 'data', 0, 'id', 'record_id')
  id.entry = text(entry.body, 'data', 0, 'id', 'entry_id')
  id.note = text((await attio.api('GET', '/notes')).body, 'data', 0, 'id', 'note_id')
  id.task = text((await attio.api('GET', '/tasks')).body, 'data', 0, 'id', 'task_id')
  id.thread = text((await attio.api('GET', '/threads')).body, 'data', 0, 'id', 'thread_id')
  id.comment = text((await attio.api('GET', '/threads')).body, 'data', 0, 'comments', 0, 'id', 'comment_id')
  id.meeting = text((await attio.api('GET', '/meetings')).body, 'data', 0, 'id', 'meeting_id')
  id.recording = text((await attio.api('GET', `/meetings/${id.meeting}/call_recordings`)).body, 'data', 0, 'id', 'call_recording_id')
  id.member = text((await attio.api('GET', '/workspace_members')).body, 'data', 0, 'id', 'workspace_member_id')
  id.webhook = (await attio.subscribe('https://example.com/hook', ['record.created'])).id
})
afterAll(() => attio.close())

const fill = (path: string) => path.replace(/\{(\w+)\}/g, (_, name: string) => id[name] ?? name)

describe('what Attio’s OpenAPI says of every read', () => {
  test.each([
    ['GET /v2/self', '/self'],
    ['GET /v2/objects', '/objects'],
    ['GET /v2/objects/{object}', '/objects/people'],
    ['GET /v2/{target}/{identifier}/attributes', '/objects/people/attributes?show_archived=true'],
    ['GET /v2/{target}/{identifier}/attributes', '/objects/companies/attributes'],
    ['GET /v2/{target}/{identifier}/attributes', '/objects/deals/attributes'],
    ['GET /v2/{target}/{identifier}/attributes', '/lists/hot_leads/attributes'],
    ['GET /v2/{target}/{identifier}/attributes/{attribute}', '/objects/deals/attributes/stage'],
    ['GET /v2/{target}/{identifier}/attributes/{attribute}/options', '/objects/companies/attributes/categories/options'],
    ['GET /v2/{target}/{identifier}/attributes/{attribute}/statuses', '/objects/deals/attributes/stage/statuses'],
    ['GET /v2/objects/{object}/records/{record_id}', '/objects/companies/records/{company}'],
    ['GET /v2/objects/{object}/records/{record_id}', '/objects/deals/records/{deal}'],
    [
      'GET /v2/objects/{object}/records/{record_id}/attributes/{attribute}/values',
      '/objects/deals/records/{deal}/attributes/stage/values?show_historic=true',
    ],
    ['GET /v2/objects/{object}/records/{record_id}/entries', '/objects/companies/records/{company}/entries'],
    ['GET /v2/lists', '/lists'],
    ['GET /v2/lists/{list}', '/lists/board_candidates'],
    ['GET /v2/lists/{list}/entries/{entry_id}', '/lists/hot_leads/entries/{entry}'],
    [
      'GET /v2/lists/{list}/entries/{entry_id}/attributes/{attribute}/values',
      '/lists/hot_leads/entries/{entry}/attributes/priority/values',
    ],
    ['GET /v2/workspace_members', '/workspace_members'],
    ['GET /v2/workspace_members/{workspace_member_id}', '/workspace_members/{member}'],
    ['GET /v2/notes', '/notes'],
    ['GET /v2/notes/{note_id}', '/notes/{note}'],
    ['GET /v2/tasks', '/tasks'],
    ['GET /v2/tasks/{task_id}', '/tasks/{task}'],
    ['GET /v2/threads', '/threads'],
    ['GET /v2/threads/{thread_id}', '/threads/{thread}'],
    ['GET /v2/comments/{comment_id}', '/comments/{comment}'],
    ['GET /v2/meetings', '/meetings'],
    ['GET /v2/meetings/{meeting_id}', '/meetings/{meeting}'],
    ['GET /v2/meetings/{meeting_id}/call_recordings', '/meetings/{meeting}/call_recordings'],
    ['GET /v2/meetings/{meeting_id}/call_recordings/{call_recording_id}', '/meetings/{meeting}/call_recordings/{recording}'],
    [
      'GET /v2/meetings/{meeting_id}/call_recordings/{call_recording_id}/transcript',
      '/meetings/{meeting}/call_recordings/{recording}/transcript',
    ],
    ['GET /v2/webhooks', '/webhooks'],
    ['GET /v2/webhooks/{webhook_id}', '/webhooks/{webhook}'],
  ])('%s holds for %s', async (operation, path) => {
    const reply = await attio.api('GET', fill(path))
    expect(reply.status).toBe(200)
    expect(departures(operation, reply.body)).toEqual([])
    expect(reply.headers.get('x-attio-execution-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(reply.headers.get('x-accurate-at')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/)
  })

  test.each([
    ['POST /v2/objects/{object}/records/query', '/objects/people/records/query', {}],
    ['POST /v2/objects/{object}/records/query', '/objects/projects/records/query', {}],
    ['POST /v2/lists/{list}/entries/query', '/lists/hot_leads/entries/query', {}],
    ['POST /v2/objects/records/search', '/objects/records/search', { query: 'o', objects: ['deals'], request_as: { type: 'workspace' } }],
  ])('%s holds for %s', async (operation, path, body) => {
    const reply = await attio.api('POST', path, body)
    expect(reply.status).toBe(200)
    expect(list(reply.body, 'data').length).toBeGreaterThan(0)
    expect(departures(operation, reply.body)).toEqual([])
  })
})

test('the comparison sees what is missing, what is wrong, and what does not belong', async () => {
  const whole = await attio.api('GET', fill('/objects/deals/records/{deal}'))
  const broken: unknown = JSON.parse(
    JSON.stringify(whole.body).replace('"web_url"', '"url"').replace('"celebration_enabled"', '"celebrates"'),
  )
  const found = departures('GET /v2/objects/{object}/records/{record_id}', broken)
  expect(found).toContain("/data must have required property 'web_url'")
  expect(found.some(line => line.includes('/values/stage/0'))).toBe(true)
})

describe('what Attio’s OpenAPI says of every write', () => {
  const write = async (operation: string, method: string, path: string, body?: unknown, status = 200) => {
    const reply = await attio.api(method, fill(path), body)
    expect({ operation, status: reply.status, body: status === reply.status ? undefined : reply.body }).toEqual({
      operation,
      status,
      body: undefined,
    })
    if (status === 200) expect({ operation, departures: departures(operation, reply.body) }).toEqual({ operation, departures: [] })
    return reply.body
  }

  test('records: created, asserted, changed both ways, deleted', async () => {
    const made = await write('POST /v2/objects/{object}/records', 'POST', '/objects/companies/records', {
      data: {
        values: {
          name: 'Conforming',
          domains: ['conforming.example'],
          categories: ['SaaS'],
          fit: 4,
          funding_raised_usd: 1_000,
          foundation_date: '2012-04-01',
        },
      },
    })
    id.made = text(made, 'data', 'id', 'record_id')
    const asserted = await write('PUT /v2/objects/{object}/records', 'PUT', '/objects/companies/records?matching_attribute=domains', {
      data: { values: { domains: ['conforming.example'], description: 'Asserted' } },
    })
    expect(text(asserted, 'data', 'id', 'record_id')).toBe(id.made)
    const appended = await write('PATCH /v2/objects/{object}/records/{record_id}', 'PATCH', '/objects/companies/records/{made}', {
      data: { values: { categories: ['B2B'] } },
    })
    expect(list(appended, 'data', 'values', 'categories').map(value => at(value, 'option', 'title'))).toEqual(['SaaS', 'B2B'])
    const replaced = await write('PUT /v2/objects/{object}/records/{record_id}', 'PUT', '/objects/companies/records/{made}', {
      data: { values: { categories: ['Healthcare'], primary_location: { locality: 'London', country_code: 'GB' } } },
    })
    expect(list(replaced, 'data', 'values', 'categories').map(value => at(value, 'option', 'title'))).toEqual(['Healthcare'])
    const person = await write('POST /v2/objects/{object}/records', 'POST', '/objects/people/records', {
      data: {
        values: {
          name: 'Turing, Alan',
          email_addresses: ['Alan@Conforming.example'],
          phone_numbers: ['+44 20 1234'],
          company: id.made,
          newsletter: true,
        },
      },
    })
    expect(at(person, 'data', 'values', 'name', 0, 'full_name')).toBe('Alan Turing')
    await write('DELETE /v2/objects/{object}/records/{record_id}', 'DELETE', '/objects/companies/records/{made}')
    await write('-', 'GET', '/objects/companies/records/{made}', undefined, 404)
  })

  test('entries: created, asserted, changed, deleted', async () => {
    const parent = { parent_object: 'companies', parent_record_id: id.company }
    const made = await write('POST /v2/lists/{list}/entries', 'POST', '/lists/at_risk/entries', {
      data: { ...parent, entry_values: { priority: 'High' } },
    })
    id.newEntry = text(made, 'data', 'id', 'entry_id')
    expect(id.newEntry).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/)
    await write('PATCH /v2/lists/{list}/entries/{entry_id}', 'PATCH', '/lists/at_risk/entries/{newEntry}', {
      data: { entry_values: { stage: 'Qualified' } },
    })
    await write('PUT /v2/lists/{list}/entries/{entry_id}', 'PUT', '/lists/at_risk/entries/{newEntry}', {
      data: { entry_values: { priority: 'Low' } },
    })
    await write('DELETE /v2/lists/{list}/entries/{entry_id}', 'DELETE', '/lists/at_risk/entries/{newEntry}')
    await write('PUT /v2/lists/{list}/entries', 'PUT', '/lists/at_risk/entries', { data: { ...parent, entry_values: {} } })
  })

  test('notes, tasks and comments: created, changed, deleted', async () => {
    const note = await write('POST /v2/notes', 'POST', '/notes', {
      data: { parent_object: 'companies', parent_record_id: id.company, title: 'A note', format: 'plaintext', content: 'text' },
    })
    id.newNote = text(note, 'data', 'id', 'note_id')
    await write('DELETE /v2/notes/{note_id}', 'DELETE', '/notes/{newNote}')
    const task = await write('POST /v2/tasks', 'POST', '/tasks', {
      data: {
        content: 'A task',
        format: 'plaintext',
        deadline_at: null,
        is_completed: false,
        linked_records: [],
        assignees: [{ workspace_member_email_address: 'ada.lovelace@northwind.example' }],
      },
    })
    id.newTask = text(task, 'data', 'id', 'task_id')
    const done = await write('PATCH /v2/tasks/{task_id}', 'PATCH', '/tasks/{newTask}', { data: { is_completed: true } })
    expect(at(done, 'data', 'is_completed')).toBe(true)
    expect(text(done, 'data', 'completed_at')).toMatch(/Z$/)
    await write('DELETE /v2/tasks/{task_id}', 'DELETE', '/tasks/{newTask}')
    const comment = await write('POST /v2/comments', 'POST', '/comments', {
      data: {
        format: 'plaintext',
        content: 'A comment',
        author: { type: 'workspace-member', id: id.member },
        entry: { list: 'hot_leads', entry_id: id.entry },
      },
    })
    id.newComment = text(comment, 'data', 'id', 'comment_id')
    const answer = await write('POST /v2/comments', 'POST', '/comments', {
      data: {
        format: 'plaintext',
        content: 'An answer',
        author: { type: 'workspace-member', id: id.member },
        thread_id: text(comment, 'data', 'thread_id'),
      },
    })
    expect(text(answer, 'data', 'entry', 'entry_id')).toBe(id.entry)
    await write('DELETE /v2/comments/{comment_id}', 'DELETE', '/comments/{newComment}')
  })

  test('lists, attributes, options, statuses, meetings, recordings and webhooks', async () => {
    await write('POST /v2/lists', 'POST', '/lists', {
      data: { name: 'New', api_slug: 'new', parent_object: 'deals', workspace_access: null, workspace_member_access: [] },
    })
    await write('PATCH /v2/lists/{list}', 'PATCH', '/lists/new', { data: { name: 'Newer' } })
    const shape = { description: null, is_required: false, is_unique: false, is_multiselect: false, config: {} }
    await write('POST /v2/{target}/{identifier}/attributes', 'POST', '/objects/deals/attributes', {
      data: { title: 'Mood', api_slug: 'mood', type: 'select', ...shape },
    })
    await write('PATCH /v2/{target}/{identifier}/attributes/{attribute}', 'PATCH', '/objects/deals/attributes/mood', {
      data: { title: 'Spirits' },
    })
    await write('POST /v2/{target}/{identifier}/attributes/{attribute}/options', 'POST', '/objects/deals/attributes/mood/options', {
      data: { title: 'High' },
    })
    await write(
      'PATCH /v2/{target}/{identifier}/attributes/{attribute}/options/{option}',
      'PATCH',
      '/objects/deals/attributes/mood/options/High',
      { data: { is_archived: true } },
    )
    await write('POST /v2/{target}/{identifier}/attributes/{attribute}/statuses', 'POST', '/objects/deals/attributes/stage/statuses', {
      data: { title: 'Paused' },
    })
    const meeting = await write('POST /v2/meetings', 'POST', '/meetings', {
      data: {
        title: 'Talk',
        description: '',
        start: { datetime: '2026-11-24T10:00:00Z' },
        end: { datetime: '2026-11-24T11:00:00Z' },
        is_all_day: false,
        participants: [{ email_address: 'ada.lovelace@northwind.example', is_organizer: true, status: 'accepted' }],
        external_ref: 'x',
      },
    })
    id.newMeeting = text(meeting, 'data', 'id', 'meeting_id')
    const recording = await write('POST /v2/meetings/{meeting_id}/call_recordings', 'POST', '/meetings/{newMeeting}/call_recordings', {
      data: { video_url: 'https://example.com/video.mp4' },
    })
    id.newRecording = text(recording, 'data', 'id', 'call_recording_id')
    await write('-', 'DELETE', '/meetings/{newMeeting}/call_recordings/{newRecording}', undefined, 204)
    const webhook = await write('POST /v2/webhooks', 'POST', '/webhooks', {
      data: {
        target_url: 'https://example.com/other',
        subscriptions: [
          { event_type: 'task.created', filter: { $and: [{ field: 'actor.type', operator: 'equals', value: 'workspace-member' }] } },
        ],
      },
    })
    id.newWebhook = text(webhook, 'data', 'id', 'webhook_id')
    const patched = await write('PATCH /v2/webhooks/{webhook_id}', 'PATCH', '/webhooks/{newWebhook}', {
      data: { subscriptions: [{ event_type: 'task.deleted', filter: null }] },
    })
    expect(at(patched, 'data', 'secret')).toBeUndefined()
    await write('DELETE /v2/webhooks/{webhook_id}', 'DELETE', '/webhooks/{newWebhook}')
  })
})
