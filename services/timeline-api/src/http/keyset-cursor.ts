import { z } from 'zod'

/** A place in a list that is ordered by (at, id). */
export type Place = { at: Date; id: string }

/** What a cursor can name: the years 1900 to 2999. Postgres knows fewer than JavaScript, and no row lies beyond. */
export const earliestMs = Date.UTC(1900, 0, 1)
export const latestMs = Date.UTC(3000, 0, 1) - 1

const payload = z.tuple([z.int().min(earliestMs).max(latestMs), z.uuid()])

/** The cursor of what follows this row; opaque to clients. It opens nothing: every query is scoped by organisation. */
export function encodeKeyset({ at, id }: Place): string {
  return Buffer.from(JSON.stringify([at.getTime(), id])).toString('base64url')
}

/** The place a cursor names; null for anything else. */
export function decodeKeyset(cursor: string): Place | null {
  try {
    const [at, id] = payload.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return { at: new Date(at), id }
  } catch {
    return null
  }
}
