import { createHash } from 'node:crypto'
import type { FeedPosition, TimelineFilters } from '@worksights/database'
import { z } from 'zod'
import { earliestMs, latestMs } from '../http/keyset-cursor.ts'

/*
 * Cursors are opaque to clients. A page cursor carries a place and a digest that binds it to organisation and filters: one that was changed, or is
 * used with other filters, is refused instead of answering a page that does not follow. It opens nothing (every query is scoped by organisation), so
 * the digest needs no key.
 */

export type Place = { occurredAt: Date; id: string }

const payload = z.tuple([z.int().min(earliestMs).max(latestMs), z.uuid()])

function digest(body: string, organizationId: string, filters: TimelineFilters): string {
  const given = Object.entries(filters)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, Array.isArray(value) ? value.toSorted() : value])
    .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([body, organizationId, given]))
    .digest('base64url')
    .slice(0, 22)
}

/** Writes the cursor of the page that follows `place`. */
export function encodeCursor(place: Place, organizationId: string, filters: TimelineFilters): string {
  const body = Buffer.from(JSON.stringify([place.occurredAt.getTime(), place.id])).toString('base64url')
  return `${body}.${digest(body, organizationId, filters)}`
}

/** Reads a page cursor; null when it was not made here for exactly these filters. */
export function decodeCursor(cursor: string, organizationId: string, filters: TimelineFilters): Place | null {
  const [body, seal, ...rest] = cursor.split('.')
  if (!body || !seal || rest.length || seal !== digest(body, organizationId, filters)) return null
  const parsed = payload.safeParse(parseJson(Buffer.from(body, 'base64url').toString()))
  return parsed.success ? { occurredAt: new Date(parsed.data[0]), id: parsed.data[1] } : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Writes a place in the change feed, as `id:` of the stream and as `stream_cursor` of a page. */
export function encodeFeedPosition(position: FeedPosition): string {
  return `${position.xid}.${position.seq}.${position.at}`
}

/** Reads a place in the change feed; null when it is none. */
export function decodeFeedPosition(text: string): FeedPosition | null {
  const [, xid, seq, at] = /^(\d{1,19})\.(\d{1,18})\.(\d{1,14})$/.exec(text) ?? []
  return xid && seq && at ? { xid: BigInt(xid), seq: BigInt(seq), at: Number(at) } : null
}
