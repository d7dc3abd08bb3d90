import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Consolidated, consolidate } from './consolidate.ts'
import { type EventFacts, eventFacts, type StoredEvent } from './facts.ts'
import { laneExtent, lanesOf, maxWindowMs } from './lanes.ts'
import { activityLine } from './line.ts'
import {
  acme,
  ann,
  attribute,
  bob,
  callFacts,
  commentFacts,
  dayStart,
  entryFacts,
  eventFactory,
  jane,
  noteFacts,
  openTask,
  recordFacts,
  taskFacts,
} from './testing/facts-builders.ts'
import { oracle } from './testing/oracle.ts'

/** fast-check prints the seed and the smallest counterexample of a failure. */
const runs = { seed: 20_261_124, numRuns: 2_000 }

/*
 * Few subjects, members and webhooks, and times that are sums of the lengths the rules speak of and their neighbours: so that events meet, and meet on the edges.
 */
const edges = [0, 0, 0, 1, 200, 1_000, 5_000, 5_001, 30_000, 59_999, 60_000, 60_001, 120_000, 120_001, 300_000, 599_999, 600_000, 600_001]
const far = [1_200_000, 3_599_999, 3_600_000, 3_600_001, 7_200_002]
const edge = fc.constantFrom(...edges)
const time = fc.tuple(edge, edge, fc.constantFrom(...edges, ...far)).map(([a, b, c]) => a + b + c)
const lag = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(...edges, ...far, -5_000) })
const windowMs = fc.oneof(
  { weight: 4, arbitrary: fc.constant(600_000) },
  { weight: 1, arbitrary: fc.constantFrom(0, 60_000, 300_000, maxWindowMs) },
)
const actor = fc.constantFrom(ann, ann, bob)
const record = fc.constantFrom(acme, jane)

/** Makes the facts of an event that happened at a time. */
type MakeFacts = (happenedAt: number) => EventFacts
const plain = <T>(parts: fc.Arbitrary<T>, make: (part: T) => EventFacts): fc.Arbitrary<MakeFacts> => parts.map(part => () => make(part))

const changes = plain(fc.record({ actor, record, name: fc.constantFrom('Stage', 'Owner') }), ({ name, ...given }) =>
  recordFacts('record.updated', { ...given, attribute: attribute(name) }),
)
const lives = plain(fc.record({ actor, record, kind: fc.constantFrom('record.created', 'record.deleted') }), ({ kind, ...given }) =>
  recordFacts(kind, given),
)
const merges = plain(
  fc.record({ actor, record, duplicate: fc.constantFrom(jane, acme, { ...jane, id: 'a third record', name: null }) }),
  given => recordFacts('record.merged', given),
)
const entries = plain(
  fc.record({ actor, kind: fc.constantFrom('list-entry.created', 'list-entry.updated', 'list-entry.deleted') }),
  ({ kind, ...given }) => entryFacts(kind, { ...given, attribute: kind === 'list-entry.updated' ? attribute('Priority') : null }),
)
const notes = plain(
  fc.record({ actor, kind: fc.constantFrom('note.created', 'note.updated', 'note-content.updated', 'note.deleted') }),
  ({ kind, ...given }) => noteFacts(kind, given),
)
const comments = plain(
  fc.record({ actor, kind: fc.constantFrom('comment.created', 'comment.resolved', 'comment.unresolved', 'comment.deleted') }),
  ({ kind, ...given }) => commentFacts(kind, given),
)
const calls = plain(fc.record({ actor }), callFacts)
const tasks = fc
  .record({
    actor,
    kind: fc.constantFrom('task.created', 'task.updated', 'task.updated', 'task.updated', 'task.deleted'),
    unread: fc.nat(4).map(number => number === 0),
    isCompleted: fc.boolean(),
    completedAgo: fc.option(fc.constantFrom(0, 1, 600_000, 600_001, -1, -5_000, -5_001, -600_000)),
    deadlineAt: fc.option(fc.constantFrom(1, 2)),
    text: fc.constantFrom('Renewal', 'Renewal - Acme Corp'),
  })
  .map(
    ({ actor, kind, unread, completedAgo, ...reading }): MakeFacts =>
      happenedAt => {
        const completedAt = reading.isCompleted && completedAgo !== null ? happenedAt - completedAgo : null
        return taskFacts(kind, { actor, snapshot: unread || kind === 'task.deleted' ? null : { ...openTask, ...reading, completedAt } })
      },
  )

type Seed = {
  make: MakeFacts
  at: number
  lag: number
  windowMs: number
  webhookId: string
  again: { after: number; webhookId: string } | null
  batch: boolean
}
const webhookId = fc.constantFrom('webhook-1', 'webhook-1', 'webhook-2', 'webhook-3')
const seed = (make: fc.Arbitrary<MakeFacts>): fc.Arbitrary<Seed> =>
  fc.record({
    make,
    at: time,
    lag,
    windowMs,
    webhookId,
    again: fc.option(fc.record({ after: edge, webhookId }), { freq: 3 }),
    batch: fc.boolean(),
  })

/** Mixes of all families, and of one alone, which meets itself more often. */
const kindsOfEvent = [changes, lives, merges, fc.oneof(lives, merges), entries, notes, comments, calls, tasks]
const seeds = fc.oneof(
  fc.array(seed(fc.oneof(...kindsOfEvent)), { maxLength: 16, size: 'max' }),
  ...kindsOfEvent.map(kind => fc.array(seed(kind), { maxLength: 10, size: 'max' })),
)

/** Stores the seeds; some a second time (another key, maybe through another webhook), some in one delivery with the one before. */
const history: fc.Arbitrary<StoredEvent[]> = fc
  .tuple(seeds, fc.array(fc.nat(), { minLength: 32, maxLength: 32 }))
  .map(([list, shuffle]) => {
    const event = eventFactory()
    const events: StoredEvent[] = []
    const deliveryId = (place: number) =>
      `019a0000-0000-7000-8000-${String((shuffle[place % 32] ?? 0) % 1000).padStart(6, '0')}${String(place).padStart(6, '0')}`
    for (const { make, at, lag: late, again, batch, ...given } of list) {
      const receivedAt = dayStart + at
      const last = events.at(-1)
      const place =
        batch && last
          ? { deliveryId: last.deliveryId, index: last.index + 1, receivedAt: last.receivedAt }
          : { deliveryId: deliveryId(events.length), index: 0, receivedAt }
      const happenedAt = place.receivedAt - late
      const facts = make(happenedAt)
      events.push(event(facts, 0, { ...given, ...place, happenedAt }))
      if (again) {
        const copy = {
          ...given,
          webhookId: again.webhookId,
          receivedAt: receivedAt + again.after,
          happenedAt: receivedAt + again.after - late,
        }
        events.push(event(facts, 0, { ...copy, deliveryId: deliveryId(events.length) }))
      }
    }
    return events
  })

const byId = <T extends { id: string }>(items: readonly T[]): T[] => items.toSorted((a, b) => (a.id < b.id ? -1 : 1))
const lanesIn = (events: readonly StoredEvent[]) => [...new Set(events.map(event => lanesOf(event.facts).lane))]
const everyLane = (events: readonly StoredEvent[]): [string, Consolidated][] =>
  lanesIn(events).map(lane => [lane, consolidate(lane, events)])

describe('consolidation of any events', () => {
  test('equals the rules told slowly, one event at a time', () => {
    fc.assert(
      fc.property(history, events => {
        const told = everyLane(events).map(([, consolidated]) => consolidated)
        const expected = oracle(events)
        const lines = told.flatMap(item => item.lines).map(({ id, kind, eventIds }) => ({ id, kind, eventIds: eventIds.toSorted() }))
        expect(byId(lines)).toEqual(byId(expected.lines))
        const duplicates = told.flatMap(item => item.outcomes).filter(outcome => outcome.state === 'duplicate')
        expect(duplicates.map(outcome => outcome.eventId).sort()).toEqual(expected.duplicates.toSorted())
      }),
      runs,
    )
  })

  test('does not change with their order, nor when they are given twice', () => {
    const shuffled = history.chain(events =>
      fc.tuple(
        fc.constant(events),
        fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }).map(all => structuredClone(all)),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([events, other]) => {
        for (const lane of lanesIn(events)) expect(consolidate(lane, other)).toEqual(consolidate(lane, events))
      }),
      runs,
    )
  })

  test('is the same for a part of a lane that a sure pause cuts off', () => {
    fc.assert(
      fc.property(history, events => {
        for (const lane of lanesIn(events).filter(one => laneExtent(one) === 'segment')) {
          const parts = cutAtPauses(events.filter(event => lanesOf(event.facts).lane === lane)).map(part => consolidate(lane, part))
          const whole = consolidate(lane, events)
          expect(byId(parts.flatMap(part => part.lines))).toEqual(byId(whole.lines))
          const outcomes = (list: Consolidated[]) =>
            byId(list.flatMap(item => item.outcomes).map(outcome => ({ id: outcome.eventId, outcome })))
          expect(outcomes(parts)).toEqual(outcomes([whole]))
        }
      }),
      runs,
    )
  })

  test('gives every event one outcome and at most one line, and every line its own id, time and counts', () => {
    fc.assert(
      fc.property(history, events => {
        const ids = new Set<string>()
        for (const [lane, { lines, outcomes }] of everyLane(events)) {
          const own = events.filter(event => lanesOf(event.facts).lane === lane)
          for (const { facts } of own) expect(eventFacts.parse(facts)).toEqual(facts)
          expect(outcomes.map(outcome => outcome.eventId).sort()).toEqual(own.map(event => event.id).sort())
          const projected = outcomes.filter(outcome => outcome.state === 'projected')
          expect(lines.flatMap(line => line.eventIds.map(eventId => `${eventId} in ${line.id}`)).sort()).toEqual(
            projected.map(outcome => `${outcome.eventId} in ${outcome.activityId}`).sort(),
          )
          for (const line of lines) {
            expect(activityLine.parse(line)).toEqual(line)
            expect(ids.has(line.id)).toBe(false)
            ids.add(line.id)
            const times = line.eventIds.map(id => own.find(event => event.id === id)?.happenedAt ?? Number.NaN)
            expect([line.occurredAt, line.lastEventAt]).toEqual([Math.min(...times), Math.max(...times)])
            expect(times).toEqual(times.toSorted((a, b) => a - b))
            expect(line.eventCount).toBe(line.eventIds.length)
            expect(line.fields).toBe(line.changes.length)
            expect(new Set(line.changes.map(change => change.title)).size).toBe(line.changes.length)
            const changing = line.changes.flatMap(change => change.steps.map(step => step.event_id))
            expect(line.eventIds).toEqual(expect.arrayContaining(changing))
            if (/^(record|list-entry|note)\.updated$/.test(line.kind)) expect(changing.sort()).toEqual(line.eventIds.toSorted())
          }
        }
      }),
      runs,
    )
  })
})

/** Parts of a lane's events that more than the longest window lies between. */
function cutAtPauses(events: readonly StoredEvent[]): StoredEvent[][] {
  const parts: StoredEvent[][] = []
  for (const event of events.toSorted((a, b) => a.happenedAt - b.happenedAt)) {
    const last = parts.at(-1)?.at(-1)
    if (last && event.happenedAt - last.happenedAt <= maxWindowMs) parts.at(-1)?.push(event)
    else parts.push([event])
  }
  return parts
}
