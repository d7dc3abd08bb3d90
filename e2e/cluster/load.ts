import { z } from 'zod'
import { RunError } from './steps.ts'
import type { World } from './world.ts'

export type Load = {
  /** Lets everybody finish what is in hand; resolves when nothing new is written any more. Fails if somebody could not go on. */
  stop(): Promise<void>
}

/** What Attio sends for one action of the team, on average: some actions change two attributes. */
const deliveriesAnAction = 1.4
/** What is asked for at once lasts about so long. */
const roundMs = 4_000
const actionsAStory = 2.5
/** Of a workspace: below what Attio sends to one URL (25/s), so that the simulator keeps up. */
export const perWorkspace = 15

const played = z.looseObject({ state: z.enum(['running', 'finished', 'failed']), problem: z.string().nullable() })

/** How many workspaces a rate is spread over. */
export function workspacesFor(rate: number): number {
  return Math.max(2, Math.ceil(rate / perWorkspace))
}

/**
 * Has the team work in every workspace: records, deals, list entries, notes, comments, tasks, calls. The simulator acts and sends, signed, and
 * again where it is not answered 2xx; `rate` is deliveries a second over all workspaces, about.
 */
export function startLoad({ control, workspaces }: World, rate: number): Load {
  let stopped = false
  const pace = Math.round((1_000 * deliveriesAnAction * workspaces.length) / rate)
  const stories = Math.max(1, Math.round(roundMs / (pace * actionsAStory)))
  const work = async (slug: string) => {
    for (let round = 1; !stopped; round += 1) {
      const body = { workspace: slug, seed: `${slug} ${round}`, pace_ms: pace, records: stories }
      const { state, problem } = await control('POST', '/scenarios/quiet-hour?wait=true', played, body)
      if (state !== 'finished') throw new RunError(`The team of ${slug} could not go on: ${problem ?? state}`)
    }
  }
  const all = Promise.all(workspaces.map(({ slug }) => work(slug)))
  // Told by `stop`, whenever it fails.
  all.catch(() => {})
  return {
    async stop() {
      stopped = true
      await all
    },
  }
}
