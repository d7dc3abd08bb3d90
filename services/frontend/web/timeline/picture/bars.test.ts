import { describe, expect, test } from '@jest/globals'
import type { TimelineSummary } from '@worksights/api-client'
import { barsOf, barTime, isChosen, partsOf, tickPlaces } from './bars.ts'

const none = { default: 0, task: 0, meeting: 0 }

/** As the API answers: a bucket at each start, with as many CRM lines as its place. */
function summary(interval: 'day' | 'hour', timeZone: string, starts: string[]): TimelineSummary {
  const buckets = starts.map((start, place) => ({ start, lines: { ...none, default: place } }))
  return { from: starts[0] ?? '', to: starts.at(-1) ?? '', interval, time_zone: timeZone, buckets, total: none }
}

const daysFrom = (day: string, count: number) =>
  Array.from({ length: count }, (_, place) => new Date(Date.parse(`${day}T00:00:00Z`) + place * 86_400_000).toISOString())

describe('bars', () => {
  test('are days of the zone, also where a day has 23 or 25 hours', () => {
    // Berlin's days around 25 October 2026, the last of them in winter time.
    const starts = ['2026-10-23T22:00:00.000Z', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z']
    const bars = barsOf(summary('day', 'Europe/Berlin', starts), 30)
    expect(bars.map(({ from, to }) => [from, to])).toEqual([
      ['2026-10-24', '2026-10-24'],
      ['2026-10-25', '2026-10-25'],
      ['2026-10-26', '2026-10-26'],
    ])
    expect(bars[1]).toMatchObject({ start: new Date('2026-10-24T22:00:00Z'), end: new Date('2026-10-25T23:00:00Z') })
  })

  test('are weeks where there is no room for days: the last one whole, none lost, none counted twice', () => {
    const bars = barsOf(summary('day', 'UTC', daysFrom('2026-08-01', 100)), 45)
    expect(bars).toHaveLength(15)
    expect(bars[0]).toMatchObject({ from: '2026-08-01', to: '2026-08-02' })
    expect(bars.at(-1)).toMatchObject({ from: '2026-11-02', to: '2026-11-08' })
    expect(bars.reduce((sum, bar) => sum + bar.total, 0)).toBe((99 * 100) / 2)
  })

  test.each([1, 13, 14, 30, 100, 400])('are never more than there is room for, of %d days', days => {
    const counted = summary('day', 'UTC', daysFrom('2026-01-01', days))
    for (const most of [14, 45]) expect(barsOf(counted, most).length).toBeLessThanOrEqual(most)
  })

  test('are hours with their times, together from the first where there is no room', () => {
    const starts = Array.from({ length: 24 }, (_, hour) => `2026-11-24T${String(hour).padStart(2, '0')}:00:00.000Z`)
    const hours = barsOf(summary('hour', 'UTC', starts), 45)
    expect(hours.at(-1)).toMatchObject({ from: '2026-11-24T23:00:00.000Z', to: '2026-11-25T00:00:00.000Z' })
    expect(barsOf(summary('hour', 'UTC', starts), 14)[0]).toMatchObject({ from: starts[0], to: starts[2], total: 1 })
  })
})

test('what was chosen is found among the bars, an hour also within one of several', () => {
  const [day] = barsOf(summary('day', 'UTC', daysFrom('2026-11-24', 1)), 30)
  if (!day) throw new Error('There is no bar.')
  expect(isChosen(day, { from: '2026-11-24', to: '2026-11-24' })).toBe(true)
  expect(isChosen(day, { from: '2026-11-23', to: '2026-11-23' })).toBe(false)
  expect(isChosen(day, { from: '2026-11-24T00:00:00Z', to: '2026-11-25T00:00:00Z' })).toBe(false)
  const hour = { ...day, from: '2026-11-24T09:00:00.000Z', start: new Date('2026-11-24T09:00:00Z'), end: new Date('2026-11-24T10:00:00Z') }
  expect(isChosen(hour, { from: '2026-11-24T08:00:00.000Z', to: '2026-11-24T10:00:00.000Z' })).toBe(true)
  expect(isChosen(hour, { from: '2026-11-24T09:30:00.000Z', to: '2026-11-24T10:00:00.000Z' })).toBe(false)
})

test('parts stand on each other in one order, without the empty ones', () => {
  const [bar] = barsOf(summary('day', 'UTC', daysFrom('2026-11-24', 1)), 30)
  if (!bar) throw new Error('There is no bar.')
  expect(partsOf({ ...bar, lines: { default: 3, task: 0, meeting: 2 } })).toEqual([
    { category: 'default', below: 0, above: 3 },
    { category: 'meeting', below: 3, above: 5 },
  ])
})

test('times are written below evenly, and always below the last bar', () => {
  expect(tickPlaces(30, 8)).toEqual([1, 5, 9, 13, 17, 21, 25, 29])
  expect(tickPlaces(3, 8)).toEqual([0, 1, 2])
  expect(tickPlaces(0, 8)).toEqual([])
})

test('a bar says when it is, in the viewer’s zone', () => {
  const [day] = barsOf(summary('day', 'UTC', daysFrom('2026-11-24', 1)), 30)
  if (!day) throw new Error('There is no bar.')
  expect(barTime(day, 'en-GB', 'UTC')).toBe('Tuesday 24 November')
  expect(barTime({ ...day, from: '2026-11-18' }, 'en-GB', 'UTC')).toMatch(/^18\s?–\s?24 November$/)
  const hour = { ...day, from: '2026-11-24T09:00:00.000Z', start: new Date('2026-11-24T09:00:00Z'), end: new Date('2026-11-24T10:00:00Z') }
  expect(barTime(hour, 'en-GB', 'Europe/Berlin')).toMatch(/^24 November(,| at) 10:00\s?–\s?11:00$/)
})
