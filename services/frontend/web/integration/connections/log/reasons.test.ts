import { expect, test } from '@jest/globals'
import { readReasons } from './reasons.ts'

test('a known reason is a sentence of ours; several are several', () => {
  expect(readReasons('automation; private list')).toEqual([
    { key: 'automation', words: null },
    { key: 'privateList', words: null },
  ])
})

test('what only counts attempts adds nothing to the attempts that are shown', () => {
  expect(readReasons('begun 8 times and never finished')).toEqual([{ key: 'neverFinished', words: null }])
})

test('a reason of a known family keeps the words that say more', () => {
  const words = 'unreadable event: id.record_id: expected string; actor: expected object'
  expect(readReasons(words)).toEqual([{ key: 'unreadable', words }])
})

test('a reason nobody knows is shown as it came, and none is none', () => {
  expect(readReasons('a reason of tomorrow')).toEqual([{ key: null, words: 'a reason of tomorrow' }])
  expect(readReasons(null)).toEqual([])
  expect(readReasons('toString')).toEqual([{ key: null, words: 'toString' }])
})
