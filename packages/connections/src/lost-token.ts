import { readSealedToken, type SealedToken, setConnectionState, tokenSealContext } from '@worksights/database'
import type { KeyRing } from '@worksights/runtime'
import { logStateChange } from './state-log.ts'
import type { UpkeepOptions } from './upkeep.ts'

/** Says of a connection whose token does not open that somebody has to connect it again; not where a new authorisation came meanwhile. */
export async function noteLostToken({ database, keyRing, clock, log }: UpkeepOptions, connectionId: string): Promise<void> {
  const change = await database.transaction(async client => {
    const row = await readSealedToken(client, connectionId)
    if (!row || opens(keyRing, connectionId, row)) return null
    const connection = { id: connectionId, organizationId: row.organizationId }
    return await setConnectionState(client, connection, { state: 'needs_attention', reason: 'token_lost' }, new Date(clock.now()))
  })
  logStateChange(log, change)
}

function opens(keyRing: KeyRing, connectionId: string, { tokenSealed, tokenKeyId }: SealedToken): boolean {
  if (tokenSealed === null || tokenKeyId === null) return true
  try {
    keyRing.open(tokenSealed, tokenKeyId, tokenSealContext(connectionId))
    return true
  } catch {
    return false
  }
}
