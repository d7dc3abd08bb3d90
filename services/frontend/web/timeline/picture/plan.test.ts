import { describe, expect, test } from '@jest/globals'
import { planOf } from './plan.ts'

// 00:30 on the 25th in Berlin.
const view = { now: new Date('2026-11-24T23:30:00Z'), timeZone: 'Europe/Berlin', days: 30, byHour: false }

describe('the picture shows', () => {
  test('the last days of the viewer’s zone where no time is chosen', () => {
    expect(planOf({}, view)).toEqual({ from: '2026-10-27', to: undefined, interval: 'day', inContext: false, day: null })
    expect(planOf({}, { ...view, days: 14 }).from).toBe('2026-11-12')
  })

  test('the last days also where one of them is chosen, so that the others can be', () => {
    const plan = planOf({ from: '2026-11-20', to: '2026-11-20' }, view)
    expect(plan).toEqual({ from: '2026-10-27', to: undefined, interval: 'day', inContext: true, day: '2026-11-20' })
    expect(planOf({ from: '2026-10-27', to: '2026-10-27' }, view).from).toBe('2026-10-27')
  })

  test('the days around one that lies farther back', () => {
    expect(planOf({ from: '2026-10-26', to: '2026-10-26' }, view)).toMatchObject({ from: '2026-10-11', to: '2026-11-09', interval: 'day' })
    expect(planOf({ from: '2026-01-05', to: '2026-01-05' }, view)).toMatchObject({ from: '2025-12-21', to: '2026-01-19', inContext: true })
  })

  test('the hours of a chosen day when they are wanted, and of the day of a chosen hour', () => {
    const hours = { from: '2026-11-20', to: '2026-11-20', interval: 'hour', day: '2026-11-20' }
    expect(planOf({ from: '2026-11-20', to: '2026-11-20' }, { ...view, byHour: true })).toEqual({ ...hours, inContext: false })
    // 23:00 to midnight in Berlin.
    expect(planOf({ from: '2026-11-20T22:00:00.000Z', to: '2026-11-20T23:00:00.000Z' }, view)).toEqual({ ...hours, inContext: true })
  })

  test('hours for up to two days, days for more', () => {
    expect(planOf({ from: '2026-11-20', to: '2026-11-21' }, view)).toMatchObject({ from: '2026-11-20', to: '2026-11-21', interval: 'hour' })
    expect(planOf({ from: '2026-11-20', to: '2026-11-22' }, view)).toMatchObject({ interval: 'day' })
    expect(planOf({ from: '2026-11-24' }, view)).toMatchObject({ from: '2026-11-24', to: undefined, interval: 'hour' })
    expect(planOf({ from: '2026-11-19' }, view)).toMatchObject({ from: '2026-11-19', to: undefined, interval: 'day' })
  })

  test('no more days than can be counted: the last ones', () => {
    expect(planOf({ from: '2020-01-01', to: '2026-11-24' }, view)).toMatchObject({ from: '2025-10-21', to: '2026-11-24' })
    expect(planOf({ from: '2020-01-01' }, view)).toMatchObject({ from: '2025-10-22', to: undefined })
  })

  test('the days before an end that has no beginning', () => {
    expect(planOf({ to: '2026-06-30' }, view)).toMatchObject({ from: '2026-06-01', to: '2026-06-30', interval: 'day' })
  })

  test('what it is given where that is no time, so that the API says what is wrong', () => {
    expect(planOf({ from: 'soon', to: '2026-11-24' }, view)).toMatchObject({ from: 'soon', to: '2026-11-24' })
    expect(planOf({ from: '2026-11-24', to: '2026-11-20' }, view)).toMatchObject({ from: '2026-11-24', to: '2026-11-20' })
    expect(planOf({ from: '2026-13-01', to: '2026-13-01' }, view)).toMatchObject({ from: '2026-13-01', to: '2026-13-01' })
    expect(planOf({ to: 'soon' }, view)).toMatchObject({ to: 'soon' })
  })
})
