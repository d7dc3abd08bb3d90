import { expect, test } from '@jest/globals'
import { maxAttempts, pauseAfter } from './pauses.ts'

test('pauses grow threefold from a second to ten minutes, spread by a quarter, and add up to a quarter of an hour', () => {
  const expected = [1, 3, 9, 27, 81, 243, 600, 600].map(seconds => seconds * 1_000)
  for (const [place, pause] of expected.entries()) {
    const spread = Array.from({ length: 100 }, () => pauseAfter(place + 1))
    expect(Math.min(...spread)).toBeGreaterThanOrEqual(pause * 0.75)
    expect(Math.max(...spread)).toBeLessThanOrEqual(pause * 1.25)
    expect(new Set(spread).size).toBeGreaterThan(1)
  }
  const waited = expected.slice(0, maxAttempts - 1).reduce((sum, pause) => sum + pause, 0)
  expect(waited / 60_000).toBeCloseTo(16, 0)
})
