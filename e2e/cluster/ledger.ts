import { setTimeout as pause } from 'node:timers/promises'
import pLimit from 'p-limit'
import { z } from 'zod'
import { persist } from './forward.ts'
import { RunError } from './steps.ts'
import type { World } from './world.ts'

const integration = '/v1/integrations/attio'
/** How many deliveries are read one by one at the same time. */
const readers = 8
const quietMs = 300_000

const attempt = z.looseObject({ at: z.iso.datetime(), status: z.number().nullable(), problem: z.string().nullable() })
const sentForm = z.looseObject({
  workspace: z.string(),
  idempotency_key: z.string(),
  event_types: z.array(z.string()),
  state: z.enum(['pending', 'delivered', 'failed', 'dropped']),
  attempts: z.array(attempt),
})
/** What the simulator sent, as it tells it. */
export type Sent = z.output<typeof sentForm>

const storedForm = z.looseObject({
  id: z.string(),
  idempotency_key: z.string().nullable(),
  state: z.string(),
  reason: z.string().nullable(),
  repeats: z.number(),
  events: z.array(
    z.looseObject({
      id: z.string(),
      type: z.string(),
      state: z.string(),
      reason: z.string().nullable(),
      activity_id: z.string().nullable(),
    }),
  ),
})
/** What the product made of a delivery, as its log tells it. */
export type Stored = z.output<typeof storedForm>

const lineForm = z.looseObject({ id: z.string(), event_count: z.number(), title: z.string() })
/** A line of the timeline. */
export type Line = z.output<typeof lineForm>

export type Ledger = { sent: Sent[]; stored: Stored[]; lines: Line[] }

const sentPage = z.object({ count: z.number(), deliveries: z.array(sentForm) })
const logPage = z.object({ data: z.array(z.looseObject({ id: z.string() })), next_cursor: z.string().nullable() })
const linePage = z.object({ data: z.array(lineForm), next_cursor: z.string().nullable() })
/** What the simulator keeps of the past. */
const kept = 20_000

/** Waits until the simulator has nothing more to send and no delivery waits to be worked; fails after five minutes with what is left. */
export async function untilQuiet(world: World, signal?: AbortSignal): Promise<void> {
  const deadline = Date.now() + quietMs
  for (;;) {
    const { count: unsent } = await world.control('GET', '/deliveries?state=pending&limit=0', sentPage)
    let waiting = 0
    for (const { connectionId } of world.workspaces)
      waiting += (await pageOf(world, connectionId, 'limit=200&state=received,failed', signal)).data.length
    if (unsent === 0 && waiting === 0) return
    if (Date.now() > deadline)
      throw new RunError(
        `Not quiet after ${quietMs / 60_000} min: ${unsent} deliveries not sent, ${waiting} or more stored and not worked.`,
      )
    await pause(1_000, undefined, signal ? { signal } : {})
  }
}

/** Reads all three accounts of what happened: the simulator's, the product's log, the timeline. */
export async function readLedger(world: World, signal?: AbortSignal): Promise<Ledger> {
  const { count, deliveries } = await world.control('GET', `/deliveries?limit=${kept}`, sentPage)
  if (count >= kept) throw new RunError(`The simulator keeps ${kept} deliveries, and there were more: run with a lower --rate.`)
  const slugs = new Set(world.workspaces.map(({ slug }) => slug))
  const limit = pLimit(readers)
  const stored = await Promise.all(
    world.workspaces.map(async ({ connectionId }) => {
      const ids = await idsOf(world, connectionId, signal)
      const address = `${integration}/connections/${connectionId}/deliveries`
      return await Promise.all(ids.map(id => limit(() => persist(() => world.admin.read(storedForm, 'GET', `${address}/${id}`), signal))))
    }),
  )
  return { sent: deliveries.filter(({ workspace }) => slugs.has(workspace)), stored: stored.flat(), lines: await readLines(world, signal) }
}

/** The whole timeline, newest first. */
async function readLines(world: World, signal?: AbortSignal): Promise<Line[]> {
  const lines: Line[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page: z.output<typeof linePage> = await persist(() => world.admin.read(linePage, 'GET', `/v1/timeline?limit=200${query}`), signal)
    lines.push(...page.data)
    cursor = page.next_cursor
  }
  return lines
}

async function idsOf(world: World, connectionId: string, signal?: AbortSignal): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page: z.output<typeof logPage> = await pageOf(world, connectionId, `limit=200${query}`, signal)
    ids.push(...page.data.map(({ id }) => id))
    cursor = page.next_cursor
  }
  return ids
}

async function pageOf(world: World, connectionId: string, query: string, signal?: AbortSignal): Promise<z.output<typeof logPage>> {
  return await persist(() => world.admin.read(logPage, 'GET', `${integration}/connections/${connectionId}/deliveries?${query}`), signal)
}
