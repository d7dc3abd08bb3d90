import { z } from 'zod'
import { StartError } from '../stack/start-error.ts'

const step = z.object({ step: z.string(), at: z.string(), actor: z.unknown(), event_types: z.array(z.string()), ids: z.unknown() })
const played = z.object({ state: z.string(), problem: z.string().nullable(), steps: z.array(step) })
const deliveries = z.object({ count: z.number() })

/** What a play did, with every Attio id it made or touched. */
export type Play = { steps: string[]; ids: Set<string> }

export type PlayOptions = {
  workspace: string
  /** Lies between two steps. */
  paceMs: number
  /** The same seed gives the same names and choices; without one the simulator's own. */
  seed?: string
}

/** Has the simulator play a scenario to its end. Each play makes new records, so that a kept timeline shows each. */
export async function playScenario(
  simulatorUrl: string,
  name: string,
  { workspace, paceMs, seed }: PlayOptions,
  signal: AbortSignal,
): Promise<Play> {
  const response = await fetch(`${simulatorUrl}/_simulator/scenarios/${name}?wait=true`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ workspace, pace_ms: paceMs, seed, play: String(Date.now()) }),
    signal,
  })
  const text = await response.text()
  if (!response.ok) throw new StartError(`The simulator could not play ${name}: ${response.status} ${text.slice(0, 500)}`)
  const { state, problem, steps } = played.parse(JSON.parse(text))
  if (state !== 'finished') throw new StartError(`The simulator did not play ${name} to its end: ${problem ?? state}`)
  return { steps: steps.map(({ step }) => step), ids: new Set(steps.flatMap(({ ids }) => stringsIn(ids))) }
}

/** Whether the simulator has delivered every event it fired. */
export async function allDelivered(simulatorUrl: string, workspace: string): Promise<boolean> {
  const response = await fetch(`${simulatorUrl}/_simulator/deliveries?workspace=${workspace}&state=pending&limit=0`)
  return deliveries.parse(await response.json()).count === 0
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}
