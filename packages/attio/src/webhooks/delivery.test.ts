import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { activityEvents, capturedDeliveries, commentOnRecord, documentedEvents } from '../../test/deliveries.ts'
import { type ParsedEvent, parseDelivery } from './delivery.ts'
import { supportedEventTypes } from './event-types.ts'

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value))

function parseEvents(...events: unknown[]): ParsedEvent[] {
  const parsed = parseDelivery(bytes({ webhook_id: '23e42eaf-323a-41da-b5bb-fd67eebda553', events }))
  if (parsed.outcome !== 'ok') throw new Error(parsed.outcome)
  return parsed.events
}

describe('a delivery', () => {
  test.each(capturedDeliveries)('that was really captured parses whole: %s', body => {
    const parsed = parseDelivery(Buffer.from(body))
    expect(parsed).toMatchObject({ outcome: 'ok', webhookId: JSON.parse(body).webhook_id, events: [{ known: true }] })
    expect(parsed.outcome === 'ok' && parsed.events.map(event => event.known && event.event)).toEqual(JSON.parse(body).events)
  })

  test.each([0, 1, 50])('of %i events gives as many', count => {
    expect(parseEvents(...Array.from({ length: count }, (_, n) => documentedEvents[n % documentedEvents.length]))).toHaveLength(count)
  })

  test('that is not UTF-8 is told apart from one that is not JSON', () => {
    expect(parseDelivery(Uint8Array.of(0x7b, 0xff, 0x7d))).toEqual({ outcome: 'not_utf8' })
    expect(parseDelivery(Buffer.from('{"events":['))).toEqual({ outcome: 'not_json' })
    expect(parseDelivery(new Uint8Array())).toEqual({ outcome: 'not_json' })
  })

  test.each([['[]'], ['null'], ['"events"'], ['{}'], ['{"events":{}}'], ['{"events":[null]}'], ['{"events":[[]]}']])(
    'of another shape says what is wrong: %s',
    body => {
      expect(parseDelivery(Buffer.from(body))).toEqual({ outcome: 'unknown_shape', problem: expect.stringMatching(/\w+ \w+/) })
    },
  )

  test('without a usable webhook id still parses', () => {
    expect(parseDelivery(bytes({ events: [] }))).toEqual({ outcome: 'ok', webhookId: null, events: [] })
    expect(parseDelivery(bytes({ webhook_id: 7, events: [] }))).toEqual({ outcome: 'ok', webhookId: null, events: [] })
  })
})

describe('an event', () => {
  test('of every supported type is known, with all its fields', () => {
    expect(documentedEvents.map(event => event.event_type).sort()).toEqual([...supportedEventTypes].sort())
    for (const event of documentedEvents) expect(parseEvents(event)).toEqual([{ known: true, event, raw: event }])
  })

  test('of a comment on a record has no list and no entry, written as null or left out', () => {
    const [comment] = commentOnRecord
    const { list_id: _list, entry_id: _entry, ...bare } = { list_id: null, entry_id: null, ...comment }
    const known = { known: true, event: { list_id: null, entry_id: null } }
    expect(parseEvents(comment, bare)).toMatchObject([known, known])
  })

  test('of a type we do not support, activities among them, is unknown and keeps its body', () => {
    const tomorrow = { event_type: 'record.archived', anything: [1] }
    for (const raw of [...activityEvents, tomorrow])
      expect(parseEvents(raw)).toEqual([{ known: false, eventType: raw.event_type, problem: 'unsupported_type', issues: [], raw }])
  })

  test('keeps unknown fields in raw only', () => {
    const [plain] = documentedEvents
    const raw = { ...plain, sent_at: 'today', id: { ...plain?.id, shard: 4 } }
    expect(parseEvents(raw)).toEqual([{ known: true, event: plain, raw }])
  })

  test('needs no UUIDs for ids', () => {
    const event = { event_type: 'task.created', id: { workspace_id: 'w', task_id: '9e578106-8f64-509c-81f7-c7fc85f327bd' } }
    const short = { event_type: 'task.created', id: { workspace_id: 'w', task_id: 't-1' } }
    expect(parseEvents(event, short)).toMatchObject([{ known: true }, { known: true, event: short }])
  })

  test.each([
    ['an empty id', ''],
    ['a number', 7],
    ['null', null],
    ['an id of 201 characters', 'x'.repeat(201)],
    ['a zero byte', 'a\u0000b'],
    ['half a surrogate pair', 'a\ud800'],
    ['a dot segment', '..'],
  ])('with %s where an id belongs is malformed, and the issue names the field without its value', (_, task_id) => {
    expect(parseEvents({ event_type: 'task.created', id: { workspace_id: 'w', task_id } })).toMatchObject([
      { known: false, eventType: 'task.created', problem: 'malformed', issues: [expect.stringMatching(/^id\.task_id: /)] },
    ])
  })

  test('without a type is malformed', () => {
    expect(parseEvents({ id: {} }, { event_type: 9 })).toMatchObject([
      { known: false, eventType: null, problem: 'malformed' },
      { known: false, eventType: null, problem: 'malformed' },
    ])
  })

  test('is never put down to a person when its actor is unclear', () => {
    const event = { event_type: 'task.created', id: { workspace_id: 'w', task_id: 't' } }
    const actors = [undefined, null, 'me', {}, { type: 7, id: 'a' }, { type: 'workspace-member', id: 9 }, { type: 'system', id: null }]
    const read = parseEvents(...actors.map(actor => ({ ...event, actor }))).map(parsed => parsed.known && parsed.event.actor)
    const unknown = { type: 'unknown', id: null }
    expect(read).toEqual([
      ...[unknown, unknown, unknown, unknown, { type: 'unknown', id: 'a' }],
      { type: 'workspace-member', id: null },
      { type: 'system', id: null },
    ])
  })

  test('of an actor type of tomorrow keeps it', () => {
    const event = { event_type: 'task.created', id: { workspace_id: 'w', task_id: 't' }, actor: { type: 'agent', id: 'a1' } }
    expect(parseEvents(event)).toMatchObject([{ event: { actor: { type: 'agent', id: 'a1' } } }])
  })
})

describe('whatever arrives', () => {
  const outcomes = ['ok', 'not_utf8', 'not_json', 'unknown_shape']

  test('as bytes has an outcome', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), body => outcomes.includes(parseDelivery(body).outcome)))
  })

  test('as JSON has an outcome', () => {
    fc.assert(fc.property(fc.json(), body => ['ok', 'unknown_shape'].includes(parseDelivery(Buffer.from(body)).outcome)))
  })

  test('as an event gives exactly one parsed event, with its body untouched', () => {
    const arbitrary = fc.record(
      {
        event_type: fc.oneof(fc.constantFrom(...supportedEventTypes), fc.string(), fc.jsonValue()),
        id: fc.oneof(fc.dictionary(fc.constantFrom('workspace_id', 'task_id', 'record_id', 'object_id'), fc.jsonValue()), fc.jsonValue()),
        actor: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.array(arbitrary, { maxLength: 5 }), events => {
        const sent = JSON.parse(JSON.stringify(events))
        expect(parseEvents(...events).map(event => event.raw)).toEqual(sent)
      }),
    )
  })

  test('nested thousands deep has an outcome', () => {
    const deep = `{"events":${'['.repeat(50_000)}${']'.repeat(50_000)}}`
    expect(outcomes).toContain(parseDelivery(Buffer.from(deep)).outcome)
  })
})
