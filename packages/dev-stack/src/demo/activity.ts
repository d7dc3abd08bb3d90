import { z } from 'zod'
import type { Api } from './api.ts'

/** A line of the timeline: what is printed and judged here; the rest is passed through to `--json`. */
export const activity = z.looseObject({
  id: z.string(),
  category: z.enum(['default', 'task', 'meeting']),
  title: z.string(),
  detail: z.string().nullable(),
  actor: z.looseObject({ name: z.string().nullable() }),
  subject: z.looseObject({ id: z.string() }),
  name_state: z.string(),
  occurred_at: z.iso.datetime(),
  event_count: z.number(),
})
export type Activity = z.infer<typeof activity>

const page = z.looseObject({ data: z.array(activity), next_cursor: z.string().nullable(), stream_cursor: z.string() })

/** Reads every line since `from`, oldest first, and the place from which the stream goes on. */
export async function readTimeline(api: Api, from: Date): Promise<{ lines: Activity[]; streamCursor: string }> {
  const lines: Activity[] = []
  let streamCursor: string | undefined
  let cursor: string | null = null
  do {
    const query: URLSearchParams = new URLSearchParams({ from: from.toISOString(), limit: '200', ...(cursor === null ? {} : { cursor }) })
    const read: z.infer<typeof page> = await api.call('GET', `/v1/timeline?${query}`, page)
    lines.push(...read.data)
    streamCursor ??= read.stream_cursor
    cursor = read.next_cursor
  } while (cursor !== null)
  return { lines: lines.reverse(), streamCursor }
}
