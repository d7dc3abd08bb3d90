import type { Upkeep } from './upkeep.ts'

export type Retargeted =
  | { outcome: 'retargeted'; changed: number; unchanged: number; refused: number }
  | { outcome: 'token_dead' }
  /** Attio does not answer now: run it again. */
  | { outcome: 'unreachable' }
  /** There is no such connection, or it is disconnected: there is nothing to retarget. */
  | { outcome: 'not_connected' }

/** Tells Attio the gateway's present address for every webhook of a connection, retired ones too; ids and secrets stay. */
export async function retargetWebhooks(upkeep: Upkeep): Promise<Retargeted> {
  throw new Error(`not yet ${upkeep.connection.id}`)
}
