import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { claimDeliveries, maxAttempts, replayDelivery } from '@worksights/database'
// What is given up when a line is made is the coalescer's to say, so this one test file sees both sides.
import { coalesceTurn } from '../../coalescer-worker/src/turn.ts'
import { type Bench, eventsBy, openBench, type TestConnection, type Worker } from './testing/bench.ts'

/*
 * A delivery can be worked again, in whatever state it is, as often as one likes.
 */

let bench: Bench
let worker: Worker
let place: TestConnection
let by: ReturnType<typeof eventsBy>
const acme = randomUUID()

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

const replay = (id = '') => bench.database.transaction(client => replayDelivery(client, { ...place, id }))
const tell = () => coalesceTurn({ database: bench.database, log: bench.log }, place.connectionId)
const lines = () => place.rows<{ id: string; title: string }>('select * from activity where connection_id = $1 order by id')
const stranger = () => eventsBy({ type: 'workspace-member', id: randomUUID() }, bench.attio).comment('created', acme)

describe('a replay', () => {
  test('of what makes lines leaves every event and every line as it is, twice over', async () => {
    const [id] = await place.deliver([by.comment('created', acme), by.comment('resolved', acme)])
    await worker.turn(place.connectionId)
    await tell()
    const before = { events: await place.events(), lines: await lines() }
    expect(before.lines).toHaveLength(2)
    for (const _ of [1, 2]) {
      expect(await replay(id)).toBe(true)
      await worker.turn(place.connectionId)
      await tell()
    }
    expect({ events: await place.events(), lines: await lines() }).toEqual(before)
    expect(await place.deliveries()).toMatchObject([{ state: 'processed', reason: null, due_at: null }])
  })

  test('of an unknown member who is known now makes the line, once', async () => {
    const [id] = await place.deliver([stranger()])
    await worker.turn(place.connectionId)
    expect(await place.deliveries()).toMatchObject([{ state: 'ignored', reason: 'unknown member' }])
    await place.rows(
      `insert into member (connection_id, id, organization_id, synced_at) select c.id, (convert_from(d.body, 'UTF8')::jsonb #>> '{events,0,actor,id}'), c.organization_id, now()
       from connection c join delivery d on d.connection_id = c.id where c.id = $1`,
    )
    for (const _ of [1, 2]) {
      await replay(id)
      await worker.turn(place.connectionId)
      await tell()
      expect(await place.deliveries()).toMatchObject([{ state: 'processed', reason: null }])
      expect(await place.events()).toMatchObject([{ state: 'projected', reason: null }])
      expect(await lines()).toHaveLength(1)
    }
  })

  test('of what is still filtered changes nothing', async () => {
    const automation = eventsBy({ type: 'system', id: null }, bench.attio)
    const [id] = await place.deliver([automation.comment('created', acme)])
    await worker.turn(place.connectionId)
    const before = await place.events()
    await replay(id)
    await worker.turn(place.connectionId)
    expect(await place.events()).toEqual(before)
    expect(await place.deliveries()).toMatchObject([{ state: 'filtered', reason: 'automation' }])
  })

  test('of a dead letter gives it all its attempts again', async () => {
    const [id] = await place.deliver([by.comment('created', acme)])
    await place.rows('update delivery set attempts = $2 where connection_id = $1', maxAttempts)
    await worker.turn(place.connectionId)
    expect(await place.deliveries()).toMatchObject([{ state: 'dead' }])
    await replay(id)
    expect(await place.deliveries()).toMatchObject([{ state: 'received', reason: null, attempts: 0 }])
    await worker.turn(place.connectionId)
    expect(await place.deliveries()).toMatchObject([{ state: 'processed', attempts: 1 }])
  })

  test('of a delivery whose event could not be made into a line makes it anew: until then the delivery is a dead letter', async () => {
    const [id] = await place.deliver([by.comment('created', acme), by.comment('resolved', acme)])
    await worker.turn(place.connectionId)
    const [bad] = await place.events()
    await place.rows(`update event set facts = '{"family":"nonsense"}' where connection_id = $1 and id = $2`, bad?.id)
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      await place.rows(`update event set due_at = now() - interval '1 ms' where connection_id = $1 and due_at is not null`)
      await tell()
    }
    const reason = 'could not be made into a line: what is stored of it cannot be read by this release'
    expect(await place.deliveries()).toMatchObject([{ state: 'dead', reason }])
    expect((await place.events()).map(event => event.state).sort()).toEqual(['dead', 'projected'])
    await replay(id)
    await worker.turn(place.connectionId)
    await tell()
    expect(await place.deliveries()).toMatchObject([{ state: 'processed', reason: null }])
    expect(await place.events()).toMatchObject([{ state: 'projected' }, { state: 'projected' }])
    expect(await lines()).toHaveLength(2)
  })

  test('of a delivery that waits for its next attempt has it now', async () => {
    const [id] = await place.deliver([by.record('created', randomUUID(), randomUUID())])
    await worker.turn(place.connectionId)
    expect(await place.deliveries()).toMatchObject([{ state: 'failed', attempts: 1 }])
    await replay(id)
    expect((await place.deliveries())[0]?.due_in_ms).toBeLessThanOrEqual(0)
    expect(await place.deliveries()).toMatchObject([{ state: 'failed', attempts: 1 }])
  })

  test('of a delivery that is being worked leaves it to whoever works it', async () => {
    const [id] = await place.deliver([by.comment('created', acme)])
    const [claimed] = await claimDeliveries(bench.database.pool, place.connectionId, 1, 60_000)
    const before = await place.deliveries()
    expect(await replay(id)).toBe(true)
    expect(await place.deliveries()).toMatchObject([{ state: 'received', attempts: 1, due_at: before[0]?.due_at }])
    expect(claimed).toMatchObject({ id, attempts: 1 })
  })

  test('of a delivery of another connection, or of none, is refused', async () => {
    const [id] = await place.deliver([by.comment('created', acme)])
    place = await bench.connect()
    expect([await replay(id), await replay(randomUUID())]).toEqual([false, false])
  })
})

test('what made lines stays processed when it is replayed after its connection has ended', async () => {
  const [id] = await place.deliver([by.comment('created', acme)], [stranger()])
  await worker.turn(place.connectionId)
  await place.rows(`update connection set state = 'disconnected' where id = $1`)
  for (const delivery of await place.deliveries()) await replay(delivery.id)
  await worker.turn(place.connectionId)
  const states = Object.fromEntries((await place.deliveries()).map(delivery => [delivery.id, delivery.state]))
  expect([states[id ?? ''], Object.values(states).sort()]).toEqual(['processed', ['ignored', 'processed']])
})
