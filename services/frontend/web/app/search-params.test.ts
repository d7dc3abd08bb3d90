import { describe, expect, test } from '@jest/globals'
import { z } from 'zod/mini'
import { listParam, parseSearch, stringifySearch, textParam } from './search-params.ts'

const schema = z.object({ category: listParam, q: textParam })
const read = (search: string) => z.parse(schema, parseSearch(search))

describe('an address', () => {
  test.each([
    ['?category=task', { category: ['task'] }],
    ['?category=task&category=meeting&q=acme', { category: ['task', 'meeting'], q: 'acme' }],
    ['?category=task,meeting', { category: ['task', 'meeting'] }],
    ['?category=task&q=a%2Bb+%26%20c', { category: ['task'], q: 'a+b & c' }],
    ['?q=', { q: '' }],
    ['?category=', { category: [] }],
    ['?q=first&q=last', { q: 'last' }],
    ['?q=12&category=true', { q: '12', category: ['true'] }],
    ['', {}],
  ])('%s is read as it is meant', (search, expected) => expect(read(search)).toEqual(expected))

  test('that holds what no page knows is read without it', () => {
    expect(read('?utm_source=mail&q=acme')).toEqual({ q: 'acme' })
  })

  test('may use names that every object has', () => {
    const given = parseSearch('?__proto__=x&constructor=y&toString=z')
    expect(Object.getPrototypeOf(given)).toBe(Object.prototype)
    expect(Object.entries(given)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
      ['toString', 'z'],
    ])
  })
})

describe('a view', () => {
  test.each([
    [{ category: ['task', 'meeting'], q: 'a+b & c' }, '?category=task&category=meeting&q=a%2Bb+%26+c'],
    [{ category: [], q: '' }, ''],
    [{ category: undefined, q: undefined }, ''],
    [{}, ''],
  ])('%j is written as other programs write it', (view, expected) => expect(stringifySearch(view)).toBe(expected))

  test.each([
    { category: ['task', 'meeting'], q: 'Zoë O’Brien & co, "quoted" 100%' },
    { category: ['a b'], q: '?x=1&y=2#z' },
  ])('comes back from its address as it was: %j', view => expect(read(stringifySearch(view))).toEqual(view))
})
