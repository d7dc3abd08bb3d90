import { describe, expect, test } from '@jest/globals'
import type { Ledger, Line, Sent, Stored } from './ledger.ts'
import { beginnings, faultsOf, latencies, posts } from './verdict.ts'

const second = (n: number) => new Date(Date.UTC(2026, 10, 24, 9, 0, n)).toISOString()
const sent = (key: string, over: Partial<Sent> = {}): Sent => ({
  ...{ workspace: 'cluster-1', idempotency_key: key, event_types: ['record.created'], state: 'delivered' },
  attempts: [{ at: second(1), status: 200, problem: null }],
  ...over,
})
const event = (id: string, line: string | null, over = {}) => ({
  id,
  type: 'record.created',
  state: 'projected',
  reason: null,
  activity_id: line,
  ...over,
})
const stored = (key: string, over: Partial<Stored> = {}): Stored => ({
  ...{ id: `stored-${key}`, idempotency_key: key, state: 'processed', reason: null, repeats: 0 },
  events: [event(`event-${key}`, `line-${key}`)],
  ...over,
})
const line = (id: string, events = 1): Line => ({ id, event_count: events, title: 'Acme Corp > Created' })
const sound: Ledger = { sent: [sent('a'), sent('b')], stored: [stored('a'), stored('b')], lines: [line('line-a'), line('line-b')] }

test('nothing is wrong where each event that was answered 2xx is in one line, once', () => {
  expect(faultsOf(sound)).toEqual([])
})

test('several events in one line are right if the line says as many', () => {
  const both = [stored('a'), stored('b', { events: [event('event-b', 'line-a')] })]
  expect(faultsOf({ ...sound, stored: both, lines: [line('line-a', 2)] })).toEqual([])
  expect(faultsOf({ ...sound, stored: both, lines: [line('line-a', 1)] })).toEqual([
    'line line-a (Acme Corp > Created): says 1 events, 2 are its own',
  ])
})

const wrong: [what: string, change: Partial<Ledger>, told: string][] = [
  ['a delivery answered 2xx that was not stored', { stored: [stored('a')], lines: [line('line-a')] }, 'answered 2xx and not stored'],
  ['a delivery stored twice', { stored: [...sound.stored, stored('b')] }, 'delivery b: stored 2 times'],
  ['a delivery that nobody sent', { stored: [...sound.stored, stored('c')] }, 'nobody sent it'],
  ['a delivery without a key', { stored: [stored('a'), stored('b'), stored('', { idempotency_key: null })] }, 'nobody sent it'],
  ['a dead letter', { stored: [stored('a'), stored('b', { state: 'dead', reason: 'cannot be decoded' })] }, 'dead (cannot be decoded)'],
  ['a delivery that waits', { stored: [stored('a'), stored('b', { state: 'received' })] }, 'stored-b: received'],
  [
    'a delivery that was filtered',
    { stored: [stored('a'), stored('b', { state: 'filtered', reason: 'automation' })] },
    'filtered (automation)',
  ],
  ['an event too few', { stored: [stored('a'), stored('b', { events: [] })] }, '1 events sent, 0 known'],
  [
    'an event that repeats another',
    { stored: [stored('a'), stored('b', { events: [event('e', null, { state: 'duplicate' })] })] },
    'duplicate, in no line',
  ],
  ['a line that is not on the timeline', { lines: [line('line-a')] }, 'line line-b of 1 events: not on the timeline'],
  ['a line that is there twice', { lines: [...sound.lines, line('line-b')] }, 'on the timeline 2 times'],
  ['a line of nothing that was sent', { lines: [...sound.lines, line('line-c')] }, 'says 1 events, 0 are its own'],
  ['a delivery that Attio gave up', { sent: [sent('a'), sent('b', { state: 'failed', attempts: [] })] }, "Attio's side ended as failed"],
]

test.each(wrong)('is told: %s', (_what, change, told) => {
  expect(faultsOf({ ...sound, ...change }).join('\n')).toContain(told)
})

describe('figures', () => {
  const retried = sent('b', {
    attempts: [
      { at: second(2), status: 503, problem: null },
      { at: second(3), status: null, problem: 'network: ECONNRESET' },
      { at: second(5), status: 200, problem: null },
    ],
  })
  const ledger: Ledger = { ...sound, sent: [sent('a'), retried] }
  const at = (n: number) => Date.parse(second(n))

  test('a line begins when its first delivery was posted and taken', () => {
    expect(beginnings(ledger)).toEqual(
      new Map([
        ['line-a', at(1)],
        ['line-b', at(5)],
      ]),
    )
    const grown = { ...ledger, stored: [stored('b'), stored('a', { events: [event('event-a', 'line-b')] })] }
    expect(beginnings(grown)).toEqual(new Map([['line-b', at(1)]]))
  })

  test('latencies are those of lines that began within the span and were seen', () => {
    const seen = new Map([
      ['line-a', at(1) + 80],
      ['line-b', at(5) + 300],
    ])
    const spans = [
      { name: 'early', from: at(0), to: at(4) },
      { name: 'late', from: at(4), to: at(9) },
      { name: 'never', from: at(9), to: at(10) },
    ]
    expect(latencies(beginnings(ledger), seen, spans)).toEqual(
      new Map([
        ['early', { count: 1, p50: 80, p99: 80, max: 80 }],
        ['late', { count: 1, p50: 300, p99: 300, max: 300 }],
      ]),
    )
  })

  test('POSTs that were refused or not answered are counted by their cause, in the span they were made in', () => {
    expect(posts(ledger.sent, { name: '', from: at(0), to: at(4) })).toEqual({
      all: 3,
      refused: new Map([
        ['503', 1],
        ['network: ECONNRESET', 1],
      ]),
    })
    expect(posts(ledger.sent, { name: '', from: at(4), to: at(9) })).toEqual({ all: 1, refused: new Map() })
  })
})
