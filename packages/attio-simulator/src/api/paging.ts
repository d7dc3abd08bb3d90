import { z } from 'zod'
import { invalid } from './errors.ts'
import { parseOrRefuse } from './route.ts'

const whole = (most: number | undefined) =>
  z.coerce
    .number()
    .int()
    .min(1)
    .max(most ?? Number.MAX_SAFE_INTEGER)

/** One page by `limit` and `offset`. */
export function page<T>(rows: T[], query: Record<string, unknown>, limits: { standard: number; most?: number }): T[] {
  const schema = z.object({
    limit: whole(limits.most).default(limits.standard),
    offset: z.coerce.number().int().min(0).default(0),
  })
  const { limit, offset } = parseOrRefuse(schema, query, 'Query')
  return rows.slice(offset, offset + limit)
}

/** One page by opaque cursor, as meetings and call recordings have it. */
export function cursorPage<T>(rows: T[], query: Record<string, unknown>, limits: { standard: number; most: number }) {
  const { limit, cursor } = parseOrRefuse(
    z.object({ limit: whole(limits.most).default(limits.standard), cursor: z.string().optional() }),
    query,
    'Query',
  )
  const start = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64url').toString().replace('after:', ''))
  if (!Number.isInteger(start) || start < 0) throw invalid('Invalid cursor.')
  const end = start + limit
  const next = end < rows.length ? Buffer.from(`after:${end}`).toString('base64url') : null
  return { data: rows.slice(start, end), pagination: { next_cursor: next } }
}

/** `?flag=true`; absent is false. */
export const flag = (query: Record<string, unknown>, name: string): boolean => query[name] === 'true'

/** A text of the query, or undefined. */
export const text = (query: Record<string, unknown>, name: string): string | undefined => {
  const value = query[name]
  return typeof value === 'string' ? value : undefined
}
