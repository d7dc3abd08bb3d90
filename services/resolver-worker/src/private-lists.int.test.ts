import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { lockLanes } from '@worksights/database'
// What the timeline shows is the coalescer's to say, so this one test file sees both sides.
import { coalesceTurn } from '../../coalescer-worker/src/turn.ts'
import { type Bench, eventsBy, openBench, type TestConnection, type Worker } from './testing/bench.ts'
import { waitUntil } from './testing/wait.ts'

/*
 * Private lists stay private, also when that is learned after the line was told.
 */

let bench: Bench
let worker: Worker
let place: TestConnection
let by: ReturnType<typeof eventsBy>

beforeAll(async () => {
  bench = await openBench()
  by = eventsBy({ type: 'workspace-member', id: bench.attio.member('ada') }, bench.attio)
}, 60_000)
beforeEach(async () => {
  worker = bench.worker()
  place = await bench.connect()
})
afterEach(() => bench.attio.heal())
afterAll(() => bench.close())

const company = async (name: string) =>
  (await bench.attio.write('POST', '/v2/objects/companies/records', { values: { name } })).record_id ?? ''
const listsFail = () => bench.attio.faults({ paths: [{ path: '^/v2/lists$', status: 503 }] })
/** Works one delivery of these events and what goes on after the turn. */
async function resolve(...events: object[]) {
  await place.deliver(events)
  await worker.turn(place.connectionId)
  return await place.events()
}
async function tell() {
  await coalesceTurn({ database: bench.database, log: bench.log }, place.connectionId)
  return await place.rows<{ id: string; title: string; detail: string | null }>(
    'select id, title, detail from activity where connection_id = $1 order by title, detail',
  )
}
const changes = async () =>
  (
    await bench.database.pool.query('select type, activity_id from activity_change where organization_id = $1 order by seq', [
      place.organizationId,
    ])
  ).rows
const filtered = { state: 'filtered', reason: 'private list' }

test('entries of a private list and comments on them make no line', async () => {
  const id = await company('Acme')
  const { board_candidates } = bench.attio.lists
  const attribute_id = await bench.attio.attribute('lists', 'board_candidates', 'entry_id')
  const events = await resolve(
    by.entry('created', board_candidates, id),
    by.entry('updated', board_candidates, id, { attribute_id }),
    by.entry('deleted', board_candidates, id),
    by.comment('created', id, board_candidates),
    by.comment('deleted', id, board_candidates),
  )
  expect(events).toHaveLength(5)
  for (const event of events) expect(event).toMatchObject({ ...filtered, lane: null, facts: null, pending_names: [] })
  expect(await place.deliveries()).toMatchObject([filtered])
})

test('a list that Attio does not show counts as private', async () => {
  expect(await resolve(by.entry('created', randomUUID(), await company('Acme')))).toMatchObject([filtered])
})

test('lists that may not be read count as private', async () => {
  place = await bench.connect({
    token: await bench.attio.token(['user_management:read', 'object_configuration:read', 'record_permission:read']),
  })
  expect(await resolve(by.entry('created', bench.attio.lists.hot_leads, await company('Acme')))).toMatchObject([filtered])
})

test('a list made a moment ago is shown, though Attio’s first answer did not have it yet', async () => {
  const list = randomUUID()
  const id = await company('Acme')
  await resolve(by.entry('created', bench.attio.lists.hot_leads, id))
  await bench.attio.put(`lists/${list}`, {
    name: 'New leads',
    api_slug: `l${list.slice(0, 8)}`,
    parent_object: 'companies',
    workspace_access: 'full-access',
  })
  await bench.attio.faults({ read_lag_ms: 300 })
  expect((await resolve(by.entry('created', list, id)))[1]).toMatchObject({ state: 'pending', reason: null })
})

test('a list that was deleted is judged by what it was', async () => {
  const id = await company('Acme')
  const { hot_leads } = bench.attio.lists
  await resolve(by.entry('created', hot_leads, id), by.event('list.deleted', { list_id: hot_leads }))
  await place.rows(`update label set fetched_at = 'epoch' where connection_id = $1`)
  expect((await resolve(by.entry('deleted', hot_leads, id)))[2]).toMatchObject({ state: 'pending' })
})

test('until Attio says what a list is, the line says a list; it has the name once the list is known to be shown', async () => {
  const id = await company('Acme')
  await listsFail()
  expect(await resolve(by.entry('created', bench.attio.lists.hot_leads, id))).toMatchObject([
    { pending_names: [`list/${bench.attio.lists.hot_leads}`] },
  ])
  expect(await tell()).toMatchObject([{ detail: 'Added to a list' }])
  await bench.attio.heal()
  await resolve(by.entry('created', bench.attio.lists.hot_leads, await company('Initech')))
  expect(await tell()).toMatchObject([{ detail: 'Added to Hot Leads' }, { detail: 'Added to Hot Leads' }])
})

test('when the list turns out to be private, the line vanishes with all it told, and event and delivery say why', async () => {
  const id = await company('Acme')
  const { board_candidates } = bench.attio.lists
  await listsFail()
  await resolve(by.entry('created', board_candidates, id), by.comment('created', id, board_candidates))
  await resolve(by.comment('created', id))
  const lines = await tell()
  expect(lines.map(line => line.detail)).toEqual(['On a list entry', null, 'Added to a list'])
  const gone = lines.filter(line => line.detail !== null).map(line => line.id)
  await bench.attio.heal()
  await resolve(by.entry('deleted', board_candidates, await company('Initech')))

  expect((await place.events()).map(event => event.state)).toEqual(['filtered', 'filtered', 'projected', 'filtered'])
  expect((await place.events())[0]).toMatchObject({ ...filtered, facts: null, lane: null, activity_id: null, due_at: null })
  expect(await place.deliveries()).toMatchObject([filtered, { state: 'processed', reason: null }, filtered])
  expect((await tell()).map(line => line.detail)).toEqual([null])
  const removed = (await changes()).filter(change => change.type === 'removed').map(change => change.activity_id)
  expect(removed.sort()).toEqual(gone.sort())
})

test('what stood in a line beside the withdrawn is told again', async () => {
  const id = await company('Acme')
  const list = randomUUID()
  const listBody = { name: 'Leads', api_slug: `l${list.slice(0, 8)}`, parent_object: 'companies', workspace_access: 'full-access' }
  await bench.attio.put(`lists/${list}`, listBody)
  const [one, two] = [randomUUID(), randomUUID()]
  const entry_id = randomUUID()
  // Two attributes of one entry in one line: the first while the list was shown, the second while nothing was known of it.
  await resolve(by.entry('updated', list, id, { attribute_id: one, entry_id }))
  expect(await tell()).toMatchObject([{ detail: expect.stringContaining('in Leads') }])
  await place.rows(`delete from label where connection_id = $1 and type = 'list'`)
  await listsFail()
  await resolve(by.entry('updated', list, id, { attribute_id: two, entry_id }))
  const [both] = await place.rows<{ event_count: number }>('select event_count from activity where connection_id = $1')
  await tell()
  expect(await place.rows('select event_count from activity where connection_id = $1')).toEqual([{ event_count: 2 }])
  expect(both).toEqual({ event_count: 1 })
  await bench.attio.put(`lists/${list}`, { workspace_access: null })
  await bench.attio.heal()
  await resolve(by.entry('deleted', list, id))
  expect(await tell()).toHaveLength(1)
  expect(await place.rows('select event_count from activity where connection_id = $1')).toEqual([{ event_count: 1 }])
})

test('a line being told while its list turns out private does not come back', async () => {
  const id = await company('Acme')
  const { board_candidates } = bench.attio.lists
  await listsFail()
  const [event] = await resolve(by.entry('created', board_candidates, id))
  await bench.attio.heal()
  const mending = await bench.database.transaction(async client => {
    // A coalescer in the middle of its projection: it holds the lane and has read the event.
    await lockLanes(client, place.connectionId, [event?.lane ?? ''])
    await place.deliver([by.entry('deleted', board_candidates, id)])
    const turn = worker.turn(place.connectionId)
    await waitUntil(async () => (await waitingForLocks()) > 0)
    expect((await place.events())[0]).toMatchObject({ state: 'pending' })
    await client.query(`update event set state = 'projected', due_at = null where id = $1`, [event?.id])
    return { turn }
  })
  await mending.turn
  expect((await place.events())[0]).toMatchObject(filtered)
})

const waitingForLocks = async () =>
  (
    await bench.database.pool.query(
      `select 1 from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`,
    )
  ).rowCount ?? 0
