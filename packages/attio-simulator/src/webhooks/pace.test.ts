import { expect, test } from '@jest/globals'
import { createPace } from './pace.ts'

test('a burst to one URL leaves at 25 a second, evenly, in the order given; another URL does not wait for it', async () => {
  const pace = createPace(() => performance.now())
  const sent: { index: number; at: number }[] = []
  const started = performance.now()
  let sentBeforeOther = -1
  await new Promise<void>(resolve => {
    for (let index = 0; index < 26; index += 1)
      pace.at('http://one', 25, () => {
        sent.push({ index, at: performance.now() - started })
        if (index === 25) resolve()
      })
    pace.at('http://other', 25, () => {
      sentBeforeOther = sent.length
    })
  })
  pace.close()
  expect(sent.map(({ index }) => index)).toEqual(Array.from({ length: 26 }, (_, index) => index))
  expect(sentBeforeOther).toBe(1)
  // However late timers are, no window of a second may hold more than 26 sends.
  const most = Math.max(...sent.map(({ at }) => sent.filter(other => other.at >= at && other.at < at + 960).length))
  expect(most).toBeLessThanOrEqual(26)
  expect(sent.at(-1)?.at).toBeGreaterThanOrEqual(25 * 35)
})
