import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { Admin } from '../harness/admin.ts'
import { within } from './forward.ts'

export type Watch = {
  /** When each line was first seen, on the simulator's clock (epoch ms). */
  seen: ReadonlyMap<string, number>
  /** How far the simulator's clock is ahead of this machine's, in ms. */
  skew: number
  stop(): Promise<void>
}

const everyMs = 50
const answerMs = 5_000
const page = z.object({ data: z.array(z.looseObject({ id: z.string() })), next_cursor: z.string().nullable() })

/** Reads the newest lines over and over; what was missed meanwhile is read from the pages behind. */
export async function watchTimeline(admin: Admin, attioUrl: string): Promise<Watch> {
  const skew = await skewOf(attioUrl)
  const seen = new Map<string, number>()
  let stopped = false
  const look = async (cursor = ''): Promise<void> => {
    const { data, next_cursor: next } = await admin.read(page, 'GET', `/v1/timeline?limit=100${cursor}`)
    const now = Date.now() + skew
    const fresh = data.filter(({ id }) => !seen.has(id))
    for (const { id } of fresh) seen.set(id, now)
    // A full page of news: there may be more behind it.
    if (fresh.length === data.length && next !== null) await look(`&cursor=${encodeURIComponent(next)}`)
  }
  const keep = async () => {
    while (!stopped) {
      // While the API's pod is replaced nobody answers; that is part of what is measured.
      await within(answerMs, () => look()).catch(() => {})
      await pause(everyMs)
    }
  }
  const watching = keep()
  return {
    seen,
    skew,
    async stop() {
      stopped = true
      await watching
    },
  }
}

/** By the quickest of five questions: the simulator says in `x-accurate-at` when it answered. */
async function skewOf(attioUrl: string): Promise<number> {
  let best = { trip: Number.POSITIVE_INFINITY, skew: 0 }
  for (let round = 0; round < 5; round += 1) {
    const before = Date.now()
    const response = await fetch(`${attioUrl}/_simulator/api/v2/objects?workspace=northwind`)
    const after = Date.now()
    await response.arrayBuffer()
    const there = Date.parse(response.headers.get('x-accurate-at') ?? '')
    if (after - before < best.trip && !Number.isNaN(there)) best = { trip: after - before, skew: there - (before + after) / 2 }
  }
  return best.skew
}
