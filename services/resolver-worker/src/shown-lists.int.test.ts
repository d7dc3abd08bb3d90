import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { changeLists } from '@worksights/database'
// What the timeline shows is the coalescer's to say, so this one test file sees both sides.
import { coalesceTurn } from '../../coalescer-worker/src/turn.ts'
import { type Bench, eventsBy, openBench, type TestConnection, type Worker } from './testing/bench.ts'
import { openRuns } from './testing/runs.ts'
import { waitUntil } from './testing/wait.ts'

/*
 * What was withheld for a private list is told once the list may be shown: because an admin says so, or because Attio does.
 */

let bench: Bench
let runs: ReturnType<typeof openRuns>
let worker: Worker
let place: TestConnection
let by: ReturnType<typeof eventsBy>

beforeAll(async () => {
  bench = await openBench()
  runs = openRuns(bench)
  by = eventsBy({ type: 'workspace-member', id: bench.attio.member('ada') }, bench.attio)
}, 60_000)
beforeEach(async () => {
  worker = bench.worker()
  place = await bench.connect()
})
afterEach(() => bench.attio.heal())
afterAll(async () => {
  await runs.settle()
  await bench.close()
})

const company = async (name: string) =>
  (await bench.attio.write('POST', '/v2/objects/companies/records', { values: { name } })).record_id ?? ''
/** A list of one's own; its access can be changed behind everybody's back. */
async function makeList(access: string | null): Promise<string> {
  const id = randomUUID()
  const body = { name: 'Offers', api_slug: `l${id.slice(0, 8)}`, parent_object: 'companies', workspace_access: access }
  await bench.attio.put(`lists/${id}`, body)
  return id
}
const setAccess = (list: string, workspace_access: string | null) => bench.attio.put(`lists/${list}`, { workspace_access })
async function resolve(...events: object[]) {
  await place.deliver(events)
  await worker.turn(place.connectionId)
  return await place.events()
}
const connection = () => ({ id: place.connectionId, organizationId: place.organizationId })
/** What an admin says of a list. */
const allow = (list: string, shown = true) =>
  bench.database.transaction(client =>
    changeLists(client, connection(), () =>
      client.query(
        `insert into list_permission (connection_id, list_id, organization_id, shown) values ($1, $2, $3, $4)
         on conflict (connection_id, list_id) do update set shown = excluded.shown`,
        [place.connectionId, list, place.organizationId, shown],
      ),
    ),
  )
/** Works the runs that were asked for, what they made due, and the lines of it. */
async function work() {
  await runs.turn(place)
  await worker.turn(place.connectionId)
  await coalesceTurn({ database: bench.database, log: bench.log }, place.connectionId)
}
const lines = () =>
  place.rows<{ id: string; title: string; detail: string; list_id: string }>(
    'select id, title, detail, list_id from activity where connection_id = $1 order by title, detail',
  )
const resets = async () =>
  (await bench.database.pool.query(`select from activity_change where organization_id = $1 and type = 'reset'`, [place.organizationId]))
    .rowCount ?? 0
const filtered = { state: 'filtered', reason: 'private list' }

describe('a private list that an admin allows', () => {
  test('tells its events from then on, and those that were withheld, entries and comments alike', async () => {
    const list = await makeList(null)
    const id = await company('Acme')
    await resolve(by.entry('created', list, id), by.comment('created', id, list), by.comment('created', id))
    expect((await place.events()).map(event => event.state)).toEqual(['filtered', 'filtered', 'pending'])
    await allow(list)
    await work()
    await resolve(by.entry('deleted', list, id))
    await work()
    expect((await place.events()).map(event => event.state)).toEqual(['projected', 'projected', 'projected', 'projected'])
    expect(await lines()).toMatchObject([
      { title: 'Acme > Comment added', detail: 'On the Offers entry', list_id: list },
      { title: 'Acme > Comment added', detail: null, list_id: null },
      { title: 'Acme > List entry added', detail: 'Added to Offers', list_id: list },
      { title: 'Acme > List entry removed', detail: 'Removed from Offers', list_id: list },
    ])
    expect(await place.deliveries()).toMatchObject([{ state: 'processed' }, { state: 'processed' }])
  })

  test('leaves what is withheld for another list where it is', async () => {
    const [list, other] = [await makeList(null), await makeList(null)]
    const id = await company('Acme')
    await resolve(by.entry('created', list, id), by.entry('created', other, id))
    await allow(list)
    await work()
    expect(await place.events()).toMatchObject([{ state: 'projected' }, filtered])
  })

  test('gives a line told before it was known its name, instead of taking it away', async () => {
    const list = await makeList(null)
    await bench.attio.faults({ paths: [{ path: '^/v2/lists$', status: 503 }] })
    await resolve(by.entry('created', list, await company('Acme')))
    await allow(list)
    await bench.attio.heal()
    await resolve(by.entry('created', list, await company('Initech')))
    await work()
    expect((await lines()).map(line => line.detail)).toEqual(['Added to Offers', 'Added to Offers'])
  })

  test('and that is allowed no more withholds again', async () => {
    const list = await makeList(null)
    await resolve(by.entry('created', list, await company('Acme')))
    await allow(list)
    await work()
    await allow(list, false)
    expect((await resolve(by.entry('created', list, await company('Initech')))).at(-1)).toMatchObject(filtered)
  })

  test('while an event about it is being filtered: that event is decided again', async () => {
    const list = await makeList(null)
    await resolve(by.entry('created', list, await company('Acme')))
    const id = await company('Initech')
    const outrun = await bench.database.transaction(async client => {
      const turn = await changeLists(client, connection(), async () => {
        // The turn reads that the list is hidden, and has to wait with filtering.
        await place.deliver([by.entry('created', list, id)])
        const underWay = worker.turn(place.connectionId)
        await waitUntil(async () => (await waitingForLocks()) > 0)
        await client.query('insert into list_permission (connection_id, list_id, organization_id, shown) values ($1, $2, $3, true)', [
          place.connectionId,
          list,
          place.organizationId,
        ])
        return { underWay }
      })
      return turn.result
    })
    await outrun.underWay
    expect((await place.deliveries())[1]).toMatchObject({ state: 'failed', reason: 'its list was shown while it was being filtered' })
    await place.makeDue()
    await work()
    expect(await lines()).toHaveLength(2)
  })
})

describe('a list whose access changes in Attio', () => {
  test('is read at once when Attio says so: its lines hide, open streams are told, and back again what was withheld is told', async () => {
    const list = await makeList('full-access')
    const id = await company('Acme')
    await resolve(by.entry('created', list, id))
    await work()
    const before = await resets()
    await setAccess(list, null)
    await resolve(by.event('list.updated', { list_id: list }))
    expect(await resets()).toBe(before + 1)
    expect((await resolve(by.entry('deleted', list, id))).at(-1)).toMatchObject(filtered)
    await setAccess(list, 'read-only')
    await resolve(by.event('list.updated', { list_id: list }))
    expect(await resets()).toBe(before + 2)
    expect(worker.runs).toEqual([place.connectionId])
    await work()
    expect((await lines()).map(line => line.detail)).toEqual(['Added to Offers', 'Removed from Offers'])
  })

  test('is no reason for a reset when it is met for the first time and no line told of it', async () => {
    const before = await resets()
    await resolve(by.event('list.created', { list_id: await makeList(null) }))
    expect(
      await place.rows(`select state from label where connection_id = $1 and type = 'list' and details->>'access' is null`),
    ).not.toEqual([])
    expect(await resets()).toBe(before)
  })

  test('also by automation, whose events make no line', async () => {
    const list = await makeList('full-access')
    await resolve(by.entry('created', list, await company('Acme')))
    const before = await resets()
    await setAccess(list, null)
    await resolve({ ...by.event('list.updated', { list_id: list }), actor: { type: 'system', id: null } })
    expect(await resets()).toBe(before + 1)
  })

  test('that is not shown any more counts as private, though it was public once', async () => {
    const list = await makeList('full-access')
    const id = await company('Acme')
    await resolve(by.entry('created', list, id))
    const before = await resets()
    await bench.attio.remove(`lists/${list}`)
    await place.rows(`update label set fetched_at = 'epoch' where connection_id = $1`)
    expect((await resolve(by.entry('deleted', list, id))).at(-1)).toMatchObject(filtered)
    expect(await resets()).toBe(before + 1)
  })

  test('and that turns out to be deleted is judged by what it was: what was withheld meanwhile is told', async () => {
    const list = await makeList('full-access')
    const id = await company('Acme')
    await resolve(by.entry('created', list, id))
    await bench.attio.remove(`lists/${list}`)
    await place.rows(`update label set fetched_at = 'epoch' where connection_id = $1`)
    await resolve(by.entry('deleted', list, id))
    await resolve(by.event('list.deleted', { list_id: list }))
    await work()
    expect((await lines()).map(line => line.detail)).toEqual(['Added to Offers', 'Removed from Offers'])
    // And stays so, however often Attio says that there is no such list.
    await place.rows(`update label set fetched_at = 'epoch' where connection_id = $1`)
    expect((await resolve(by.entry('created', list, id))).at(-1)).toMatchObject({ state: 'pending' })
  })
})

const waitingForLocks = async () =>
  (
    await bench.database.pool.query(
      `select 1 from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`,
    )
  ).rowCount ?? 0
