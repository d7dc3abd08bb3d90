import { describe, expect, test } from '@jest/globals'
import { parseSearch, stringifySearch } from '../app/search-params.ts'
import { hasFilters, type TimelineFilters, timelineFilters, toQuery } from './query.ts'

const read = (address: string): TimelineFilters => timelineFilters.parse(parseSearch(address))

describe('an address as a query', () => {
  test('days are sent with the zone whose days they are, times without', () => {
    expect(toQuery({ from: '2026-11-24', to: '2026-11-24' }, 'Europe/Berlin')).toEqual({
      ...{ from: '2026-11-24', to: '2026-11-24', time_zone: 'Europe/Berlin' },
    })
    expect(toQuery({ from: '2026-11-24T09:00:00.000Z' }, 'Europe/Berlin')).toEqual({ from: '2026-11-24T09:00:00.000Z' })
  })

  test('the same choice is the same query, in whatever order and however often it is given', () => {
    const one = toQuery(read('?kind=task.created&kind=note.created&user=b,a'), 'UTC')
    expect(one).toEqual({ kind: ['note.created', 'task.created'], user: ['a', 'b'] })
    expect(toQuery(read('?user=a&kind=note.created,task.created&user=b&user=a'), 'UTC')).toEqual(one)
    expect(Object.keys(toQuery(read('?user=a&kind=b'), 'UTC'))).toEqual(Object.keys(toQuery(read('?kind=b&user=a'), 'UTC')))
  })

  test('what is empty does not narrow, and values the API may not know are left for it to refuse', () => {
    expect(toQuery(read('?q=+++&category=&from='), 'UTC')).toEqual({})
    expect(toQuery(read('?kind=no.such.kind'), 'UTC')).toEqual({ kind: ['no.such.kind'] })
  })

  test('a view written into an address is read from it again', () => {
    const filters: TimelineFilters = { user: ['u1', 'u2'], kind: ['task.created'], q: 'Köln & Bonn + 100 %', from: '2026-11-24' }
    expect(read(stringifySearch(filters))).toEqual(filters)
  })
})

test('a view is narrowed by anything but space', () => {
  expect(hasFilters({})).toBe(false)
  expect(hasFilters({ q: ' ', user: [] })).toBe(false)
  for (const filters of [{ q: 'acme' }, { user: ['u'] }, { record: ['r'] }, { to: '2026-11-24' }]) expect(hasFilters(filters)).toBe(true)
})
