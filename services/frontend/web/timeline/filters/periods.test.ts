import { describe, expect, test } from '@jest/globals'
import { addDays, boundText, countDays, dayOf, periodOf, presetOf, presets, rangeText } from './periods.ts'

describe('the day of an instant', () => {
  test('is the one of the viewer’s zone', () => {
    const at = new Date('2026-11-24T23:30:00Z')
    expect(dayOf(at, 'UTC')).toBe('2026-11-24')
    expect(dayOf(at, 'Pacific/Auckland')).toBe('2026-11-25')
    expect(dayOf(new Date('2026-11-24T02:00:00Z'), 'America/Los_Angeles')).toBe('2026-11-23')
  })

  test('changes at midnight also where midnight does not exist', () => {
    // Clocks in Beirut went from 23:59:59 to 01:00:00 on 29 March 2026.
    expect(dayOf(new Date('2026-03-28T21:59:59Z'), 'Asia/Beirut')).toBe('2026-03-28')
    expect(dayOf(new Date('2026-03-28T22:00:00Z'), 'Asia/Beirut')).toBe('2026-03-29')
  })
})

describe('presets', () => {
  test('count days of the calendar over changes of clocks, months and years', () => {
    // The clocks change in Europe on 25 October and 29 March 2026.
    expect(periodOf('last7', '2026-10-28')).toEqual({ from: '2026-10-22' })
    expect(periodOf('last7', '2026-04-01')).toEqual({ from: '2026-03-26' })
    expect(periodOf('last30', '2026-03-15')).toEqual({ from: '2026-02-14' })
    expect(periodOf('last30', '2028-03-15')).toEqual({ from: '2028-02-15' })
    expect(periodOf('yesterday', '2027-01-01')).toEqual({ from: '2026-12-31', to: '2026-12-31' })
  })

  test('hold as many days as they say', () => {
    expect(countDays(periodOf('last7', '2026-11-24').from ?? '', '2026-11-24')).toBe(7)
    expect(countDays(periodOf('last30', '2026-11-24').from ?? '', '2026-11-24')).toBe(30)
  })

  test('are known again in an address on that day, and not on the next', () => {
    for (const preset of presets) {
      expect(presetOf(periodOf(preset, '2026-11-24'), '2026-11-24')).toBe(preset)
      expect(presetOf(periodOf(preset, '2026-11-24'), '2026-11-25')).toBe(preset === 'today' ? 'yesterday' : null)
    }
  })
})

test('days are added over the end of a month', () => {
  expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
})

describe('a period as text', () => {
  test('is short where both ends have something in common', () => {
    expect(rangeText('2026-11-24', '2026-11-24', 'en-GB', 'UTC')).toBe('Tue, 24 Nov 2026')
    expect(rangeText('2026-11-18', '2026-11-24', 'en-GB', 'UTC')).toMatch(/^18\s?–\s?24 Nov 2026$/)
  })

  test('tells days as they were chosen, whatever the zone, and times in the viewer’s', () => {
    expect(boundText('2026-11-24', 'en-GB', 'America/Los_Angeles')).toBe('Tue, 24 Nov 2026')
    expect(rangeText('2026-11-24T09:00:00Z', '2026-11-24T10:00:00Z', 'en-GB', 'Europe/Berlin')).toMatch(/^24 Nov 2026, 10:00\s?–\s?11:00$/)
  })

  test('is what stands in the address where that is no time', () => {
    expect(rangeText('soon', '2026-11-24', 'en-GB', 'UTC')).toBe('soon – Tue, 24 Nov 2026')
    expect(rangeText('2026-11-24', '2026-11-18', 'en-GB', 'UTC')).toBe('2026-11-24 – 2026-11-18')
    expect(boundText('soon', 'en-GB', 'UTC')).toBe('soon')
  })
})
