import { z } from 'zod'
import { inData } from './attio-fields.ts'
import type { AttioResult } from './result.ts'
import type { CallOptions, RequestSpec, Send } from './transport.ts'

/** Far above what any workspace holds; stops at a server that ignores `offset`. */
const MOST_PAGES = 200

/**
 * Every page of a list that takes `limit` and `offset`, as one result; `item` is the schema of one thing in it. A page shorter than asked
 * for is the last, so `pageSize` must not be more than Attio gives at once. Each page is a request of its own; the first that fails is the
 * answer. `accurateAt` is the oldest page's.
 */
export async function sendAllPages<T>(
  send: Send,
  { item, ...spec }: Omit<RequestSpec<T>, 'schema'> & { item: z.ZodType<T> },
  pageSize: number,
  options?: CallOptions,
): Promise<AttioResult<T[]>> {
  const all: T[] = []
  let accurateAt: Date | null = null
  let executionId: string | null = null
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const query = { ...spec.query, limit: pageSize, offset: all.length }
    const result = await send({ ...spec, query, schema: inData(z.array(item)) }, options)
    if (!result.ok) return result
    all.push(...result.data)
    executionId = result.executionId
    if (accurateAt === null || (result.accurateAt !== null && result.accurateAt < accurateAt)) accurateAt = result.accurateAt
    if (result.data.length < pageSize) return { ok: true, data: all, accurateAt, executionId }
  }
  const context = { endpoint: `${spec.method} ${spec.path}`, status: 200, code: null, executionId, accurateAt }
  const problem = `still no end after ${MOST_PAGES} pages`
  return { ok: false, error: { ...context, kind: 'unexpected_reply', problem, message: `Attio's list does not end` } }
}
