import { describe, expect, test } from '@jest/globals'
import { applied, firstPage, type Lines, released, withOlder } from './lines.ts'
import { line, page } from './testing/lines.ts'

const names = (lines: Lines) => lines.shown.map(({ summary }) => summary)
const told = (id: string, at: number, summary = id) => ({ type: 'activity', line: line(id, at, { summary }) }) as const
const removed = (id: string) => ({ type: 'removed', id }) as const

describe('the lines of a view', () => {
  const lines = firstPage(page([line('e', 50), line('c', 30), line('b', 30), line('a', 10)], 'next'))

  test('a new line stands by its time, and by its id among those of one time, wherever that is', () => {
    expect(names(applied(lines, told('f', 60), false))).toEqual(['f', 'e', 'c', 'b', 'a'])
    expect(names(applied(lines, told('d', 30), false))).toEqual(['e', 'd', 'c', 'b', 'a'])
    expect(names(applied(lines, told('bb', 30), false))).toEqual(['e', 'c', 'bb', 'b', 'a'])
  })

  test('a line that grew takes its own place, and the others stay the same objects', () => {
    const grown = applied(lines, told('c', 30, 'c, twice'), false)
    expect(names(grown)).toEqual(['e', 'c, twice', 'b', 'a'])
    expect(grown.shown[2]).toBe(lines.shown[2])
  })

  test('what is told twice changes nothing', () => {
    expect(applied(lines, told('c', 30), false)).toBe(lines)
    expect(applied(lines, removed('never there'), false)).toBe(lines)
  })

  test('a line that is removed goes, and does not move the end of what was read', () => {
    const fewer = applied(lines, removed('a'), false)
    expect(names(fewer)).toEqual(['e', 'c', 'b'])
    // Older than everything shown, and still within what was read.
    expect(names(applied(fewer, told('aa', 11), false))).toEqual(['e', 'c', 'b', 'aa'])
  })

  test('what lies beyond the last page read comes with its page, not twice', () => {
    const before = applied(lines, told('late', 5), false)
    expect(before).toBe(lines)
    expect(names(withOlder(before, page([line('late', 5), line('old', 1)], null)))).toEqual(['e', 'c', 'b', 'a', 'late', 'old'])
  })

  test('once everything was read, a line may be older than all', () => {
    const all = firstPage(page([line('b', 20)], null))
    expect(names(applied(all, told('a', 10), false))).toEqual(['b', 'a'])
    expect(names(applied(firstPage(page([], null)), told('a', 10), false))).toEqual(['a'])
  })
})

describe('while somebody reads', () => {
  const lines = firstPage(page([line('b', 20), line('a', 10)], null))
  const held = [told('d', 40), told('c', 30)].reduce<Lines>((all, event) => applied(all, event, true), lines)

  test('new lines are kept back in order, and what is shown stays', () => {
    expect(names(held)).toEqual(['b', 'a'])
    expect(held.held.map(({ summary }) => summary)).toEqual(['d', 'c'])
  })

  test('a line that is shown grows in its place, and one that is kept back grows there', () => {
    expect(names(applied(held, told('a', 10, 'a, twice'), true))).toEqual(['b', 'a, twice'])
    const grown = applied(held, told('c', 30, 'c, twice'), true)
    expect(grown.held.map(({ summary }) => summary)).toEqual(['d', 'c, twice'])
    expect(names(grown)).toEqual(['b', 'a'])
  })

  test('what is removed is not shown later', () => {
    expect(names(released(applied(held, removed('c'), true)))).toEqual(['d', 'b', 'a'])
  })

  test('what was kept back is shown in its place when asked for', () => {
    const shown = released(held)
    expect(names(shown)).toEqual(['d', 'c', 'b', 'a'])
    expect(shown.held).toEqual([])
  })
})
