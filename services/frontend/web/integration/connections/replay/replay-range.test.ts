import { expect, test } from '@jest/globals'
import { faultsOf, rangeOf } from './replay-range.ts'

test('a replay begins with what the log is narrowed to, without what is due anyway', () => {
  const from = '2026-11-24T09:00:00.000Z'
  expect(rangeOf({ state: ['received', 'filtered', 'dead'], from })).toEqual({ states: ['dead', 'filtered'], from, to: undefined })
})

test('a replay of a log that is not narrowed, or to nothing that can be replayed, begins with what is dead', () => {
  expect(rangeOf({}).states).toEqual(['dead'])
  expect(rangeOf({ state: ['received'] }).states).toEqual(['dead'])
})

test('a range without a state, or whose end is not after its beginning, is told', () => {
  const [one, two] = ['2026-11-24T10:00:00+01:00', '2026-11-24T09:30:00Z']
  expect(faultsOf({ states: [], from: two, to: one })).toEqual(['noState', 'wrongOrder'])
  expect(faultsOf({ states: ['dead'], from: two, to: one })).toEqual(['wrongOrder'])
  expect(faultsOf({ states: ['dead'], from: one, to: one })).toEqual(['wrongOrder'])
  expect(faultsOf({ states: ['dead'], from: one, to: two })).toEqual([])
})
