import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { eventId } from '@worksights/activity'
import { noEndings } from './instruments.ts'
import { type Bench, eventsBy, openBench, type TestConnection, type Worker } from './testing/bench.ts'

/*
 * What each event of Attio's becomes: its state and reason, its lane, and the facts its line is made of.
 */

let bench: Bench
let worker: Worker
let place: TestConnection
let by: ReturnType<typeof eventsBy>
let ada: string

beforeAll(async () => {
  bench = await openBench()
  ada = bench.attio.member('ada')
  by = eventsBy({ type: 'workspace-member', id: ada }, bench.attio)
  worker = bench.worker()
}, 60_000)
beforeEach(async () => {
  place = await bench.connect()
})
afterAll(() => bench.close())

const company = async (name: string) =>
  (await bench.attio.write('POST', '/v2/objects/companies/records', { values: { name } })).record_id ?? ''
const deal = async (name: string) =>
  (await bench.attio.write('POST', '/v2/objects/deals/records', { values: { name, stage: 'Lead', owner: ada } })).record_id ?? ''

/** Works one delivery of these events and gives what was stored. */
async function resolve(...events: object[]) {
  await place.deliver(events)
  await worker.turn(place.connectionId)
  const [delivery] = await place.deliveries()
  return { delivery, events: await place.events(), facts: await place.facts() }
}

const known = (id: string, name: string) => ({ id, name, state: 'known' })
const byAda = () => ({ v: 1, actor: { memberId: ada, name: 'Ada Lovelace' } })

describe('records', () => {
  test('a created company is a CRM event with its name, its nouns and its address, in the lane of its life', async () => {
    const id = await company('Acme Corp')
    const { delivery, events, facts } = await resolve(by.record('created', id))
    expect(delivery).toMatchObject({ state: 'processed', reason: null, due_at: null, attempts: 1 })
    expect(events).toMatchObject([{ state: 'pending', reason: null, lane: `record/${id}`, also_lane: null, pending_names: [] }])
    expect(facts).toMatchObject([
      {
        ...byAda(),
        kind: 'record.created',
        feature: 'crm',
        object: { id: bench.attio.objects.companies, singular: 'company', plural: 'companies' },
        record: { ...known(id, 'Acme Corp'), objectId: bench.attio.objects.companies },
        attribute: null,
        duplicate: null,
        url: `https://app.attio.com/northwind/company/${id}`,
      },
    ])
  })

  test('a changed deal belongs to Deals, names the attribute, and has a lane a member', async () => {
    const id = await deal('Acme expansion')
    const value = await bench.attio.attribute('objects', 'deals', 'value')
    const { events, facts } = await resolve(by.updated(id, value, bench.attio.objects.deals))
    expect(events).toMatchObject([{ state: 'pending', lane: `record/${id}/updated/${ada}` }])
    expect(facts).toMatchObject([{ feature: 'deals', attribute: { ...known(value, 'Deal value'), type: 'currency' } }])
  })

  test('a custom object without a name attribute is CRM, and its first text names the record', async () => {
    const { record_id: id = '' } = await bench.attio.write('POST', '/v2/objects/projects/records', { values: { project_title: 'Move' } })
    const { facts } = await resolve(by.record('created', id, bench.attio.objects.projects))
    expect(facts).toMatchObject([{ feature: 'crm', object: { singular: 'project' }, record: known(id, 'Move') }])
  })

  test('a person without a name goes by the e-mail address', async () => {
    const email_addresses = [`${randomUUID()}@nameless.example`]
    const { record_id: id = '' } = await bench.attio.write('POST', '/v2/objects/people/records', { values: { email_addresses } })
    const { facts } = await resolve(by.record('created', id, bench.attio.objects.people))
    expect(facts).toMatchObject([{ object: { singular: 'person' }, record: known(id, email_addresses[0] ?? '') }])
  })

  test('a deleted record keeps its last name, is gone, and links nowhere', async () => {
    const id = await company('Doomed Ltd')
    await resolve(by.record('created', id))
    await bench.attio.write('DELETE', `/v2/objects/companies/records/${id}`)
    const { facts } = await resolve(by.record('deleted', id))
    expect(facts[1]).toMatchObject({ kind: 'record.deleted', record: { id, name: 'Doomed Ltd', state: 'gone' }, url: null })
    expect(await place.label('record', id)).toMatchObject({ state: 'gone', name: 'Doomed Ltd' })
  })

  test('what an event said is gone stays gone when Attio then answers 404', async () => {
    const id = await company('Doomed Ltd')
    await resolve(by.record('deleted', id))
    await bench.attio.write('DELETE', `/v2/objects/companies/records/${id}`)
    await place.rows(`update label set fetched_at = 'epoch' where connection_id = $1`)
    await resolve(by.comment('created', id))
    expect(await place.label('record', id)).toMatchObject({ state: 'gone' })
  })

  test('a merge names its result and the original, whose id becomes an alias, in both lanes', async () => {
    const [one, two] = [await company('Acme Inc'), await company('ACME')]
    await resolve(by.record('created', one), by.record('created', two))
    const merged = { primary_record_id: one, secondary_record_id: two }
    const { record_id: result = '' } = await bench.attio.write('POST', '/v2/objects/companies/records/merge', merged)
    const { events, facts } = await resolve(by.merged(result, two))
    expect(events[2]).toMatchObject({ lane: `record/${result}`, also_lane: `record/${two}` })
    expect(facts[2]).toMatchObject({ record: { id: result, name: 'Acme Inc' }, duplicate: { id: two, name: 'ACME', state: 'gone' } })
    expect(await place.label('record', two)).toMatchObject({ state: 'gone', alias_of: result })
  })
})

describe('lists', () => {
  test.each(['created', 'deleted'])('a list entry %s names list and record, in the lane of the entry', async what => {
    const id = await company('Acme Corp')
    const event = by.entry(what, bench.attio.lists.hot_leads, id)
    const { events, facts } = await resolve(event)
    const { entry_id: entryId } = event.id as unknown as { entry_id: string }
    expect(events).toMatchObject([{ state: 'pending', lane: `entry/${entryId}` }])
    expect(facts).toMatchObject([
      { feature: 'crm', entryId, list: known(bench.attio.lists.hot_leads, 'Hot Leads'), record: { name: 'Acme Corp' } },
    ])
  })

  test('a changed entry names the attribute of the list; an entry id may be a UUID of any version', async () => {
    const id = await company('Acme Corp')
    const priority = await bench.attio.attribute('lists', 'hot_leads', 'priority')
    const entry_id = '9e578106-8f64-509c-81f7-c7fc85f327bd'
    const { events, facts } = await resolve(by.entry('updated', bench.attio.lists.hot_leads, id, { attribute_id: priority, entry_id }))
    expect(events).toMatchObject([{ lane: `entry/${entry_id}/updated/${ada}` }])
    expect(facts).toMatchObject([{ entryId: entry_id, attribute: { ...known(priority, 'Priority'), type: 'select' } }])
  })
})

describe('notes and comments', () => {
  test.each(['note.created', 'note.updated', 'note-content.updated', 'note.deleted'])(
    '%s names note and record, in the lane of the note',
    async type => {
      const id = await company('Acme Corp')
      const note = randomUUID()
      await bench.attio.put(`notes/${note}`, { parent_object: 'companies', parent_record_id: id, title: 'Q2 Business Review' })
      await resolve(by.note('note-content.updated', note, id))
      const { events, facts } = await resolve(by.note(type, note, id))
      expect(events[1]).toMatchObject({ state: 'pending', lane: `note/${note}` })
      const state = type === 'note.deleted' ? 'gone' : 'known'
      expect(facts[1]).toMatchObject({
        kind: type,
        feature: 'notes',
        note: { name: 'Q2 Business Review', state },
        record: { name: 'Acme Corp' },
      })
    },
  )

  test('a note without a title is known to have none', async () => {
    const id = await company('Acme Corp')
    const note = randomUUID()
    await bench.attio.put(`notes/${note}`, { parent_object: 'companies', parent_record_id: id })
    expect((await resolve(by.note('note.created', note, id))).facts).toMatchObject([{ note: { name: '', state: 'known' } }])
  })

  test.each(['created', 'resolved', 'unresolved', 'deleted'])(
    'a comment %s names its record, and its list where it hangs on an entry',
    async what => {
      const id = await company('Acme Corp')
      const { events, facts } = await resolve(by.comment(what, id), by.comment(what, id, bench.attio.lists.at_risk))
      expect(events.map(event => event.state)).toEqual(['pending', 'pending'])
      expect(facts).toMatchObject([
        { kind: `comment.${what}`, feature: 'notes', record: { name: 'Acme Corp' }, list: null },
        { list: { name: 'At Risk' } },
      ])
      expect(events[0]?.lane).toBe(`comment/${(facts[0] as { commentId: string }).commentId}`)
    },
  )
})

describe('tasks', () => {
  test('a task carries its text, its state, and its linked records with their objects by id', async () => {
    const id = await company('Acme Corp')
    const linked_records = [{ target_object: 'companies', target_record_id: id }]
    const task = { content: 'Renewal - Acme Corp', deadline_at: null, is_completed: false, linked_records, assignees: [] }
    const { task_id: taskId = '' } = await bench.attio.write('POST', '/v2/tasks', { format: 'plaintext', ...task })
    const { events, facts } = await resolve(by.task('created', taskId))
    expect(events).toMatchObject([{ lane: `task/${taskId}`, pending_names: [] }])
    expect(facts).toMatchObject([
      {
        feature: 'tasks',
        taskState: 'known',
        text: 'Renewal - Acme Corp',
        snapshot: { isCompleted: false, completedAt: null, linkedRecordIds: [id] },
        linked: [{ ...known(id, 'Acme Corp'), objectId: bench.attio.objects.companies }],
      },
    ])
  })

  test('each reading of a ticked, unticked and ticked task is that of its event', async () => {
    const taskId = randomUUID()
    await bench.attio.put(`tasks/${taskId}`, { content: 'Call back' })
    for (const is_completed of [true, false, true]) {
      await bench.attio.put(`tasks/${taskId}`, { is_completed })
      await resolve(by.task('updated', taskId))
    }
    expect((await place.facts()).map(facts => facts.family === 'task' && facts.snapshot?.isCompleted)).toEqual([true, false, true])
  })

  test('a deleted task keeps its last text', async () => {
    const taskId = randomUUID()
    await bench.attio.put(`tasks/${taskId}`, { content: 'Call back' })
    await resolve(by.task('updated', taskId))
    await bench.attio.remove(`tasks/${taskId}`)
    const { facts } = await resolve(by.task('deleted', taskId))
    expect(facts[1]).toMatchObject({ kind: 'task.deleted', taskState: 'gone', text: 'Call back', snapshot: null })
  })
})

describe('calls', () => {
  async function meeting(linked: { object: string; record_id: string }[], organizer = 'grace.hopper@northwind.example'): Promise<string> {
    const id = randomUUID()
    const at = { datetime: new Date().toISOString(), timezone: 'UTC' }
    const participants = [
      { email_address: organizer.toUpperCase(), is_organizer: true },
      { email_address: 'guest@elsewhere.example', is_organizer: false },
    ]
    await bench.attio.put(`meetings/${id}`, { title: 'Q2 sync', start: at, end: at, participants, linked_records: linked })
    return id
  }

  test('a recorded call names its meeting, deal before company, its members, and stands at the recording’s creation', async () => {
    const [companyId, dealId] = [await company('Acme Corp'), await deal('Acme expansion')]
    const linked = [
      { object: 'companies', record_id: companyId },
      { object: 'deals', record_id: dealId },
    ]
    const ids = await bench.attio.record(await meeting(linked), ada)
    // The recording and the receipt of its event are told apart by the millisecond.
    await pause(5)
    const { events, facts } = await resolve(by.recorded(ids))
    expect(events).toMatchObject([{ state: 'pending', lane: `call/${ids.call_recording_id}` }])
    expect(events[0]?.happened_at.getTime()).toBeLessThan(events[0]?.received_at.getTime() ?? 0)
    expect(facts).toMatchObject([
      {
        feature: 'calls',
        meeting: { name: 'Q2 sync' },
        linked: [{ name: 'Acme expansion', objectId: bench.attio.objects.deals }, { name: 'Acme Corp' }],
        participants: [{ memberId: bench.attio.member('grace'), name: 'Grace Hopper' }],
        url: expect.stringContaining(ids.call_recording_id ?? ''),
      },
    ])
  })

  const recorder = { type: 'app', id: randomUUID() }
  const recordedByApp = (ids: object) => ({ event_type: 'call-recording.created', id: { workspace_id: 'w', ...ids }, actor: recorder })

  test('Attio’s recorder acts for the member who created the recording', async () => {
    const ids = await bench.attio.record(await meeting([]), bench.attio.member('katherine'))
    expect((await resolve(recordedByApp(ids))).facts).toMatchObject([{ actor: { name: 'Katherine Johnson' } }])
  })

  test('else for the organiser, if that is a member', async () => {
    const ids = await bench.attio.record(await meeting([]), 'system')
    expect((await resolve(recordedByApp(ids))).facts).toMatchObject([{ actor: { name: 'Grace Hopper' } }])
  })

  test('else for nobody: it is filtered as automation', async () => {
    const ids = await bench.attio.record(await meeting([], 'host@elsewhere.example'), 'system')
    const { delivery, events } = await resolve(recordedByApp(ids))
    expect([delivery, ...events]).toMatchObject([
      { state: 'filtered', reason: 'automation' },
      { state: 'filtered', reason: 'automation', lane: null },
    ])
  })
})

describe('who acts', () => {
  test.each([
    { type: 'api-token', id: '76602e62-6767-4975-9e3f-751d5ce80a05' },
    { type: 'app', id: '0061e423-8347-4ba0-a23c-286fdbd54a8c' },
    { type: 'system', id: null },
    { type: 'workflow', id: '4bb12418-c26b-463b-9548-ec3ba6143448' },
    { type: 'workspace-member', id: null },
  ])('what $type (id $id) does is filtered as automation', async actor => {
    const { delivery, events } = await resolve(eventsBy(actor, bench.attio).record('created', randomUUID()))
    expect([delivery, ...events]).toMatchObject([
      { state: 'filtered', reason: 'automation' },
      { state: 'filtered', reason: 'automation', lane: null, pending_names: [] },
    ])
  })

  test('a hundred deliveries of automation ask Attio nothing and read no label', async () => {
    const attribute = await bench.attio.attribute('objects', 'companies', 'description')
    const robots = eventsBy({ type: 'system', id: null }, bench.attio)
    await place.deliver(...Array.from({ length: 100 }, () => [robots.updated(randomUUID(), attribute)]))
    await bench.attio.forget()
    expect(await worker.turn(place.connectionId)).toEqual({
      deliveries: 100,
      events: 0,
      failed: 0,
      ended: { ...noEndings(), filtered: 100 },
      againInMs: null,
    })
    expect(await bench.attio.asked()).toBe(0)
    expect(await place.rows('select 1 from label where connection_id = $1')).toEqual([])
    expect(await place.rows('select 1 from member where connection_id = $1')).toEqual([])
  })

  test('an id that a fresh sync of members does not know is ignored as an unknown member', async () => {
    const { delivery, events } = await resolve(
      eventsBy({ type: 'workspace-member', id: randomUUID() }, bench.attio).record('created', randomUUID()),
    )
    expect([delivery, ...events]).toMatchObject([
      { state: 'ignored', reason: 'unknown member' },
      { state: 'ignored', reason: 'unknown member' },
    ])
  })

  test('a member who joined since the last sync is found by a sync, and mapped to the user with that e-mail', async () => {
    await resolve(by.record('created', await company('Acme Corp')))
    const [email, member, user] = [`${randomUUID()}@northwind.example`, randomUUID(), randomUUID()]
    await place.rows(
      `insert into app_user (id, organization_id, email, email_folded) select $2, organization_id, $3, $3 from connection where id = $1`,
      user,
      email,
    )
    await bench.attio.put(`members/${member}`, { first_name: 'Radia', last_name: 'Perlman', email_address: email })
    const { facts } = await resolve(
      eventsBy({ type: 'workspace-member', id: member }, bench.attio).record('created', await company('Initech')),
    )
    expect(facts[1]).toMatchObject({ actor: { memberId: member, name: 'Radia Perlman' } })
    expect(await place.rows('select user_id from member where connection_id = $1 and id = $2', member)).toEqual([{ user_id: user }])
  })

  test('while members cannot be read, an unknown one is waited for, and on the last chance written without a name', async () => {
    await bench.attio.faults({ paths: [{ path: '^/v2/workspace_members', status: 503 }] })
    try {
      await resolve(by.record('created', await company('Acme Corp')))
      expect(await place.deliveries()).toMatchObject([{ state: 'failed', reason: 'the member is not known yet', attempts: 1 }])
      for (let attempt = 2; attempt <= 4; attempt += 1) {
        await place.makeDue()
        await worker.turn(place.connectionId)
      }
      expect(await place.deliveries()).toMatchObject([{ state: 'processed', attempts: 4 }])
      expect(await place.facts()).toMatchObject([{ actor: { memberId: ada, name: null } }])
    } finally {
      await bench.attio.heal()
    }
  })
})

describe('any shape of delivery', () => {
  test('no event at all is ignored with a reason', async () => {
    expect((await resolve()).delivery).toMatchObject({ state: 'ignored', reason: 'no events in the delivery' })
  })

  test('fifty events in one delivery are fifty events, each with the id of its place', async () => {
    const id = await company('Acme Corp')
    const attribute = await bench.attio.attribute('objects', 'companies', 'description')
    const { delivery, events } = await resolve(...Array.from({ length: 50 }, () => by.updated(id, attribute)))
    expect(delivery).toMatchObject({ state: 'processed' })
    expect(events.map(event => event.id)).toEqual(events.map((_event, index) => eventId(delivery?.id ?? '', index)))
    expect(events).toHaveLength(50)
  })

  test('an event of a type nobody knows is ignored as unsupported and does not keep the others of its delivery', async () => {
    const id = await company('Acme Corp')
    const { delivery, events } = await resolve(by.event('activity.created', { activity_id: randomUUID() }), by.record('created', id))
    expect(delivery).toMatchObject({ state: 'processed', reason: null })
    expect(events).toMatchObject([
      { state: 'ignored', reason: 'unsupported event', event_type: 'activity.created' },
      { state: 'pending', reason: null },
    ])
  })

  test('an event that lacks an id is ignored and says which one, without a value', async () => {
    const { delivery, events } = await resolve(by.event('record.created', { object_id: 'o' }))
    expect(delivery?.state).toBe('ignored')
    expect(events).toMatchObject([{ state: 'ignored', reason: expect.stringMatching(/^unreadable event: id\.record_id/) }])
  })

  test.each([
    ['not JSON', '{"events":', 'not JSON'],
    ['of another shape', '{"hello":1}', 'unknown shape: the body has no array called events'],
  ])('a body %s is ignored with a reason', async (_what, body, reason) => {
    await place.deliver(body)
    await worker.turn(place.connectionId)
    expect(await place.deliveries()).toMatchObject([{ state: 'ignored', reason }])
  })

  test.each([
    'list.created',
    'list.updated',
    'list.deleted',
    'list-attribute.created',
    'list-attribute.updated',
    'object-attribute.created',
    'object-attribute.updated',
    'workspace-member.created',
  ])('%s makes no line, whoever caused it', async type => {
    const ids = {
      list_id: bench.attio.lists.at_risk,
      object_id: bench.attio.objects.companies,
      attribute_id: 'a',
      workspace_member_id: ada,
    }
    const app = eventsBy({ type: 'app', id: 'x' }, bench.attio)
    const { delivery, events } = await resolve(by.event(type, ids), app.event(type, ids))
    const outcome = { state: 'ignored', reason: 'refreshes names, makes no line' }
    expect([delivery, ...events]).toMatchObject([outcome, outcome, outcome])
  })

  test('a test event whose ids are made up ends processed, with every name pending', async () => {
    const [list, record, attribute] = [randomUUID(), randomUUID(), randomUUID()]
    const { delivery, events } = await resolve(
      by.updated(record, attribute),
      by.note('note.created', list, record),
      by.task('updated', list),
    )
    expect(delivery).toMatchObject({ state: 'processed', due_at: null })
    expect(events.map(event => event.pending_names.length)).toEqual([2, 2, 1])
  })

  test('a test event about an object that does not exist is tried again and is CRM on the last chance', async () => {
    await place.deliver([by.record('created', randomUUID(), randomUUID())])
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await place.makeDue()
      await worker.turn(place.connectionId)
      const [delivery] = await place.deliveries()
      if (attempt < 4) expect(delivery).toMatchObject({ state: 'failed', reason: expect.stringContaining('object'), attempts: attempt })
      else expect(delivery).toMatchObject({ state: 'processed', attempts: 4 })
    }
    expect(await place.facts()).toMatchObject([{ feature: 'crm', object: { singular: null } }])
  })
})
