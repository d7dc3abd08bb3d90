import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'

/** The parts of a timeline line that the tests look at. */
export const line = z.object({
  id: z.string(),
  kind: z.string(),
  category: z.string(),
  feature: z.string(),
  title: z.string(),
  detail: z.string().nullable(),
  summary: z.string(),
  actor: z.object({ member_id: z.string(), name: z.string().nullable() }),
  subject: z.object({ type: z.string(), id: z.string(), name: z.string() }),
  changes: z.array(z.object({ title: z.string(), steps: z.array(z.unknown()) })),
  related: z.array(z.object({ id: z.string(), name: z.string() })),
  participants: z.array(z.object({ member_id: z.string() })),
  name_state: z.string(),
  occurred_at: z.string(),
  last_event_at: z.string(),
  fields: z.number(),
  event_count: z.number(),
})
export type Line = z.infer<typeof line>
const page = z.object({ data: z.array(line), next_cursor: z.string().nullable() })

export type TimelineApi = {
  get(path: string): Promise<{ status: number; body: unknown }>
  /** Every line of a query, all pages. */
  lines(query?: Record<string, string>): Promise<Line[]>
  /** Lines about a thing: it is their subject or a related record. */
  about(id: string): Promise<Line[]>
  /** Waits until `ready` accepts what is there of a thing; gives it. Fails with what was there last. */
  until(id: string, ready: (lines: Line[]) => boolean): Promise<Line[]>
}

const patienceMs = 15_000

export function timelineApi(url: string, token: string): TimelineApi {
  const get = async (path: string) => {
    const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })
    return { status: response.status, body: (await response.json()) as unknown }
  }
  const lines = async (query: Record<string, string> = {}) => {
    const all: Line[] = []
    let cursor: string | null = null
    do {
      const search: string = new URLSearchParams({ limit: '200', ...query, ...(cursor ? { cursor } : {}) }).toString()
      const { status, body } = await get(`/v1/timeline?${search}`)
      if (status !== 200) throw new Error(`GET /v1/timeline answered ${status}: ${JSON.stringify(body)}`)
      const read = page.parse(body)
      all.push(...read.data)
      cursor = read.next_cursor
    } while (cursor !== null)
    return all
  }
  const about = async (id: string) =>
    (await lines()).filter(item => item.subject.id === id || item.related.some(record => record.id === id))
  return {
    get,
    lines,
    about,
    async until(id, ready) {
      const deadline = Date.now() + patienceMs
      for (;;) {
        const found = await about(id)
        if (ready(found)) return found
        if (Date.now() > deadline)
          throw new Error(`Not there after ${patienceMs / 1000} s; what is there: ${JSON.stringify(found, null, 1)}`)
        await pause(50)
      }
    },
  }
}
