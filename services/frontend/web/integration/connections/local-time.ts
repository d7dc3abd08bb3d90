import { format } from 'date-fns'

/*
 * Moments as a native date-and-time field has them: in the viewer's zone, without saying so. The API wants them with an offset.
 */

/** `2026-11-24T15:50`, for a field's value; empty for what is no time. */
export function toLocal(instant: string | undefined): string {
  const time = new Date(instant ?? '')
  return Number.isNaN(time.getTime()) ? '' : format(time, "yyyy-MM-dd'T'HH:mm")
}

/** The moment in UTC; undefined for an empty field, and for the years one passes through while typing (0002, 0020, 0202). */
export function toInstant(local: string): string | undefined {
  const time = new Date(local)
  if (Number.isNaN(time.getTime()) || time.getFullYear() < 1900 || time.getFullYear() > 2999) return undefined
  return time.toISOString()
}

/** A moment of an address, as the API takes it; undefined where it is none. */
export const asInstant = (text: string | undefined): string | undefined => (text === undefined ? undefined : toInstant(text))
