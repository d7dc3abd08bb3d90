import { expect, test } from '@jest/globals'
import { filtersOf, isNarrowed } from './filters.ts'

test('an address narrows the log by what it says that the log knows', () => {
  expect(
    filtersOf({ state: ['dead', 'nonsense', 'failed'], event_type: ['task.created'], from: '2026-11-24T10:00:00+01:00', to: 'soon' }),
  ).toEqual({
    state: ['failed', 'dead'],
    event_type: ['task.created'],
    from: '2026-11-24T09:00:00.000Z',
  })
})

test('an address without filters narrows nothing, and is one with empty ones', () => {
  expect(filtersOf({})).toEqual({})
  expect(filtersOf({ state: [], event_type: [], from: '', to: '' })).toEqual({})
  expect([isNarrowed({}), isNarrowed({ state: ['dead'] })]).toEqual([false, true])
})
