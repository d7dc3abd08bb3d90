import { describe, expect, test } from '@jest/globals'
import type { Delivery } from '@worksights/api-client'
import { beginningWith, countNew, isOver, pauseUntilNextLook, rowsOf, spanOf, withReadings } from './reading.ts'

const delivery = (id: string, given: Partial<Delivery> = {}): Delivery => ({
  id,
  received_at: `2026-11-24T09:00:0${id}.000Z`,
  event_types: ['record.updated'],
  state: 'processed',
  reason: null,
  repeats: 0,
  attempts: 1,
  next_attempt_at: null,
  finished_at: null,
  webhook: 'records',
  events: [],
  ...given,
})
const event = (state: Delivery['events'][number]['state']): Delivery['events'][number] => ({
  id: 'e',
  type: 'record.updated',
  state,
  reason: null,
  activity_id: null,
  activity_title: null,
  hidden_by: null,
  happened_at: '2026-11-24T09:00:00.000Z',
})
const page = (...ids: string[]) => ({ data: ids.map(id => delivery(id)), next_cursor: null })

test('a reading takes its row’s place, whichever page that is on, and brings no row that was not shown', () => {
  const log = { pages: [page('5', '4'), page('3')], pageParams: [undefined, 'c'] }
  const read = withReadings(log, [delivery('3', { state: 'dead' }), delivery('9')])
  expect(rowsOf(read).map(({ id, state }) => `${id} ${state}`)).toEqual(['5 processed', '4 processed', '3 dead'])
})

describe('what is new', () => {
  test('is what came after the first row shown, not what became older rows of the same filter', () => {
    expect(countNew([delivery('4'), delivery('1')], [delivery('6'), delivery('5'), delivery('4'), delivery('2')])).toBe(2)
  })
  test('is told apart by id where two came at once', () => {
    const at = { received_at: '2026-11-24T09:00:00.000Z' }
    expect(countNew([delivery('b', at)], [delivery('c', at), delivery('b', at), delivery('a', at)])).toBe(1)
  })
  test('is everything where nothing is shown', () => {
    expect(countNew([], rowsOf(beginningWith(page('2', '1'))))).toBe(2)
  })
})

describe('a delivery is over', () => {
  test.each([
    ['received', [], false],
    ['failed', [], false],
    ['dead', [], true],
    ['filtered', [event('filtered')], true],
    ['processed', [event('projected')], true],
    ['processed', [event('projected'), event('pending')], false],
  ] as const)('%s with %j: %s', (state, events, over) => {
    expect(isOver(delivery('1', { state, events: [...events] }))).toBe(over)
  })
})

describe('an unfinished log is looked at again', () => {
  const now = Date.parse('2026-11-24T09:00:00Z')
  const failed = (next_attempt_at: string) => delivery('2', { state: 'failed', next_attempt_at })

  test('never, where everything is over', () => {
    expect(pauseUntilNextLook([delivery('1')], now)).toBeNull()
  })
  test('shortly, where one is being worked or about to be tried', () => {
    expect(pauseUntilNextLook([delivery('1', { state: 'received' })], now)).toBe(2_000)
    expect(pauseUntilNextLook([failed('2026-11-24T09:00:20Z')], now)).toBe(2_000)
  })
  test('less often, where the next attempt is far off', () => {
    expect(pauseUntilNextLook([failed('2026-11-24T09:20:00Z')], now)).toBe(15_000)
  })
})

test('the span of some rows holds the first and the last of them', () => {
  expect(spanOf([delivery('3'), delivery('1'), delivery('2')])).toEqual({
    from: '2026-11-24T09:00:01.000Z',
    to: '2026-11-24T09:00:03.001Z',
  })
  expect(spanOf([])).toBeNull()
})
