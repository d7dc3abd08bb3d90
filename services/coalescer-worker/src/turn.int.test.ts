import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { activityId, lanesOf } from '@worksights/activity'
import { acme, ann, bob, dayStart, eventFactory, jane, minutes, recordFacts, recordUpdate } from '@worksights/activity/testing'
import { lockLanes } from '@worksights/database'
import { projectLanes } from './project.ts'
import { type Ledger, linesOf, openLedger } from './testing/ledger.ts'
import { log, openWorkshop, own, until, type Workshop, waitingFor, workOff } from './testing/workshop.ts'
import { coalesceTurn } from './turn.ts'

let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.close())

const record = (number: number) => ({ ...acme, id: `record-${number}` })
const turn = (ledger: Ledger) => coalesceTurn({ database: workshop.database, log }, ledger.connectionId)
const lineIds = async (ledger: Ledger) => (await ledger.activities()).map(line => line.id)
const spoil = (id: string) => workshop.database.pool.query(`update event set facts = '{"family":"nonsense"}' where id = $1`, [id])
const stateOf = async (ledger: Ledger, id: string) => (await ledger.events()).find(event => event.id === id)

describe('a turn', () => {
  test('takes 500 events at the most and says that there is more, so that other connections have their turn', async () => {
    const ledger = await openLedger(workshop.database)
    const event = eventFactory()
    const events = own(Array.from({ length: 1_100 }, (_, number) => event(recordUpdate('Stage', { record: record(number) }), number)))
    await ledger.store(events)
    expect(await turn(ledger)).toMatchObject({ events: 500, created: 500, changed: 0, againInMs: 0 })
    expect(await turn(ledger)).toMatchObject({ events: 500, created: 500, changed: 0, againInMs: 0 })
    expect(await turn(ledger)).toMatchObject({ events: 100, created: 100, changed: 0, againInMs: null })
    expect(await turn(ledger)).toMatchObject({ events: 0, created: 0, changed: 0, removed: 0, againInMs: null })
    expect(await ledger.activities()).toEqual(linesOf(events))
  })

  test('says in how long what is put off is due again', async () => {
    const ledger = await openLedger(workshop.database)
    const [bad] = own([eventFactory()(recordUpdate('Stage'))])
    await ledger.store([bad])
    await spoil(bad.id)
    const { againInMs } = await turn(ledger)
    expect(againInMs).toBeGreaterThan(0)
    expect(againInMs).toBeLessThanOrEqual(1_250)
  })
})

describe('a lane that cannot be told', () => {
  test('is put off with growing pauses and ends dead with a reason, and the others of its batch go on', async () => {
    const ledger = await openLedger(workshop.database)
    const event = eventFactory()
    const [bad, good, other] = own([
      event(recordUpdate('Stage', { actor: ann })),
      event(recordUpdate('Stage', { actor: bob })),
      event(recordUpdate('Stage', { record: jane })),
    ])
    await ledger.store([bad, good, other])
    await spoil(bad.id)
    const pauses: number[] = []
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      await turn(ledger)
      expect(await lineIds(ledger)).toEqual([activityId(good.id), activityId(other.id)].sort())
      const stored = await stateOf(ledger, bad.id)
      expect(stored).toMatchObject({ state: 'pending', attempts: attempt })
      pauses.push(stored?.due_in ?? 0)
      await ledger.letPausesPass()
    }
    // 1 s, 3 s, 9 s …, each within a quarter: a pause is longer than the one before the last in any case.
    for (const [place, pause] of pauses.slice(2, 6).entries()) expect(pause).toBeGreaterThan(pauses[place] ?? Number.NaN)
    expect((await turn(ledger)).againInMs).toBeNull()
    const reason = 'could not be made into a line: what is stored of it cannot be read by this release'
    expect(await stateOf(ledger, bad.id)).toMatchObject({ state: 'dead', attempts: 8, activity_id: null, reason })
  })

  test('does not use up the attempts of what comes later, which is told when the bad one is dead', async () => {
    const ledger = await openLedger(workshop.database)
    const event = eventFactory()
    const [bad, good] = own([event(recordUpdate('Stage')), event(recordUpdate('Stage'), minutes(1))])
    await ledger.store([bad])
    await spoil(bad.id)
    await turn(ledger)
    await ledger.store([good])
    await turn(ledger)
    expect([(await stateOf(ledger, bad.id))?.attempts, (await stateOf(ledger, good.id))?.attempts]).toEqual([1, 1])
    for (let attempt = 2; attempt <= 8; attempt += 1) {
      await workshop.database.pool.query(`update event set due_at = now() - interval '1 ms' where id = $1 and due_at is not null`, [bad.id])
      await turn(ledger)
    }
    expect(await stateOf(ledger, bad.id)).toMatchObject({ state: 'dead' })
    await ledger.letPausesPass()
    await workOff(workshop.database, ledger.connectionId)
    expect(await stateOf(ledger, good.id)).toMatchObject({ state: 'projected', reason: null, attempts: 0 })
    expect(await ledger.activities()).toEqual(linesOf([good]))
  })

  test('is put off too where its line is refused by the database', async () => {
    const { pool } = workshop.database
    const ledger = await openLedger(workshop.database)
    const event = eventFactory()
    const [bad, good] = own([event(recordUpdate('Forbidden')), event(recordUpdate('Stage', { record: jane }))])
    await ledger.store([bad, good])
    await pool.query(`alter table activity add constraint for_this_test check (detail <> 'Updated Forbidden')`)
    try {
      expect((await turn(ledger)).againInMs).toBeGreaterThan(0)
    } finally {
      await pool.query('alter table activity drop constraint for_this_test')
    }
    expect(await lineIds(ledger)).toEqual([activityId(good.id)])
    expect(await stateOf(ledger, bad.id)).toMatchObject({ attempts: 1, reason: expect.stringMatching(/refused by the database/) })
  })

  test('holds back a merge of its record, and nothing else of the record that results', async () => {
    const ledger = await openLedger(workshop.database)
    const event = eventFactory()
    const [deleted, created, merged] = own([
      event(recordFacts('record.deleted', { record: jane })),
      event(recordFacts('record.created', { record: acme })),
      event(recordFacts('record.merged', { record: acme, duplicate: jane }), minutes(5)),
    ])
    await ledger.store([deleted, created, merged])
    await spoil(deleted.id)
    await turn(ledger)
    expect(await ledger.activities()).toEqual(linesOf([created]))
    expect(await stateOf(ledger, merged.id)).toMatchObject({ state: 'pending', attempts: 1 })
    // The cause is mended, as by an upgrade.
    await workshop.database.pool.query('update event set facts = $2 where id = $1', [deleted.id, deleted.facts])
    await ledger.letPausesPass()
    await workOff(workshop.database, ledger.connectionId)
    expect(await ledger.activities()).toEqual(linesOf([deleted, created, merged]))
  })
})

describe('workers side by side', () => {
  test('never block each other for good, in whatever order they take the lanes they share', async () => {
    const { database, hire } = workshop
    const ledger = await openLedger(database)
    const event = eventFactory()
    const facts = Array.from({ length: 40 }, (_, number) => recordUpdate('Stage', { record: record(number) }))
    const lanes = facts.map(each => lanesOf(each).lane)
    const events = own(facts.map(each => event(each)))
    await ledger.store(events)
    const [one, other] = [hire('one'), hire('other')]
    // Both have taken what they could before they go on: a third holds what is in the middle.
    const middle = await database.pool.connect()
    await middle.query('begin')
    await lockLanes(middle, ledger.connectionId, lanes.slice(20, 21))
    const projections = Promise.all([
      one.transaction(client => projectLanes(client, ledger.connectionId, lanes)),
      other.transaction(client => projectLanes(client, ledger.connectionId, lanes.toReversed())),
    ])
    await until(async () => (await waitingFor(database, 'one')).length + (await waitingFor(database, 'other')).length === 2)
    await middle.query('rollback')
    middle.release()
    expect((await projections).map(done => done.created).sort((a, b) => a - b)).toEqual([0, 40])
    await Promise.all([one.close(), other.close()])
    expect(await ledger.activities()).toEqual(linesOf(events))
  })

  test('lose no event that arrives while its lane is being worked', async () => {
    const { database, hire } = workshop
    const ledger = await openLedger(database)
    const event = eventFactory()
    const [first, second] = own([event(recordUpdate('Stage')), event(recordUpdate('Owner'), minutes(1))])
    await ledger.store([first])
    const busy = hire('busy')
    // Held where it writes what became of the events, after it has read them and written the line.
    const holder = await database.pool.connect()
    await holder.query('begin')
    await holder.query('select 1 from event where id = $1 for update', [first.id])
    const working = coalesceTurn({ database: busy, log }, ledger.connectionId)
    await until(async () => (await waitingFor(database, 'busy')).length === 1)
    await ledger.store([second])
    await holder.query('rollback')
    holder.release()
    expect((await working).againInMs).toBe(0)
    await busy.close()
    await workOff(database, ledger.connectionId)
    expect(await ledger.activities()).toEqual(linesOf([first, second]))
  })

  test('leave events due, no half-written line and no lost attempt when they die in their transaction', async () => {
    const { database, hire } = workshop
    const ledger = await openLedger(database)
    const event = eventFactory()
    const events = own([1, 2, 3].map(minute => event(recordUpdate(`Attribute ${minute}`), minutes(minute))))
    await ledger.store(events)
    const doomed = hire('doomed')
    const holder = await database.pool.connect()
    await holder.query('begin')
    await holder.query('select 1 from event where connection_id = $1 for update', [ledger.connectionId])
    const dying = expect(coalesceTurn({ database: doomed, log }, ledger.connectionId)).rejects.toThrow()
    const [pid] = await until(async () => {
      const pids = await waitingFor(database, 'doomed')
      return pids.length > 0 ? pids : null
    })
    await database.pool.query('select pg_terminate_backend($1)', [pid])
    await dying
    await holder.query('rollback')
    holder.release()
    await doomed.close()
    expect(await ledger.activities()).toEqual([])
    expect(await ledger.changes()).toEqual([])
    for (const stored of await ledger.events())
      expect(stored).toMatchObject({ state: 'pending', attempts: 0, reason: null, activity_id: null })
    await workOff(database, ledger.connectionId)
    expect(await ledger.activities()).toEqual(linesOf(events))
  })
})

describe('a long lane', () => {
  test('is told the same whether its events come at once or one by one, late ones among them', async () => {
    const ledger = await openLedger(workshop.database)
    const event = eventFactory()
    const events = own(
      Array.from({ length: 60 }, (_, number) => {
        const happenedAt = dayStart + minutes(number * 37)
        return event(recordUpdate(number % 2 ? 'Stage' : 'Owner'), 0, { happenedAt, receivedAt: dayStart + minutes(10_000 - number) })
      }),
    )
    for (const one of events.toReversed()) {
      await ledger.store([one])
      await workOff(workshop.database, ledger.connectionId)
    }
    expect(await ledger.activities()).toEqual(linesOf(events))
  })
})
