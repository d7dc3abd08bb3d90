import { expect, test } from '@jest/globals'
import { createRateLimit } from './rate-limit.ts'

/** As many of `count` posts as are let through. */
const passing = (allow: (id: string) => boolean, id: string, count: number) =>
  Array.from({ length: count }, () => allow(id)).filter(Boolean).length

test('an endpoint may burst to twice its rate, then goes on at its rate, and takes nothing from another', () => {
  let now = 1_000_000
  const allow = createRateLimit({ perSecond: 10, clock: { now: () => now } })
  expect(passing(allow, 'one', 50)).toBe(20)
  expect(passing(allow, 'two', 50)).toBe(20)
  now += 500
  expect(passing(allow, 'one', 50)).toBe(5)
  now += 60 * 60_000
  expect(passing(allow, 'one', 50)).toBe(20)
})

test('a clock that is set back lets nothing more through and recovers', () => {
  let now = 1_000_000
  const allow = createRateLimit({ perSecond: 10, clock: { now: () => now } })
  passing(allow, 'one', 19)
  now -= 60_000
  expect(passing(allow, 'one', 5)).toBe(1)
  now += 1_000
  expect(passing(allow, 'one', 50)).toBe(10)
})
