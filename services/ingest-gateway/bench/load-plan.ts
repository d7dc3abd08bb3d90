import { z } from 'zod'

// What the process that makes the load is told, and what it tells.

export const loadPlan = z.object({
  url: z.string(),
  targets: z.array(z.object({ path: z.string(), body: z.string(), signature: z.string() })).min(1),
  keyPrefix: z.string(),
  connections: z.number(),
  /** Either for so long, or so many: only the latter leaves no request unanswered at its end. */
  until: z.union([z.object({ seconds: z.number() }), z.object({ amount: z.number() })]),
})
export type LoadPlan = z.infer<typeof loadPlan>

/** Latencies in milliseconds. */
export const loadResult = z.object({
  answered200: z.number(),
  otherwise: z.number(),
  perSecond: z.number(),
  p50: z.number(),
  p99: z.number(),
})
export type LoadResult = z.infer<typeof loadResult>
