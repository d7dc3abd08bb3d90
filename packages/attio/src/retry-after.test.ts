import { describe, expect, test } from '@jest/globals'
import { retryAt } from './retry-after.ts'

const now = new Date('2026-05-16T01:34:06.500Z')
const after = (ms: number) => new Date(now.getTime() + ms)

describe('the pause after a 429', () => {
  test.each([
    ['whole seconds', '3', null, 3_000],
    ['seconds with a fraction', ' 0.25 ', null, 250],
    ['an HTTP date', 'Sat, 16 May 2026 01:34:08 GMT', null, 1_500],
    ['nothing', null, null, 1_000],
    ['zero', '0', null, 1_000],
    ['a date that is past', 'Tue, 23 May 2023 14:42:01 GMT', null, 1_000],
    ['something unreadable', 'soon', null, 1_000],
    ['a negative number', '-5', null, 1_000],
    ['a day', '86400', null, 3_600_000],
    ['more digits than a number holds', '9'.repeat(400), null, 3_600_000],
  ])('follows Retry-After with %s', (_, header, date, ms) => {
    expect(retryAt(header, date, now)).toEqual(after(ms))
  })

  test("is measured on Attio's clock, so that ours may be wrong", () => {
    expect(retryAt('Tue, 23 May 2023 14:42:01 GMT', 'Tue, 23 May 2023 14:42:00 GMT', now)).toEqual(after(1_000))
    expect(retryAt('Tue, 23 May 2023 14:42:05 GMT', 'unreadable', now)).toEqual(after(1_000))
  })
})
