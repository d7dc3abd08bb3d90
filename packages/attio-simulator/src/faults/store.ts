import { createRandom } from '../world/random.ts'
import { defaultFaults, type FaultSettings, faultSettings } from './settings.ts'

export type FaultChanges = Partial<FaultSettings>

/** Checks what is to be switched; keys left out stay as they are. Throws a ZodError for what does not fit. */
export function parseFaultChanges(input: unknown): FaultChanges {
  const parsed = faultSettings.parse(input)
  const given = new Set(Object.keys(input ?? {}))
  return Object.fromEntries(Object.entries(parsed).filter(([key]) => given.has(key)))
}

export interface FaultStore {
  /** What holds for a workspace: its own switches over everybody's over the defaults. */
  of(workspaceSlug: string | null): FaultSettings
  /** Switches some faults, for one workspace or (null) for all. Gives what holds now. */
  change(workspaceSlug: string | null, changes: FaultChanges): FaultSettings
  /** Null resets everything, for every workspace. */
  reset(workspaceSlug: string | null): void
  /** What was switched, by workspace; `*` is everybody. */
  switched(): Record<string, FaultChanges>
  /** Counts a hit of a fault limited to `times`; false once they are used up. */
  spend(fault: object, times: number | undefined): boolean
  /** True at the given rate (0 to 1), in a sequence that follows from the seed. */
  chance(rate: number): boolean
}

const everybody = '*'

export function createFaultStore(clock: () => number, seed: string): FaultStore {
  const random = createRandom(`${seed} faults`)
  const switched = new Map<string, FaultChanges>()
  const spent = new WeakMap<object, number>()

  const withDeadline = (changes: FaultChanges): FaultChanges => {
    const storm = changes.rate_limit_storm
    if (storm?.for_ms === undefined) return changes
    const { for_ms, ...rest } = storm
    return { ...changes, rate_limit_storm: { ...rest, until: new Date(clock() + for_ms).toISOString() } }
  }

  const of = (slug: string | null): FaultSettings => ({
    ...defaultFaults,
    ...switched.get(everybody),
    ...(slug === null ? {} : switched.get(slug)),
  })

  return {
    of,
    change(slug, changes) {
      const key = slug ?? everybody
      switched.set(key, { ...switched.get(key), ...withDeadline(changes) })
      return of(slug)
    },
    reset(slug) {
      if (slug === null) switched.clear()
      else switched.delete(slug)
    },
    chance: rate => random.next() < rate,
    switched: () => Object.fromEntries(switched),
    spend(fault, times) {
      if (times === undefined) return true
      const used = spent.get(fault) ?? 0
      if (used >= times) return false
      spent.set(fault, used + 1)
      return true
    },
  }
}
