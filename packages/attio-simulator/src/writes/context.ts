import type { FaultSettings } from '../faults/settings.ts'
import type { AttioEvent } from '../world/events.ts'
import type { Actor } from '../world/types.ts'
import type { Workspace } from '../world/workspace.ts'

/** What every write needs: where, who, when, and how the world hears of it. */
export interface WriteContext {
  workspace: Workspace
  actor: Actor
  /** Epoch milliseconds. */
  now: () => number
  /** Tells the webhooks. A silent write has one that does nothing. */
  emit: (event: AttioEvent) => void
  faults: FaultSettings
  /** Runs something later, unless the simulator is closed before. */
  later: (ms: number, run: () => void) => void
}

export const asSystem = (context: WriteContext): WriteContext => ({ ...context, actor: { type: 'system', id: null } })
