import { expect, test } from '@jest/globals'
import { createLogLimit } from './log-limit.ts'

test('a fault that repeats is written once an interval, with the number held back', () => {
  const clock = { time: 5_000, now: () => clock.time }
  const limit = createLogLimit({ everyMs: 1_000, clock })
  const written: number[] = []
  for (let time = 5_000; time < 8_000; time += 100) {
    clock.time = time
    limit(heldBack => written.push(heldBack))
  }
  expect(written).toEqual([0, 9, 9])
})
