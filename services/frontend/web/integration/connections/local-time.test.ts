import { expect, test } from '@jest/globals'
import { toInstant, toLocal } from './local-time.ts'

test('a moment goes into a field and comes back, whatever the zone', () => {
  expect(toInstant(toLocal('2026-11-24T09:14:00.000Z'))).toBe('2026-11-24T09:14:00.000Z')
  expect(toInstant(toLocal('2026-11-24T10:14:00+01:00'))).toBe('2026-11-24T09:14:00.000Z')
})

test('an empty field, a year half typed and a mistyped address are no moment', () => {
  for (const text of ['', '0002-11-24T09:14', '0202-11-24T09:14', 'yesterday']) expect(toInstant(text)).toBeUndefined()
  for (const text of [undefined, '', 'yesterday']) expect(toLocal(text)).toBe('')
})
