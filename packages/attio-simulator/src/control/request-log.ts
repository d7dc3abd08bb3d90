import type { NextFunction, Request, Response } from 'express'
import { z } from 'zod'
import { isRegExp } from '../faults/settings.ts'

export interface LoggedRequest {
  /** Epoch milliseconds. */
  at: number
  method: string
  /** With the query. */
  path: string
  /** Null while (or if never) answered. */
  status: number | null
  ms: number | null
}

export const requestQuery = z.strictObject({
  path: z
    .string()
    .refine(text => !text.startsWith('^') || isRegExp(text), 'not a regular expression')
    .optional()
    .describe('A prefix, or a regular expression that starts with ^.'),
  method: z.string().toUpperCase().optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(0).max(50_000).default(1_000).describe('How many of the last ones are listed; the count is of all.'),
})

const kept = 50_000

export interface RequestLog {
  middleware(request: Request, response: Response, next: NextFunction): void
  find(query: z.output<typeof requestQuery>): { count: number; per_second: Record<string, number>; requests: unknown[] }
  clear(): void
}

function matcher(path: string | undefined): (candidate: string) => boolean {
  if (path === undefined) return () => true
  if (path.startsWith('^')) {
    const pattern = new RegExp(path)
    return candidate => pattern.test(candidate)
  }
  return candidate => candidate.startsWith(path)
}

/** Remembers what Attio's side of the simulator was asked: the last 50,000 requests, never a header or a body. */
export function createRequestLog(clock: () => number): RequestLog {
  let entries: LoggedRequest[] = []
  return {
    middleware(request, response, next) {
      if (!request.originalUrl.startsWith('/_simulator')) {
        const entry: LoggedRequest = { at: clock(), method: request.method, path: request.originalUrl, status: null, ms: null }
        entries.push(entry)
        if (entries.length > kept * 1.1) entries = entries.slice(-kept)
        response.on('finish', () => {
          entry.status = response.statusCode
          entry.ms = clock() - entry.at
        })
      }
      next()
    },
    find({ path, method, since, until, limit }) {
      const matches = matcher(path)
      const [from, to] = [since === undefined ? 0 : Date.parse(since), until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until)]
      const found = entries.filter(
        entry => entry.at >= from && entry.at <= to && (method === undefined || entry.method === method) && matches(entry.path),
      )
      const perSecond: Record<string, number> = {}
      for (const { at } of found) {
        const second = `${new Date(at).toISOString().slice(0, 19)}Z`
        perSecond[second] = (perSecond[second] ?? 0) + 1
      }
      const listed = limit === 0 ? [] : found.slice(-limit)
      return {
        count: found.length,
        per_second: perSecond,
        requests: listed.map(entry => ({ ...entry, at: new Date(entry.at).toISOString() })),
      }
    },
    clear() {
      entries = []
    },
  }
}
