import { expect, test } from '@jest/globals'
import { stringifySearch } from '../../app/search-params.ts'
import { countChosen, mostValues, toggled, withPeriod } from './change.ts'

test('a value is added, and taken away again without a trace in the address', () => {
  const chosen = toggled({ q: 'acme' }, 'user', 'u1')
  expect(chosen).toEqual({ q: 'acme', user: ['u1'] })
  expect(stringifySearch(toggled(chosen, 'user', 'u1'))).toBe('?q=acme')
})

test('no more values are chosen than the API takes', () => {
  const full = { kind: Array.from({ length: mostValues }, (_, n) => `kind-${n}`) }
  expect(toggled(full, 'kind', 'one-more').kind).toHaveLength(mostValues)
  expect(toggled(full, 'kind', 'kind-0').kind).toHaveLength(mostValues - 1)
})

test('a time takes the place of the one before', () => {
  expect(withPeriod({ from: '2026-11-01', to: '2026-11-02', q: 'acme' }, { from: '2026-11-20' })).toEqual({ from: '2026-11-20', q: 'acme' })
})

test('what is chosen is counted, a time as one', () => {
  expect(countChosen({ user: ['a', 'b'], from: '2026-11-01', to: '2026-11-02' }, ['user', 'when', 'kind'])).toBe(3)
})
