import { checkConnection, noteLostToken, openUpkeep, type UpkeepOptions } from '@worksights/connections'
import { claimDueChecks, scheduleCheck } from '@worksights/database'
import { SealedSecretError } from '@worksights/runtime'

/*
 * Looks after every connection: one that is due is claimed by a lease, checked without a transaction over the calls to Attio, and says itself when it is due again.
 * Pods share the work by their claims; the check has a lock of its own, so a lease that runs out under a slow check does no harm.
 */

/** Longer than a check takes that Attio answers. */
const leaseMs = 2 * 60_000

export type CheckingOptions = UpkeepOptions & {
  /** How often a connection that is well is looked at. */
  checkEveryMs: number
  /** Connections checked at once. Each keeps one database connection for its lock. */
  checksAtOnce: number
}

/** Checks connections until none is due; returns how many. */
export async function checkDue(options: CheckingOptions, stopping: AbortSignal): Promise<number> {
  let checked = 0
  const lane = async () => {
    while (!stopping.aborted) {
      const [connectionId] = await claimDueChecks(options.database.pool, 1, leaseMs)
      if (connectionId === undefined) return
      await checkOne(options, connectionId)
      checked += 1
    }
  }
  await Promise.all(Array.from({ length: options.checksAtOnce }, lane))
  return checked
}

async function checkOne(options: CheckingOptions, connectionId: string): Promise<void> {
  const { database, log, checkEveryMs } = options
  try {
    const upkeep = await openUpkeep(options, connectionId)
    if (upkeep) await checkConnection(upkeep, { ifBusy: 'skip', everyMs: checkEveryMs })
  } catch (error) {
    log.error({ connection_id: connectionId, err: error }, 'a connection could not be checked')
    // A key that only this process lacks is another process's to have: the token is not lost by that.
    if (error instanceof SealedSecretError && error.fault !== 'unknown_key') await noteLostToken(options, connectionId)
    await scheduleCheck(database.pool, connectionId, checkEveryMs)
  }
}
