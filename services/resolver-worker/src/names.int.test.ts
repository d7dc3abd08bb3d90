import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { EventFacts } from '@worksights/activity'
import { type Bench, eventsBy, openBench, type TestConnection, type Worker } from './testing/bench.ts'
import { waitUntil } from './testing/wait.ts'

/*
 * Where names come from, and what becomes of a line whose names did not come in time.
 */

let bench: Bench
let worker: Worker
let place: TestConnection
let by: ReturnType<typeof eventsBy>
let robots: ReturnType<typeof eventsBy>

beforeAll(async () => {
  bench = await openBench()
  by = eventsBy({ type: 'workspace-member', id: bench.attio.member('ada') }, bench.attio)
  robots = eventsBy({ type: 'app', id: 'importer' }, bench.attio)
}, 60_000)
beforeEach(async () => {
  worker = bench.worker()
  place = await bench.connect()
})
afterEach(() => bench.attio.heal())
afterAll(() => bench.close())

const company = async (name: string) =>
  (await bench.attio.write('POST', '/v2/objects/companies/records', { values: { name } })).record_id ?? ''
const rename = (id: string, name: string) => bench.attio.write('PATCH', `/v2/objects/companies/records/${id}`, { values: { name } })
const attribute = (slug: string) => bench.attio.attribute('objects', 'companies', slug)
const newNote = async (parent: string, title: string) => {
  const id = randomUUID()
  await bench.attio.put(`notes/${id}`, { parent_object: 'companies', parent_record_id: parent, title })
  return id
}

/** Works one delivery of these events and what goes on after the turn; gives all facts stored so far. */
async function resolve(...events: object[]): Promise<EventFacts[]> {
  await place.deliver(events)
  await worker.turn(place.connectionId)
  return await place.facts()
}
/** Reads members, objects and the attributes of companies, so that a test is about one name only. */
async function warmUp(): Promise<void> {
  await resolve(by.updated(await company('Warm Ltd'), await attribute('description')))
}
const recordNames = (all: EventFacts[]) => all.map(facts => ('record' in facts ? facts.record.name : undefined))
const path = (expression: string, fault: object) => bench.attio.faults({ paths: [{ path: expression, ...fault }] })

describe('a name that changed', () => {
  test('is on the line of the rename and of what follows', async () => {
    const id = await company('Acme')
    await resolve(by.record('created', id))
    await rename(id, 'Acme Corp')
    expect(recordNames(await resolve(by.updated(id, await attribute('name'))))).toEqual(['Acme', 'Acme Corp'])
    expect(recordNames(await resolve(by.comment('created', id)))).toEqual(['Acme', 'Acme Corp', 'Acme Corp'])
  })

  test('by automation is on the next line', async () => {
    const id = await company('Acme')
    await resolve(by.updated(id, await attribute('description')))
    await rename(id, 'Acme Corp')
    await resolve(robots.updated(id, await attribute('name')))
    expect(recordNames(await resolve(by.comment('created', id)))).toEqual(['Acme', 'Acme Corp'])
  })

  test('while Attio was down is on the next line', async () => {
    const id = await company('Acme')
    await resolve(by.updated(id, await attribute('description')))
    await rename(id, 'Acme Corp')
    await bench.attio.faults({ server_errors: {} })
    expect(recordNames(await resolve(by.updated(id, await attribute('name'))))).toEqual(['Acme', 'Acme'])
    await bench.attio.heal()
    expect(recordNames(await resolve(by.comment('created', id))).at(-1)).toBe('Acme Corp')
  })

  test('comes too late for the line of the rename and is put there when it arrives', async () => {
    const id = await company('Acme')
    const note = await newNote(id, 'Draft')
    await resolve(by.note('note.created', note, id), by.updated(id, await attribute('description')))
    await bench.attio.put(`notes/${note}`, { title: 'Q2 Business Review' })
    await rename(id, 'Acme Corp')
    await bench.attio.faults({ slow_ms: 150 })
    const hasty = bench.worker({ holdMs: 20 })
    await place.deliver([by.note('note.updated', note, id), by.updated(id, await attribute('name'))])
    await hasty.begin(place.connectionId)
    expect((await place.facts()).slice(2)).toMatchObject([{ note: { name: 'Draft' } }, { record: { name: 'Acme' } }])
    await hasty.finished()
    expect((await place.facts()).slice(2)).toMatchObject([{ note: { name: 'Q2 Business Review' } }, { record: { name: 'Acme Corp' } }])
    expect((await place.events()).map(event => event.pending_names)).toEqual([[], [], [], []])
  })

  test('of an attribute is on the line after the event that says so', async () => {
    const id = await company('Acme')
    const attributeId = randomUUID()
    const fields = { target: 'objects', parent: 'companies', api_slug: `rating_${attributeId.slice(0, 8)}`, type: 'text' }
    await bench.attio.put(`attributes/${attributeId}`, { ...fields, title: 'Rating' })
    await resolve(by.updated(id, attributeId))
    await bench.attio.put(`attributes/${attributeId}`, { title: 'Score' })
    await resolve(robots.event('object-attribute.updated', { object_id: bench.attio.objects.companies, attribute_id: attributeId }))
    expect(await resolve(by.updated(id, attributeId))).toMatchObject([{ attribute: { name: 'Rating' } }, { attribute: { name: 'Score' } }])
  })

  test('of a note is known to later edits of its text', async () => {
    const id = await company('Acme')
    const note = await newNote(id, 'Draft')
    await resolve(by.note('note.created', note, id))
    await bench.attio.put(`notes/${note}`, { title: 'Q2 Business Review' })
    await resolve(by.note('note.updated', note, id))
    expect((await resolve(by.note('note-content.updated', note, id))).map(facts => facts.family === 'note' && facts.note.name)).toEqual([
      'Draft',
      'Q2 Business Review',
      'Q2 Business Review',
    ])
  })

  test('may hold what people paste: a NUL and half an emoji are cut out', async () => {
    const id = await company('Acme')
    const note = await newNote(id, 'Q2\u0000 Review \ud83d')
    expect(await resolve(by.note('note.created', note, id))).toMatchObject([
      { note: { name: expect.stringMatching(/^Q2 Review/), state: 'known' } },
    ])
  })
})

describe('Attio slower than a line may wait', () => {
  test('the line is there without the name within the hold and has it when it arrives', async () => {
    await warmUp()
    const id = await company('Acme')
    await bench.attio.faults({ slow_ms: 1_500 })
    const patient = bench.worker({ holdMs: 300 })
    await place.deliver([by.record('created', id)])
    const turn = await patient.begin(place.connectionId)
    expect(turn).toMatchObject({ deliveries: 1, events: 1, failed: 0 })
    expect((await place.events()).at(-1)).toMatchObject({ state: 'pending', pending_names: [`record/${id}`] })
    await bench.database.pool.query(`update event set state = 'projected', due_at = null where connection_id = $1`, [place.connectionId])
    await patient.finished()
    expect((await place.facts()).at(-1)).toMatchObject({ record: { name: 'Acme', state: 'known' } })
    expect((await place.events()).at(-1)).toMatchObject({ state: 'pending', pending_names: [] })
    expect(patient.coalesce.filter(connection => connection === place.connectionId)).toHaveLength(2)
  })

  test('what a task is linked with is looked up and put on its line when the task arrives', async () => {
    await warmUp()
    const id = await company('Acme')
    const task = randomUUID()
    await bench.attio.put(`tasks/${task}`, { content: 'Renewal', linked_records: [{ target_object: 'companies', target_record_id: id }] })
    await bench.attio.faults({ slow_ms: 150 })
    const hasty = bench.worker({ holdMs: 20 })
    await place.deliver([by.task('created', task)])
    await hasty.begin(place.connectionId)
    expect((await place.facts()).at(-1)).toMatchObject({ taskState: 'pending', text: null, linked: [] })
    await hasty.finished()
    expect((await place.facts()).at(-1)).toMatchObject({
      taskState: 'known',
      text: 'Renewal',
      snapshot: { isCompleted: false },
      linked: [{ name: 'Acme', state: 'known', objectId: bench.attio.objects.companies }],
    })
  })

  test('so is what a meeting is linked with, and who was there', async () => {
    await warmUp()
    const id = await company('Acme')
    const meeting = randomUUID()
    const at = { datetime: new Date().toISOString() }
    await bench.attio.put(`meetings/${meeting}`, {
      ...{ title: 'Q2 sync', start: at, end: at, linked_records: [{ object: 'companies', record_id: id }] },
      participants: [{ email_address: 'grace.hopper@northwind.example' }],
    })
    const ids = await bench.attio.record(meeting, bench.attio.member('ada'))
    await bench.attio.faults({ slow_ms: 150 })
    const hasty = bench.worker({ holdMs: 20 })
    await place.deliver([by.recorded(ids)])
    await hasty.begin(place.connectionId)
    expect((await place.facts()).at(-1)).toMatchObject({ meeting: { state: 'pending' }, linked: [], participants: [], url: null })
    await hasty.finished()
    const event = (await place.events()).at(-1)
    expect(event?.happened_at.getTime()).toBeLessThan(event?.received_at.getTime() ?? 0)
    expect(event?.pending_names).toEqual([])
    expect((await place.facts()).at(-1)).toMatchObject({
      ...{ meeting: { name: 'Q2 sync' }, linked: [{ name: 'Acme' }], participants: [{ name: 'Grace Hopper' }] },
      url: expect.stringContaining(ids.call_recording_id ?? ''),
    })
  })

  test('a recording that comes later than its meeting gives the line its address and its time', async () => {
    await warmUp()
    const meeting = randomUUID()
    const at = { datetime: new Date().toISOString() }
    await bench.attio.put(`meetings/${meeting}`, { title: 'Q2 sync', start: at, end: at, participants: [] })
    const ids = await bench.attio.record(meeting, bench.attio.member('ada'))
    await path('/call_recordings/', { status: 503, times: 1 })
    expect((await resolve(by.recorded(ids))).at(-1)).toMatchObject({ meeting: { name: 'Q2 sync' }, url: null })
    const before = (await place.events()).at(-1)
    expect(before?.happened_at).toEqual(before?.received_at)
    await resolve(robots.recorded(ids))
    const events = await place.events()
    const mended = events.find(event => event.id === before?.id)
    expect(mended?.happened_at.getTime()).toBeLessThan(mended?.received_at.getTime() ?? 0)
    expect((await place.facts())[1]).toMatchObject({
      meeting: { name: 'Q2 sync' },
      url: expect.stringContaining(ids.call_recording_id ?? ''),
    })
  })

  test('a slow workspace takes no place from another', async () => {
    await warmUp()
    const id = await company('Acme')
    const slow = await bench.connect()
    const both = bench.worker({ holdMs: 20 })
    await path('/records/', { status: 503, delay_ms: 4_000 })
    await slow.deliver(Array.from({ length: 40 }, () => by.comment('created', randomUUID())))
    await both.begin(slow.connectionId)
    await bench.attio.heal()
    await place.deliver([by.comment('created', id)])
    await both.begin(place.connectionId)
    const named = async () => recordNames(await place.facts()).at(-1) === 'Acme'
    await waitUntil(named)
    // Nothing of the slow one has come back yet: all forty still wait.
    expect((await slow.rows("select 1 from label where connection_id = $1 and type = 'record'")).length).toBe(0)
  })
})

describe('Attio down', () => {
  test.each([
    ['answers 503', { server_errors: {} }],
    ['answers pages of a wall', { server_errors: { body: 'html' } }],
    ['refuses a good token', { spurious_401: {} }],
  ])('when it %s, lines are pending, and the next event of the record gives all of them the name', async (_how, fault) => {
    await warmUp()
    const id = await company('Acme')
    await bench.attio.faults(fault)
    await resolve(by.updated(id, await attribute('description')))
    await resolve(by.comment('created', id))
    expect(recordNames(await place.facts()).slice(1)).toEqual([null, null])
    await bench.attio.heal()
    await resolve(by.entry('created', bench.attio.lists.hot_leads, id))
    expect(recordNames(await place.facts()).slice(1)).toEqual(['Acme', 'Acme', 'Acme'])
    expect((await place.events()).flatMap(event => event.pending_names)).toEqual([])
  })

  test('a name is found by whichever pod reads it, though it wrote none of the lines', async () => {
    await warmUp()
    const id = await company('Acme')
    await bench.attio.faults({ server_errors: {} })
    await resolve(by.comment('created', id))
    await bench.attio.heal()
    await place.deliver([by.comment('created', id)])
    await bench.worker().turn(place.connectionId)
    expect(recordNames(await place.facts()).slice(1)).toEqual(['Acme', 'Acme'])
  })

  test('a name learned by another pod between look-up and writing is on the line all the same', async () => {
    await warmUp()
    const id = await company('Acme')
    await path(`/records/${id}`, { status: 503, delay_ms: 400, times: 1 })
    await place.deliver([by.comment('created', id)])
    const unlucky = worker.turn(place.connectionId)
    await waitUntil(async () => (await bench.attio.asked(`/v2/objects/${bench.attio.objects.companies}/records/${id}`)) > 0)
    await place.deliver([by.comment('created', id)])
    await bench.worker().turn(place.connectionId)
    await unlucky
    expect(recordNames(await place.facts()).slice(1)).toEqual(['Acme', 'Acme'])
  })

  test('a task read before says nothing of a later event, and the next reading does', async () => {
    const task = randomUUID()
    await bench.attio.put(`tasks/${task}`, { content: 'Call back' })
    await resolve(by.task('created', task))
    await bench.attio.put(`tasks/${task}`, { is_completed: true })
    await bench.attio.faults({ server_errors: {} })
    expect((await resolve(by.task('updated', task)))[1]).toMatchObject({ taskState: 'pending', text: 'Call back', snapshot: null })
    await bench.attio.heal()
    const facts = await resolve(by.task('updated', task))
    expect(facts.slice(1)).toMatchObject([
      { taskState: 'known', snapshot: { isCompleted: true } },
      { taskState: 'known', snapshot: { isCompleted: true } },
    ])
  })

  test('a call of an unknown recorder waits for Attio', async () => {
    await path('^/v2/meetings', { status: 503 })
    await place.deliver([robots.recorded({ meeting_id: randomUUID(), call_recording_id: randomUUID() })])
    await worker.turn(place.connectionId)
    expect(await place.deliveries()).toMatchObject([{ state: 'failed', reason: 'who made the recording is not known yet' }])
  })
})

describe('answers that are no answers', () => {
  test.each(['date', 'seconds'])('429 is waited for as long as Retry-After (a %s) says, and costs no attempt', async retry_after => {
    await warmUp()
    const id = await company('Acme')
    await bench.attio.faults({ rate_limit_storm: { for_ms: 600, retry_after } })
    expect(recordNames(await resolve(by.record('created', id))).at(-1)).toBe('Acme')
    expect((await place.deliveries()).at(-1)).toMatchObject({ state: 'processed', attempts: 1 })
  })

  test('a merge in progress is asked for again and named when it is done', async () => {
    const [one, two] = [await company('Acme Inc'), await company('ACME')]
    await warmUp()
    await bench.attio.faults({ merge_in_progress_ms: 350 })
    const merged = { primary_record_id: one, secondary_record_id: two }
    const { record_id: result = '' } = await bench.attio.write('POST', '/v2/objects/companies/records/merge', merged)
    const hasty = bench.worker({ holdMs: 20 })
    await place.deliver([by.merged(result, two)])
    await hasty.begin(place.connectionId)
    expect((await place.facts()).at(-1)).toMatchObject({ record: { name: null, state: 'pending' } })
    await hasty.finished()
    expect((await place.facts()).at(-1)).toMatchObject({ record: { name: 'Acme Inc', state: 'known' } })
  })

  test('a task that Attio read before the event is read again, until the reading shows it', async () => {
    const task = randomUUID()
    await bench.attio.put(`tasks/${task}`, { content: 'Call back' })
    await bench.attio.put(`tasks/${task}`, { is_completed: true })
    await bench.attio.faults({ read_lag_ms: 300 })
    expect(await resolve(by.task('updated', task))).toMatchObject([{ taskState: 'known', snapshot: { isCompleted: true } }])
  })

  test('a 404 from before the event does not make a record missing', async () => {
    await warmUp()
    const id = await company('Acme')
    await bench.attio.faults({ read_lag_ms: 300 })
    expect(recordNames(await resolve(by.record('created', id))).at(-1)).toBe('Acme')
  })

  test('a 404 is pending at first, and gone when it stays for ten minutes', async () => {
    await warmUp()
    const id = randomUUID()
    expect((await resolve(by.comment('created', id))).at(-1)).toMatchObject({ record: { name: null, state: 'pending' } })
    await place.rows(`update label set missing_since = now() - interval '11 minutes' where connection_id = $1 and id = $2`, id)
    const facts = await resolve(by.comment('created', id))
    expect(facts.slice(-2)).toMatchObject([{ record: { state: 'gone' } }, { record: { state: 'gone' } }])
  })

  test('a missing permission is told apart and is not waited for', async () => {
    const scopes = ['user_management:read', 'object_configuration:read', 'record_permission:read', 'list_configuration:read']
    place = await bench.connect({ token: await bench.attio.token(scopes) })
    const id = await company('Acme')
    expect(await resolve(by.note('note.created', await newNote(id, 'Secret'), id))).toMatchObject([
      { note: { name: null, state: 'forbidden' }, record: { name: 'Acme', state: 'known' } },
    ])
    expect(await place.events()).toMatchObject([{ pending_names: [] }])
  })

  test('while nothing answers, look-ups pile up only so far', async () => {
    await warmUp()
    await bench.attio.faults({ read_limit: null, paths: [{ path: '/records/', status: 503, delay_ms: 500 }] })
    await bench.attio.forget()
    const hasty = bench.worker({ holdMs: 20 })
    await place.deliver(Array.from({ length: 500 }, () => by.comment('created', randomUUID())))
    await hasty.begin(place.connectionId)
    expect((await place.events()).filter(event => event.pending_names.length > 0)).toHaveLength(500)
    await bench.attio.faults({ paths: [] })
    await hasty.settle()
    expect(await bench.attio.asked('^/v2/objects/.*/records/')).toBeLessThanOrEqual(320)
  })
})

describe('names cost no more than they must', () => {
  test('a hundred changes of one record are one call, and the next hundred none', async () => {
    const id = await company('Acme')
    const description = await attribute('description')
    await warmUp()
    await bench.attio.forget()
    await place.deliver(...Array.from({ length: 100 }, () => [by.updated(id, description)]))
    await worker.turn(place.connectionId)
    expect(await bench.attio.asked()).toBe(1)
    await place.deliver(...Array.from({ length: 100 }, () => [by.updated(id, description)]))
    await worker.turn(place.connectionId)
    expect(await bench.attio.asked()).toBe(1)
  })
})
