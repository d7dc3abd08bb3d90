import type { Upkeep } from './upkeep.ts'

/**
 * - `deleted`: nothing of ours is left at Attio.
 * - `token_dead`: Attio takes the token no more (or there is none that opens), so our webhooks could not be deleted there. They are remembered as ours, and removed when the
 *   workspace is connected again.
 * - `left_behind`: Attio did not answer, and the caller did not want to wait.
 */
export type Disconnected =
  | { outcome: 'disconnected'; webhooks: 'deleted' | 'token_dead' | 'left_behind' }
  /** Attio does not answer now: nothing was changed. */
  | { outcome: 'unreachable' }
  | { outcome: 'not_found' }

/** Ends a connection: deletes its webhooks at Attio, forgets the token, says so. The timeline stays. */
export async function disconnect(upkeep: Upkeep, options: { evenIfUnreachable?: boolean } = {}): Promise<Disconnected> {
  throw new Error(`not yet ${upkeep.connection.id} ${options.evenIfUnreachable}`)
}
