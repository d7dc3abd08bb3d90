import { isDay } from '../query.ts'

/*
 * Stretches of days as people choose them. A day is `2026-11-24` in the viewer's zone; days are counted on the calendar, so that no change of clocks makes one
 * too many.
 */

export type Period = { from?: string | undefined; to?: string | undefined }

export const presets = ['today', 'yesterday', 'last7', 'last30'] as const
type Preset = (typeof presets)[number]

/** The day that an instant is in, in a zone. */
export function dayOf(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(at)
  const part = (type: string) => parts.find(part => part.type === type)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`
}

export function addDays(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

/** How many days lie between the first and the last, both counted. */
export function countDays(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
}

/** What a preset means today. Those that reach up to now have no end: what comes tomorrow belongs to them. */
export function periodOf(preset: Preset, today: string): Period {
  if (preset === 'today') return { from: today, to: today }
  if (preset === 'yesterday') return { from: addDays(today, -1), to: addDays(today, -1) }
  return { from: addDays(today, preset === 'last7' ? -6 : -29) }
}

/** The preset that a period is today. */
export function presetOf(period: Period, today: string): Preset | null {
  const same = (one: Period) => one.from === period.from && one.to === period.to
  return presets.find(preset => same(periodOf(preset, today))) ?? null
}

/**
 * A period with a beginning and an end as people read it: `Tue, 24 Nov 2026`, `18–24 Nov 2026`, `24 Nov 2026, 09:00–10:00`. What is neither day nor time stays
 * as it stands in the address.
 */
export function rangeText(from: string, to: string, locale: string, timeZone: string): string {
  if (isDay(from) && isDay(to)) return from === to ? boundText(from, locale, timeZone) : daysText(from, to, locale)
  const [start, end] = [Date.parse(from), Date.parse(to)]
  if (Number.isNaN(start) || Number.isNaN(end) || isDay(from) !== isDay(to))
    return `${boundText(from, locale, timeZone)} – ${boundText(to, locale, timeZone)}`
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).formatRange(start, end)
}

/** One end of a period. */
export function boundText(bound: string, locale: string, timeZone: string): string {
  const at = Date.parse(bound)
  if (Number.isNaN(at)) return bound
  if (!isDay(bound)) return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at)
  const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(locale, day).format(at)
}

function daysText(from: string, to: string, locale: string): string {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  if (Number.isNaN(start) || Number.isNaN(end) || start > end) return `${from} – ${to}`
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).formatRange(start, end)
}
