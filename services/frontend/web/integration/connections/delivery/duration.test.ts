import { expect, test } from '@jest/globals'
import { durationText } from './duration.ts'

const start = '2026-11-24T09:00:00.000Z'

test.each([
  ['2026-11-24T09:00:00.086Z', '86 ms'],
  ['2026-11-24T09:00:02.410Z', '2.4 sec'],
  ['2026-11-24T09:03:00.000Z', '3 min'],
  ['2026-11-24T11:30:00.000Z', '2.5 hr'],
  ['2026-11-27T09:00:00.000Z', '3 days'],
  ['2026-11-24T08:59:59.000Z', '0 ms'],
])('until %s it took %s', (end, said) => {
  expect(durationText(start, end, 'en')).toBe(said)
})
