import { z } from 'zod'

/** A place in a list that is ordered by (at, id). */
export type Place = { at: Date; id: string }

const payload = z.tuple([z.int(), z.uuid()])

/** The cursor of what follows this row; opaque to clients. It opens nothing: every query is scoped by organisation. */
export function encodeKeyset({ at, id }: Place): string {
  return Buffer.from(JSON.stringify([at.getTime(), id])).toString('base64url')
}

/** The place a cursor names; null for anything else. */
export function decodeKeyset(cursor: string): Place | null {
  try {
    const [at, id] = payload.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return Number.isNaN(new Date(at).getTime()) ? null : { at: new Date(at), id }
  } catch {
    return null
  }
}
