import { expect, test } from '@jest/globals'
import { dayName } from './day-name.ts'

const now = new Date(2026, 10, 24, 0, 5).getTime()
const named = (year: number, month: number, day: number) => dayName(new Date(year, month - 1, day).getTime(), now, 'en-GB')

test('days are called as people call them, with the year where it is another one', () => {
  expect(named(2026, 11, 24)).toEqual({ relative: 'today', date: 'Tuesday 24 November' })
  expect(named(2026, 11, 23)).toEqual({ relative: 'yesterday', date: 'Monday 23 November' })
  expect(named(2026, 11, 22)).toEqual({ relative: null, date: 'Sunday 22 November' })
  expect(named(2025, 11, 24)).toEqual({ relative: null, date: 'Monday, 24 November 2025' })
})
