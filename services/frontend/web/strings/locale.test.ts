import { describe, expect, test } from '@jest/globals'
import { localeFor } from './locale.ts'

const at = new Date('2026-11-24T15:50:00Z')
const written = (browser: string) =>
  new Intl.DateTimeFormat(localeFor('en', browser), {
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(at)

describe('dates are written as they are where the browser is from', () => {
  test.each([
    ['en-GB', '24 November at 15:50'],
    ['en-US', 'November 24 at 03:50 PM'],
    ['en-AU', '24 November at 03:50 pm'],
  ])('an English browser of its own region: %s', (browser, expected) => expect(written(browser).replace(/\u202f/g, ' ')).toBe(expected))

  test.each([
    ['de-DE', '24 November at 15:50'],
    ['fr', '24 November at 15:50'],
  ])('in the words of the page where the browser has another language: %s', (browser, expected) => expect(written(browser)).toBe(expected))
})

test('what is no language leaves the language of the page', () => expect(localeFor('en', '??')).toBe('en'))
