import fc from 'fast-check'
import type { EventFacts, StoredEvent } from '../facts.ts'
import { maxWindowMs } from '../lanes.ts'
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
} from './facts-builders.ts'

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
export const history: fc.Arbitrary<StoredEvent[]> = fc
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
          ? { deliveryId: last.deliveryId, index: last.index + 1, receivedAt: last.receivedAt, webhookId: last.webhookId }
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
