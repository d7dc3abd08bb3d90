import { intlFormatDistance } from 'date-fns'
import { locale } from '../../../strings/i18n.ts'

/** `24 Nov, 15:50:22` in the viewer's zone and manner; with the year where it is another one. */
export function clockTime(iso: string): string {
  const time = new Date(iso)
  const year = time.getFullYear() === new Date().getFullYear() ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(locale, {
    ...{ day: 'numeric', month: 'short', ...year },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  }).format(time)
}

/** `in 2 minutes`; what should have been by now is now. */
export function timeAhead(iso: string, now: number): string {
  return intlFormatDistance(Math.max(new Date(iso).getTime(), now), now, { locale })
}

/** The viewer's zone, as it is called: `Europe/Berlin`. */
export const viewersZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone
