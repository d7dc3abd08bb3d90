import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { activityId, type EventFacts, lanesOf } from '@worksights/activity'
import { acme, ann, attribute, dayStart, eventFactory, jane, minutes, recordFacts, recordUpdate } from '@worksights/activity/testing'
import { history } from '@worksights/activity/testing/histories'
import { oracle } from '@worksights/activity/testing/oracle'
import fc from 'fast-check'
import { projectLanes } from './project.ts'
import { linesOf, openLedger } from './testing/ledger.ts'
import { log, openWorkshop, own, type Workshop, workOff } from './testing/workshop.ts'
import { coalesceTurn } from './turn.ts'

let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.close())

describe('events become lines in Postgres', () => {
  test('the same as in pure consolidation, for any order, duplication and batching, with three workers at once', async () => {
    const { database, workers } = workshop
    const arrivals = history.chain(events =>
      fc.record({
        events: fc.constant(events),
        order: fc.shuffledSubarray([...events.keys(), ...events.keys()], { minLength: events.length * 2 }),
        batch: fc.integer({ min: 1, max: 5 }),
      }),
    )
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ events: given, order, batch }) => {
        const events = own(given)
        const ledger = await openLedger(database)
        const { connectionId } = ledger
        for (let start = 0; start < order.length; start += batch) {
          const some = order.slice(start, start + batch).flatMap(place => events[place] ?? [])
          await Promise.all([ledger.store(some), ...workers.map(worker => coalesceTurn({ database: worker, log }, connectionId))])
        }
        await Promise.all(workers.map(worker => workOff(worker, connectionId)))

        const lines = linesOf(events)
        expect(await ledger.activities()).toEqual(lines)
        const slowly = oracle(events)
        expect(lines.map(line => line.id)).toEqual(slowly.lines.map(line => line.id).sort())
        const stored = await ledger.events()
        const duplicates = stored.filter(event => event.state === 'duplicate' && event.activity_id === null && event.reason)
        expect(duplicates.map(event => event.id).sort()).toEqual(slowly.duplicates.toSorted())
        const told = stored.filter(event => event.state === 'projected')
        expect(told.map(event => `${event.id} in ${event.activity_id}`).sort()).toEqual(
          slowly.lines.flatMap(line => line.eventIds.map(id => `${id} in ${line.id}`)).sort(),
        )
        expect(duplicates.length + told.length).toBe(events.length)

        // Every id the stream ever named is there, or leads to what tells its first event now, or to nothing.
        const [changes, aliases] = [await ledger.changes(), await ledger.aliases()]
        const lastWord = new Map(changes.map(change => [change.activity_id, change.type]))
        const alive = new Set(lines.map(line => line.id))
        for (const id of alive) expect([id, lastWord.get(id), aliases.get(id)]).toEqual([id, 'activity', undefined])
        for (const [id, type] of lastWord) {
          if (alive.has(id)) continue
          const first = stored.find(event => activityId(event.id) === id)
          expect([type, aliases.get(id)]).toEqual(['removed', first?.activity_id ?? null])
        }
        expect([...aliases.keys()].filter(id => !lastWord.has(id))).toEqual([])

        // Working everything again changes nothing and tells nobody.
        await ledger.reopen()
        await workOff(database, connectionId)
        expect(await ledger.activities()).toEqual(lines)
        expect(await ledger.events()).toEqual(stored)
        expect(await ledger.changes()).toHaveLength(changes.length)
      }),
      { seed: 20_261_124, numRuns: 80 },
    )
  }, 240_000)

  test('each new or grown line is told once, and an event that changes no line is not told', async () => {
    const { database } = workshop
    const ledger = await openLedger(database)
    const event = eventFactory()
    const events = own([
      event(recordUpdate('Stage'), 0),
      event(recordUpdate('Owner'), minutes(1)),
      event(recordFacts('record.created'), minutes(2)),
      event(recordFacts('record.created'), minutes(3)),
    ])
    for (const one of events) {
      await ledger.store([one])
      await workOff(database, ledger.connectionId)
    }
    const [updated, , created] = events.map(one => ({ type: 'activity', activity_id: activityId(one.id) }))
    expect(await ledger.changes()).toEqual([updated, updated, created])
  })

  test('a connection says when its last line was made, and a repeat is no line', async () => {
    const { database } = workshop
    const ledger = await openLedger(database)
    const lastActivity = async () =>
      (
        await database.pool.query<{ at: Date | null }>('select last_activity_at as at from connection where id = $1', [ledger.connectionId])
      ).rows[0]?.at?.getTime()
    const event = eventFactory()
    const [first, repeat, second] = own([
      event(recordFacts('record.created')),
      event(recordFacts('record.created'), minutes(1)),
      event(recordFacts('record.deleted'), minutes(2)),
    ])
    const work = async (one: typeof first) => {
      await ledger.store([one])
      await workOff(database, ledger.connectionId)
    }
    await work(first)
    expect(await lastActivity()).toBeGreaterThan(0)
    const yesterday = new Date(Date.now() - minutes(24 * 60))
    await database.pool.query('update connection set last_activity_at = $2 where id = $1', [ledger.connectionId, yesterday])
    await work(repeat)
    expect(await lastActivity()).toBe(yesterday.getTime())
    await work(second)
    expect(await lastActivity()).toBeGreaterThan(yesterday.getTime())
  })
})

describe('an id of a line never dies', () => {
  /** Stage changed at these minutes, in this order of arrival; gives the lines' ids by minute. */
  async function arrive(...happened: number[]) {
    const { database } = workshop
    const ledger = await openLedger(database)
    const event = eventFactory()
    const facts = recordFacts('record.updated', { actor: ann, attribute: attribute('Stage') })
    const events = own(
      happened.map((minute, place) =>
        event(facts, 0, { happenedAt: dayStart + minutes(minute), receivedAt: dayStart + minutes(100 + place) }),
      ),
    )
    for (const one of events) {
      await ledger.store([one])
      await workOff(database, ledger.connectionId)
    }
    expect(await ledger.activities()).toEqual(linesOf(events))
    const id = (minute: number) => activityId(events[happened.indexOf(minute)]?.id ?? '')
    const lines = (await ledger.activities()).map(line => line.id)
    return { id, lines, aliases: await ledger.aliases(), changes: await ledger.changes() }
  }

  test('a line that a late event makes part of another leads to that one, and the stream is told', async () => {
    // 0–10 {0, 9} and 12–22 {12}; then -2 opens a window that ends at 8, so that 9 opens one that takes 12.
    const { id, lines, aliases, changes } = await arrive(0, 9, 12, -2)
    expect(lines).toEqual([id(0), id(9)].sort())
    expect(aliases).toEqual(new Map([[id(12), id(9)]]))
    expect(changes.filter(change => change.type === 'removed')).toEqual([{ type: 'removed', activity_id: id(12) }])
  })

  test('a line that another late event parts again comes back under the id it had', async () => {
    // -11 takes -2 into a window that ends at -1, so that 0 opens one that takes 9, and 12 stands alone again.
    const { id, lines, aliases, changes } = await arrive(0, 9, 12, -2, -11)
    expect(lines).toEqual([id(-2), id(0), id(12)].sort())
    expect(aliases).toEqual(new Map([[id(9), id(0)]]))
    expect(changes.filter(change => change.activity_id === id(12)).map(change => change.type)).toEqual(['activity', 'removed', 'activity'])
    expect(changes.findLast(change => change.activity_id === id(9))?.type).toBe('removed')
  })

  test('a line that was led on twice leads straight to where its first event is told now', async () => {
    // 4–14 {4, 9, 12} and {15}; then 0 parts 9 from 12, which takes 15; then -6 makes 9 the opener of all three.
    const { id, lines, aliases } = await arrive(9, 12, 4, 15, 0, -6)
    expect(lines).toEqual([id(4), id(9)].sort())
    expect(aliases).toEqual(
      new Map([
        [id(12), id(9)],
        [id(15), id(9)],
      ]),
    )
  })
})

describe('a line whose only event turns out to be a repeat', () => {
  test('is gone, and its id leads to what tells the event when it counts again', async () => {
    const { database } = workshop
    const ledger = await openLedger(database)
    const event = eventFactory()
    const facts = recordUpdate('Stage')
    const through = (webhookId: string, receivedMs: number, happenedMs = receivedMs) =>
      event(facts, 0, { webhookId, receivedAt: dayStart + receivedMs, happenedAt: dayStart + happenedMs })
    const [copy, original, before, opener] = own([
      through('webhook-2', 40_000),
      // The same through the webhook it replaces: the later one is a repeat.
      through('webhook-1', 20_000),
      // A first change through the new webhook stands for that one, so that the copy counts again.
      through('webhook-2', 0),
      event(recordUpdate('Owner'), 0, { receivedAt: dayStart - 1_000, happenedAt: dayStart - 1_000 }),
    ])
    const work = async (one: typeof copy) => {
      await ledger.store([one])
      await workOff(database, ledger.connectionId)
      return (await ledger.aliases()).get(activityId(copy.id))
    }
    expect(await work(copy)).toBeUndefined()
    expect(await work(original)).toBeNull()
    expect(await work(before)).toBe(activityId(before.id))
    expect(await work(opener)).toBe(activityId(opener.id))
    expect(await ledger.activities()).toEqual(linesOf([copy, original, before, opener]))
  })
})

describe('a merge and the deletion of its original', () => {
  const deletion = recordFacts('record.deleted', { record: jane })
  const merge = recordFacts('record.merged', { record: acme, duplicate: jane })
  const creation = recordFacts('record.created', { record: acme })

  async function work(...batches: EventFacts[][]) {
    const { database } = workshop
    const ledger = await openLedger(database)
    const event = eventFactory()
    const all = own(batches.flat().map((facts, place) => event(facts, minutes(place))))
    let taken = 0
    for (const batch of batches) {
      await ledger.store(all.slice(taken, taken + batch.length))
      taken += batch.length
      await workOff(database, ledger.connectionId)
    }
    expect(await ledger.activities()).toEqual(linesOf(all))
    return { ledger, all }
  }

  test('a deletion that came before the merge loses its line, and the stream is told', async () => {
    const { ledger, all } = await work([deletion], [merge])
    expect((await ledger.activities()).map(line => line.kind)).toEqual(['record.merged'])
    const deleted = activityId(all[0]?.id ?? '')
    expect(await ledger.changes()).toContainEqual({ type: 'removed', activity_id: deleted })
    expect(await ledger.aliases()).toEqual(new Map([[deleted, null]]))
  })

  test('a deletion that comes after the merge, or with it, never has a line', async () => {
    for (const batches of [[[merge], [deletion]], [[merge, deletion]], [[deletion, merge]]]) {
      const { ledger } = await work(...batches)
      expect((await ledger.changes()).map(change => change.type)).toEqual(['activity'])
      expect((await ledger.events()).map(event => event.state).sort()).toEqual(['duplicate', 'projected'])
    }
  })

  test('a merge that arrives while the result is being worked is not missed by the original', async () => {
    const { database } = workshop
    const { ledger } = await work([deletion])
    const event = eventFactory()
    const [created, merged] = own([event(creation), event(merge, minutes(5))])
    await ledger.store([created, merged])
    // A worker that saw only the creation when it looked what is due.
    await database.transaction(client => projectLanes(client, ledger.connectionId, [lanesOf(creation).lane]))
    expect((await ledger.activities()).map(line => line.kind).sort()).toEqual(['record.created', 'record.deleted'])
    await workOff(database, ledger.connectionId)
    expect((await ledger.activities()).map(line => line.kind).sort()).toEqual(['record.created', 'record.merged'])
  })
})
