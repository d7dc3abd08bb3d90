import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createTestDatabase, queueBackends } from '@worksights/dev-stack/testing'
import { z } from 'zod'
import { type Line, type TimelineApi, timelineApi } from './harness/api.ts'
import { idOf, openSimulator, type Simulator } from './harness/simulator.ts'
import { type RunningStack, startWholeStack } from './harness/stack.ts'

/*
 * The event table of the product, one case a row: somebody does something in Attio, and this is the line that the team reads. Everything is real: the
 * webhook over HTTP, the queue, the workers, the database, the API.
 */

const ada = 'ada.lovelace@northwind.example'
const grace = 'grace.hopper@northwind.example'
const anything = z.unknown()

type Told = Pick<Line, 'title' | 'detail' | 'category' | 'feature' | 'kind'>
const told = ({ title, detail, category, feature, kind }: Line): Told => ({ title, detail, category, feature, kind })
const crm = { category: 'default', feature: 'crm' }
const notes = { category: 'default', feature: 'notes' }
const tasks = { category: 'task', feature: 'tasks' }

describe.each(queueBackends())('an event of Attio becomes its line, with queues on $name', backend => {
  let stack: RunningStack
  let api: TimelineApi
  let attio: Simulator
  let count = 0

  beforeAll(async () => {
    const database = await createTestDatabase()
    await database.drop()
    stack = await startWholeStack(backend.name === 'redis' ? { REDIS_URL: backend.url(database) } : {})
    api = timelineApi(stack.info.urls.api, stack.info.organizations.northwind.admin.token)
    attio = await openSimulator(stack.info.urls.attio)
  }, 120_000)
  afterAll(async () => await stack?.stop(), 60_000)

  /** A company of a test's own. */
  async function company(given?: string, actor = ada) {
    count += 1
    const name = given ?? `Acme ${count}`
    const values = { name, domains: [`${name.toLowerCase().replaceAll(' ', '-')}-${Date.now()}.example`] }
    return { name, id: idOf(await attio.write('POST', '/v2/objects/companies/records', actor, { values }), 'record_id') }
  }
  const update = (object: string, id: string, values: object, actor = ada) =>
    attio.write('PATCH', `/v2/objects/${object}/records/${id}`, actor, { values })
  const of = (kind: string) => (lines: Line[]) => lines.some(line => line.kind === kind)
  const theLine = async (id: string, kind: string, ready: (line: Line) => boolean = () => true) => {
    const lines = await api.until(id, found => found.some(line => line.kind === kind && ready(line)))
    return lines.filter(line => line.kind === kind)
  }

  test('record.created', async () => {
    const { id, name } = await company()
    const [line] = await theLine(id, 'record.created')
    expect(line && told(line)).toEqual({ title: `${name} > Created`, detail: 'Created company', kind: 'record.created', ...crm })
    expect(line?.summary).toBe(`Ada Lovelace created company ${name}`)
  })

  test('record.updated: one attribute, two, and five, status first', async () => {
    const { id, name } = await company()
    await update('companies', id, { description: 'Makes everything' })
    const [one] = await theLine(id, 'record.updated')
    expect(one && told(one)).toEqual({ title: `${name} > Updated`, detail: 'Updated Description', kind: 'record.updated', ...crm })

    const values = { name: 'Expansion', stage: 'Lead', owner: ada, value: 100 }
    const deal = idOf(await attio.write('POST', '/v2/objects/deals/records', ada, { values }), 'record_id')
    await theLine(deal, 'record.created')
    await update('deals', deal, { value: 200 })
    await update('deals', deal, { stage: 'Negotiation' })
    const [two] = await theLine(deal, 'record.updated', line => line.fields === 2)
    expect(two && told(two)).toEqual({
      title: 'Expansion > Updated',
      detail: 'Updated Deal stage and Deal value',
      kind: 'record.updated',
      category: 'default',
      feature: 'deals',
    })
    await update('deals', deal, { seats: 5, next_step: 'Call', close_date: '2026-12-31' })
    const [five] = await theLine(deal, 'record.updated', line => line.fields === 5)
    expect(five?.detail).toBe('Updated Deal stage, Deal value and 3 more')
    expect(five?.id).toBe(two?.id)
  })

  test('record.deleted keeps the name', async () => {
    const { id, name } = await company()
    await theLine(id, 'record.created')
    await attio.write('DELETE', `/v2/objects/companies/records/${id}`, ada)
    const [line] = await theLine(id, 'record.deleted')
    expect(line && told(line)).toEqual({ title: `${name} > Deleted`, detail: 'Deleted company', kind: 'record.deleted', ...crm })
  })

  test('record.merged is one line of the resulting record, however many events tell of it', async () => {
    const [first, second] = [await company('Acme Inc'), await company('ACME')]
    await theLine(first.id, 'record.created')
    await theLine(second.id, 'record.created')
    const merged = await attio.write('POST', '/v2/objects/companies/records/merge', ada, {
      primary_record_id: first.id,
      secondary_record_id: second.id,
    })
    const id = idOf(merged, 'record_id')
    const lines = await api.until(id, found =>
      found.some(line => line.kind === 'record.merged' && line.detail === 'Merged Acme Inc and ACME'),
    )
    const merges = lines.filter(line => line.kind === 'record.merged')
    expect(merges.map(line => line.title)).toEqual(['Acme Inc > Merged'])
    expect(merges[0]?.related.map(record => record.id).sort()).toEqual([first.id, second.id].sort())
  })

  test('list-entry.created, updated and deleted; removed and added again is two lines more', async () => {
    const { id, name } = await company()
    const list = attio.ids.lists['Hot Leads'] ?? ''
    const add = () =>
      attio.write('POST', `/v2/lists/${list}/entries`, grace, { parent_record_id: id, parent_object: 'companies', entry_values: {} })
    const entry = idOf(await add(), 'entry_id')
    const [added] = await theLine(id, 'list-entry.created')
    expect(added && told(added)).toEqual({
      title: `${name} > List entry added`,
      detail: 'Added to Hot Leads',
      kind: 'list-entry.created',
      ...crm,
    })
    await attio.write('PATCH', `/v2/lists/${list}/entries/${entry}`, grace, { entry_values: { priority: 'High' } })
    const [updated] = await theLine(id, 'list-entry.updated')
    expect(updated && told(updated)).toEqual({
      title: `${name} > List entry updated`,
      detail: 'Updated Priority in Hot Leads',
      kind: 'list-entry.updated',
      ...crm,
    })
    await attio.write('DELETE', `/v2/lists/${list}/entries/${entry}`, grace)
    const [removed] = await theLine(id, 'list-entry.deleted')
    expect(removed && told(removed)).toEqual({
      title: `${name} > List entry removed`,
      detail: 'Removed from Hot Leads',
      kind: 'list-entry.deleted',
      ...crm,
    })
    await add()
    await api.until(id, lines => lines.filter(line => line.kind === 'list-entry.created').length === 2)
  })

  test('entries of a private list make no line and say why in the log', async () => {
    const values = { email_addresses: [`nobody-${Date.now()}@example.com`] }
    const person = idOf(await attio.write('POST', '/v2/objects/people/records', ada, { values }), 'record_id')
    await theLine(person, 'record.created')
    const list = attio.ids.lists['Board Candidates'] ?? ''
    await attio.write('POST', `/v2/lists/${list}/entries`, ada, { parent_record_id: person, parent_object: 'people', entry_values: {} })
    await update('people', person, { job_title: 'Chair' })
    const lines = await theLine(person, 'record.updated')
    expect(lines).toHaveLength(1)
    expect((await api.about(person)).map(line => line.kind).sort()).toEqual(['record.created', 'record.updated'])
  })

  test('note.created, updated, edited and deleted', async () => {
    const { id, name } = await company()
    const parent = { parent_object: 'companies', parent_record_id: id, format: 'plaintext', content: 'Went well' }
    const note = idOf(await attio.write('POST', '/v2/notes', ada, { ...parent, title: 'Q2 Business Review' }), 'note_id')
    const [created] = await theLine(note, 'note.created')
    const title = (end: string) => `${name} > Q2 Business Review > ${end}`
    expect(created && told(created)).toEqual({ title: title('Note created'), detail: null, kind: 'note.created', ...notes })
    await attio.write('PATCH', `/v2/notes/${note}`, grace, { content: 'Went very well', format: 'plaintext' })
    const [edited] = await theLine(note, 'note.updated')
    expect(edited && told(edited)).toEqual({ title: title('Note updated'), detail: 'Edited note text', kind: 'note.updated', ...notes })
    await attio.write('PATCH', `/v2/notes/${note}`, grace, { title: 'Q2 Review' })
    const [renamed] = await theLine(note, 'note.updated', line => line.event_count === 2)
    expect(renamed).toMatchObject({
      title: `${name} > Q2 Review > Note updated`,
      detail: 'Renamed note and edited its text',
      id: edited?.id,
    })
    await attio.write('DELETE', `/v2/notes/${note}`, ada)
    const [deleted] = await theLine(note, 'note.deleted')
    expect(deleted && told(deleted)).toEqual({ title: `${name} > Q2 Review > Note deleted`, detail: null, kind: 'note.deleted', ...notes })
  })

  test('a note without a title is an untitled note, and what its author does to it at once is its creation', async () => {
    const { id, name } = await company()
    const parent = { parent_object: 'companies', parent_record_id: id, format: 'plaintext', content: '' }
    const note = idOf(await attio.write('POST', '/v2/notes', ada, { ...parent, title: '' }), 'note_id')
    const [untitled] = await theLine(note, 'note.created')
    expect(untitled?.title).toBe(`${name} > Untitled note > Note created`)
    await attio.write('PATCH', `/v2/notes/${note}`, ada, { title: 'Kick-off' })
    const [titled] = await theLine(note, 'note.created', line => line.event_count === 2)
    expect(titled).toMatchObject({ id: untitled?.id, title: `${name} > Kick-off > Note created` })
    expect(await api.about(note)).toHaveLength(1)
  })

  test('comment.created, resolved, unresolved and deleted', async () => {
    const { id, name } = await company()
    const author = { type: 'workspace-member', id: attio.ids.members[ada] }
    const comment = idOf(
      await attio.write('POST', '/v2/comments', ada, {
        ...{ format: 'plaintext', content: 'Who owns this?', author, created_at: new Date().toISOString() },
        record: { object: 'companies', record_id: id },
      }),
      'comment_id',
    )
    const expected = (end: string, kind: string) => ({ title: `${name} > ${end}`, detail: null, kind, ...notes })
    const [added] = await theLine(id, 'comment.created')
    expect(added && told(added)).toEqual(expected('Comment added', 'comment.created'))
    for (const [action, end, kind] of [
      ['resolve', 'Comment resolved', 'comment.resolved'],
      ['unresolve', 'Comment reopened', 'comment.unresolved'],
    ] as const) {
      await attio.control('POST', `/workspaces/northwind/comments/${comment}/${action}`, anything, {}, grace)
      const [line] = await theLine(id, kind)
      expect(line && told(line)).toEqual(expected(end, kind))
    }
    await attio.write('DELETE', `/v2/comments/${comment}`, ada)
    const [deleted] = await theLine(id, 'comment.deleted')
    expect(deleted && told(deleted)).toEqual(expected('Comment deleted', 'comment.deleted'))
  })

  test('a comment on a list entry names the list', async () => {
    const { id } = await company()
    const list = attio.ids.lists['Hot Leads'] ?? ''
    const body = { parent_record_id: id, parent_object: 'companies', entry_values: {} }
    const entry = idOf(await attio.write('POST', `/v2/lists/${list}/entries`, ada, body), 'entry_id')
    await attio.write('POST', '/v2/comments', ada, {
      ...{ format: 'plaintext', content: 'Call them', author: { type: 'workspace-member', id: attio.ids.members[ada] } },
      entry: { list, entry_id: entry },
    })
    const [line] = await theLine(id, 'comment.created')
    expect(line?.detail).toBe('On the Hot Leads entry')
  })

  test('task.created, updated, completed, reopened and deleted', async () => {
    const { id } = await company()
    const text = 'Renewal - Acme Corp\nSend the renewal paperwork before Friday'
    const linked_records = [{ target_object: 'companies', target_record_id: id }]
    const base = { content: text, format: 'plaintext', deadline_at: null, is_completed: false, linked_records, assignees: [] }
    const task = idOf(await attio.write('POST', '/v2/tasks', ada, base), 'task_id')
    const expected = (end: string, kind: string) => ({ title: `Renewal - Acme Corp > ${end}`, detail: text, kind, ...tasks })
    const [created] = await theLine(task, 'task.created')
    expect(created && told(created)).toEqual(expected('Task created', 'task.created'))
    expect(created?.related.map(record => record.id)).toEqual([id])
    const patch = (data: object, actor: string) => attio.write('PATCH', `/v2/tasks/${task}`, actor, data)
    await patch({ deadline_at: '2026-12-24T12:00:00.000000000Z' }, grace)
    const [updated] = await theLine(task, 'task.updated')
    expect(updated && told(updated)).toEqual(expected('Task updated', 'task.updated'))
    expect(updated?.changes.map(change => change.title)).toEqual(['Deadline'])
    await patch({ is_completed: true }, ada)
    const [completed] = await theLine(task, 'task.completed')
    expect(completed && told(completed)).toEqual(expected('Task completed', 'task.completed'))
    await patch({ is_completed: false }, ada)
    const [reopened] = await theLine(task, 'task.reopened')
    expect(reopened).toMatchObject({ ...expected('Task reopened', 'task.reopened'), id: completed?.id })
    await patch({ is_completed: true }, ada)
    const [again] = await theLine(task, 'task.completed')
    expect(again).toMatchObject({ id: completed?.id, event_count: 3 })
    await attio.write('DELETE', `/v2/tasks/${task}`, ada)
    const [deleted] = await theLine(task, 'task.deleted')
    expect(deleted && told(deleted)).toEqual(expected('Task deleted', 'task.deleted'))
  })

  test('call-recording.created, with and without a linked record', async () => {
    const { id, name } = await company()
    const meeting = async (linked: { object: string; record_id: string }[]) => {
      const meetingId = crypto.randomUUID()
      await attio.control('PUT', `/workspaces/northwind/meetings/${meetingId}`, anything, {
        title: 'Q2 sync',
        start: { datetime: '2026-11-24T09:00:00Z', timezone: 'UTC' },
        end: { datetime: '2026-11-24T10:00:00Z', timezone: 'UTC' },
        participants: [{ email_address: ada, is_organizer: true }, { email_address: grace }],
        linked_records: linked,
      })
      await attio.control('POST', '/workspaces/northwind/call-recordings', anything, { meeting_id: meetingId }, ada)
      return meetingId
    }
    const linked = await meeting([{ object: 'companies', record_id: id }])
    const [line] = await theLine(linked, 'call-recording.created')
    expect(line).toMatchObject({ title: `${name} > Q2 sync > Call recorded`, category: 'meeting', feature: 'calls' })
    expect(line?.participants.map(person => person.member_id)).toContain(attio.ids.members[grace])
    const alone = await meeting([])
    const [bare] = await theLine(alone, 'call-recording.created')
    expect(bare?.title).toBe('Q2 sync > Call recorded')
  })

  test('automation and people who map to nobody make no line that is seen', async () => {
    const { id } = await company()
    await theLine(id, 'record.created')
    for (const actor of ['system', 'api-token:0d91718e-9193-47e7-8b6c-6feeae40dcc1', 'mary@freelance.example']) {
      await update('companies', id, { fit: 3, description: `by ${actor}` }, actor)
    }
    await update('companies', id, { fit: 5 }, grace)
    await api.until(id, of('record.updated'))
    expect((await api.about(id)).map(line => line.actor.name).sort()).toEqual(['Ada Lovelace', 'Grace Hopper'])
  })

  test('a record changed right after its creation is its own Updated line', async () => {
    const { id } = await company()
    await update('companies', id, { fit: 4 })
    await api.until(id, lines => of('record.created')(lines) && of('record.updated')(lines))
    expect(await api.about(id)).toHaveLength(2)
  })

  test('another organisation sees none of it', async () => {
    const globex = timelineApi(stack.info.urls.api, stack.info.organizations.globex.admin.token)
    expect((await api.lines()).length).toBeGreaterThan(0)
    expect(await globex.lines()).toEqual([])
    const [line] = await api.lines()
    expect((await globex.get(`/v1/timeline/${line?.id}`)).status).toBe(404)
  })
})
