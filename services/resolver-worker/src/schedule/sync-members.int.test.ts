import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { v7 as uuid } from 'uuid'
import { createConnections } from '../connections.ts'
import { createLabelBook } from '../labels/book.ts'
import { type Bench, eventsBy, openBench, type TestConnection } from '../testing/bench.ts'
import { syncDue } from './sync-members.ts'

/*
 * What Attio sends no event for is read once a day.
 */

let bench: Bench
let place: TestConnection
let eventsDue: string[]

beforeAll(async () => {
  bench = await openBench()
}, 60_000)
beforeEach(async () => {
  await bench.database.pool.query(`update connection set state = 'disconnected'`)
  place = await bench.connect()
  eventsDue = []
})
afterEach(() => bench.attio.heal())
afterAll(() => bench.close())

function sync(stopping = new AbortController().signal) {
  const { database, log, keyRing, attio } = bench
  const book = createLabelBook({ database, log, runsDue: () => {} })
  const findConnection = createConnections({ database, keyRing, attioApiUrl: attio.url, log })
  return syncDue({ database, log, book, findConnection, eventsDue: connectionId => void eventsDue.push(connectionId) }, stopping)
}
const dueInHours = async (to = place) =>
  (
    await to.rows<{ hours: number; synced: boolean }>(
      `select extract(epoch from sync_due_at - now())::float8 / 3600 as hours, members_synced_at is not null as synced from connection where id = $1`,
    )
  )[0]
const makeDue = () => place.rows(`update connection set sync_due_at = now() - interval '1 second' where id = $1`)
const lists = () =>
  place.rows<{ name: string; state: string; missing: boolean }>(
    `select name, state, missing_since is not null as missing from label where connection_id = $1 and type = 'list' order by name`,
  )
const mapped = async (email: string) =>
  (await place.rows<{ user_id: string | null }>('select user_id from member where connection_id = $1 and email_folded = $2', email))[0]
    ?.user_id

test('a new connection is read soon, with its members and every list, before any event names one; then once a day', async () => {
  expect(await sync()).toBe(1)
  expect((await place.rows('select from member where connection_id = $1')).length).toBeGreaterThan(3)
  expect((await lists()).map(list => list.name)).toEqual(expect.arrayContaining(['At Risk', 'Board Candidates', 'Hot Leads']))
  const due = await dueInHours()
  expect(due?.synced).toBe(true)
  expect(due?.hours).toBeGreaterThan(21)
  expect(due?.hours).toBeLessThan(27)
  expect(await sync()).toBe(0)
})

test('an e-mail that was changed in Attio maps the member anew, and open streams are told', async () => {
  const member = randomUUID()
  const email = `${member}@example.com`
  await bench.attio.put(`members/${member}`, { first_name: 'New', last_name: 'Name', email_address: `old-${email}` })
  await sync()
  const userId = uuid()
  await bench.database.pool.query('insert into app_user (id, organization_id, email, email_folded) values ($1, $2, $3, $3)', [
    userId,
    place.organizationId,
    email,
  ])
  await bench.attio.put(`members/${member}`, { email_address: email.toUpperCase() })
  await makeDue()
  await sync()
  expect(await mapped(email)).toBe(userId)
  const resets = await bench.database.pool.query(`select from activity_change where organization_id = $1 and type = 'reset'`, [
    place.organizationId,
  ])
  expect(resets.rowCount).toBeGreaterThan(0)
})

test('a list that Attio shows no more counts as private from then on', async () => {
  const list = randomUUID()
  const body = { name: 'A list', api_slug: `l${list.slice(0, 8)}`, parent_object: 'companies', workspace_access: 'full-access' }
  await bench.attio.put(`lists/${list}`, body)
  await sync()
  await bench.attio.remove(`lists/${list}`)
  await makeDue()
  await sync()
  expect((await lists())[0]).toMatchObject({ name: 'A list', missing: true })
})

test('a line told before its list was known gets the name, without any event', async () => {
  const by = eventsBy({ type: 'workspace-member', id: bench.attio.member('ada') }, bench.attio)
  const worker = bench.worker()
  await bench.attio.faults({ paths: [{ path: '^/v2/lists$', status: 503 }] })
  await place.deliver([by.entry('created', bench.attio.lists.hot_leads, randomUUID())])
  await worker.turn(place.connectionId)
  expect(await place.facts()).toMatchObject([{ list: { name: null } }])
  await bench.attio.heal()
  await sync()
  expect(await place.facts()).toMatchObject([{ list: { name: 'Hot Leads' } }])
  expect(eventsDue).toEqual([place.connectionId])
})

test('what Attio does not answer is asked for again in an hour, and keeps nobody else waiting', async () => {
  const other = await bench.connect({ token: 'no-such-token' })
  expect(await sync()).toBe(1)
  expect((await dueInHours(other))?.hours).toBeCloseTo(1, 1)
  expect((await dueInHours())?.synced).toBe(true)
})

test('a connection that ended or has no token is left alone, and two workers never read one connection at once', async () => {
  await bench.connect({ state: 'disconnected' })
  await bench.connect({ token: null })
  expect((await Promise.all([sync(), sync(), sync()])).sort()).toEqual([0, 0, 1])
})

test('what a worker that is to stop has not begun is due for the next one', async () => {
  expect(await sync(AbortSignal.abort())).toBe(0)
  expect(await sync()).toBe(1)
})
