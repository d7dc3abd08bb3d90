import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Consolidated, consolidate } from './consolidate.ts'
import { eventFacts, type StoredEvent } from './facts.ts'
import { laneExtent, lanesOf, maxWindowMs } from './lanes.ts'
import { activityLine } from './line.ts'
import { history } from './testing/histories.ts'
import { oracle } from './testing/oracle.ts'

/** fast-check prints the seed and the smallest counterexample of a failure. */
const runs = { seed: 20_261_124, numRuns: 2_000 }

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
