import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { activityId, consolidate, eventId, lanesOf, type StoredEvent } from '@worksights/activity'
import { ann, attribute, bob, dayStart, eventFactory, minutes, recordFacts } from '@worksights/activity/testing'
import { history } from '@worksights/activity/testing/histories'
import { type Database, openDatabase } from '@worksights/database'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import { createLogger } from '@worksights/runtime'
import fc from 'fast-check'
import { openLedger, type StoredLine } from './testing/ledger.ts'
import { coalesceTurn } from './turn.ts'

const log = createLogger({ service: 'test', level: 'silent' })
let testDatabase: TestDatabase
/** Several workers, each with connections of its own. */
let workers: Database[]
let database: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  workers = [1, 2, 3].map(number => openDatabase({ url: testDatabase.url, applicationName: `worker-${number}`, max: 4 }))
  database = openDatabase({ url: testDatabase.url, applicationName: 'test', max: 4 })
})
afterAll(async () => {
  await Promise.all([database, ...workers].map(one => one.close()))
  await testDatabase.drop()
})

/** Works turns until nothing is owed; a turn that says *again* without there being anything is a loop that never ends. */
async function workOff(worker: Database, connectionId: string): Promise<void> {
  for (let turns = 0; turns < 1_000; turns += 1) {
    const { againInMs } = await coalesceTurn({ database: worker, log }, connectionId)
    if (againInMs === null) return
  }
  throw new Error('A thousand turns and still something is said to be due.')
}

/** What pure consolidation makes of the events, as it is stored. */
function expected(events: readonly StoredEvent[]): StoredLine[] {
  const lanes = [...new Set(events.map(event => lanesOf(event.facts).lane))]
  return lanes
    .flatMap(lane => consolidate(lane, events).lines)
    .map(line => ({
      ...{ id: line.id, kind: line.kind, title: line.title, detail: line.detail, summary: line.summary, member_id: line.memberId },
      ...{ occurred_at: new Date(line.occurredAt), last_event_at: new Date(line.lastEventAt) },
      ...{ field_count: line.fields, event_count: line.eventCount, late: line.late },
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

let run = 0
/** Gives the events ids of their own, so that runs do not meet in one database; their order stays. */
function own(events: readonly StoredEvent[]): StoredEvent[] {
  run += 1
  const prefix = run.toString(16).padStart(8, '0')
  return events.map(event => {
    const deliveryId = `${prefix}${event.deliveryId.slice(8)}`
    return { ...event, deliveryId, id: eventId(deliveryId, event.index) }
  })
}

describe('events become lines in Postgres', () => {
  test('the same as in pure consolidation, for any order, duplication and batching, with three workers at once', async () => {
    const histories = history.chain(events =>
      fc.record({
        events: fc.constant(events),
        order: fc.shuffledSubarray([...events.keys(), ...events.keys()], { minLength: events.length * 2 }),
        batch: fc.integer({ min: 1, max: 5 }),
      }),
    )
    await fc.assert(
      fc.asyncProperty(histories, async ({ events: given, order, batch }) => {
        const events = own(given)
        const ledger = await openLedger(database)
        const { connectionId } = ledger
        for (let start = 0; start < order.length; start += batch) {
          const some = order.slice(start, start + batch).flatMap(place => events[place] ?? [])
          const arriving = ledger.store(some)
          await Promise.all([arriving, ...workers.map(worker => coalesceTurn({ database: worker, log }, connectionId))])
        }
        await Promise.all(workers.map(worker => workOff(worker, connectionId)))

        const lines = expected(events)
        expect(await ledger.activities()).toEqual(lines)
        const stored = await ledger.events()
        expect(stored.every(event => event.state === 'projected' || event.state === 'duplicate')).toBe(true)
        const alive = new Set(lines.map(line => line.id))
        expect(stored.every(event => (event.state === 'projected') === (event.activity_id !== null && alive.has(event.activity_id)))).toBe(
          true,
        )
        // Every id the stream ever named is there, or leads to what it became part of, or was told to be gone.
        const [changes, aliases] = [await ledger.changes(), await ledger.aliases()]
        for (const { activity_id: id } of changes) {
          if (alive.has(id)) continue
          expect(changes.findLast(change => change.activity_id === id)?.type).toBe('removed')
          const into = aliases.get(id)
          const seed = stored.find(event => activityId(event.id) === id)
          expect(into ?? null).toBe(seed?.activity_id ?? null)
        }
        // Working everything again changes nothing and tells nobody.
        await ledger.reopen()
        await workOff(database, connectionId)
        expect(await ledger.activities()).toEqual(lines)
        expect(await ledger.changes()).toHaveLength(changes.length)
      }),
      { seed: 20_261_124, numRuns: 200 },
    )
  }, 240_000)

  test('a line absorbed by a late event leads its id to the line it became part of', async () => {
    const ledger = await openLedger(database)
    const event = eventFactory()
    const facts = recordFacts('record.updated', { actor: ann, attribute: attribute('Stage') })
    const at = (minute: number, receivedMinute = minute) => ({
      happenedAt: dayStart + minutes(minute),
      receivedAt: dayStart + minutes(receivedMinute),
    })
    const [first, second, late] = own([event(facts, 0, at(5)), event(facts, 0, at(14)), event(facts, 0, at(0, 20))])
    if (!first || !second || !late) throw new Error('three events were made')
    await ledger.store([first, second])
    await workOff(database, ledger.connectionId)
    expect((await ledger.activities()).map(line => line.id)).toEqual([activityId(first.id)])
    // Opens a window that ends at minute 10: the first joins it, the second stands alone.
    await ledger.store([late])
    await workOff(database, ledger.connectionId)
    expect((await ledger.activities()).map(line => line.id).sort()).toEqual([activityId(first.id), activityId(second.id)].sort())
    expect((await ledger.activities()).find(line => line.id === activityId(first.id))?.event_count).toBe(2)
  })

  test('a lane that cannot be read is put off and ends dead with a reason, and the others go on', async () => {
    const ledger = await openLedger(database)
    const event = eventFactory()
    const [bad, good] = own([
      event(recordFacts('record.updated', { actor: ann, attribute: attribute('Stage') }), 0),
      event(recordFacts('record.updated', { actor: bob, attribute: attribute('Stage') }), 0),
    ])
    if (!bad || !good) throw new Error('two events were made')
    await ledger.store([bad, good])
    await database.pool.query(`update event set facts = '{"family":"nonsense"}' where id = $1`, [bad.id])
    const { againInMs } = await coalesceTurn({ database, log }, ledger.connectionId)
    expect(againInMs).toBeGreaterThan(0)
    expect((await ledger.activities()).map(line => line.id)).toEqual([activityId(good.id)])
    for (let attempt = 2; attempt <= 8; attempt += 1) {
      await database.pool.query('update event set due_at = now() - make_interval(secs => 1) where id = $1', [bad.id])
      await coalesceTurn({ database, log }, ledger.connectionId)
    }
    const [dead] = (await ledger.events()).filter(stored => stored.id === bad.id)
    expect(dead).toMatchObject({ state: 'dead', reason: expect.stringMatching(/could not be made into a line/) })
  })

  test('a worker that dies in its transaction leaves events due and no half-written line', async () => {
    const ledger = await openLedger(database)
    const event = eventFactory()
    const events = own(
      [1, 2, 3].map(minute => event(recordFacts('record.updated', { actor: ann, attribute: attribute(`A${minute}`) }), minutes(minute))),
    )
    await ledger.store(events)
    const doomed = openDatabase({ url: testDatabase.url, applicationName: 'doomed', max: 2 })
    // Somebody else holds the row that is written last, so the worker is caught in the middle of its writes.
    const holder = await database.pool.connect()
    await holder.query('begin')
    await holder.query('select 1 from event where connection_id = $1 for update', [ledger.connectionId])
    const dying = coalesceTurn({ database: doomed, log }, ledger.connectionId).catch(() => 'died')
    for (;;) {
      const { rowCount } = await database.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'doomed' and wait_event_type = 'Lock'`,
      )
      if (rowCount) break
    }
    await holder.query('rollback')
    holder.release()
    await dying
    await doomed.close()
    await database.pool.query(
      'update event set due_at = now() - make_interval(secs => 1) where connection_id = $1 and due_at is not null',
      [ledger.connectionId],
    )
    await workOff(database, ledger.connectionId)
    expect(await ledger.activities()).toEqual(expected(events))
  })
})
