import { findAbandonedAttempts, type StateChange, setConnectionState, type Transaction } from '@worksights/database'

/**
 * Ends attempts to connect whose process died: else the workspace would seem taken for ever. Their endpoints stay known as ours, so that the next
 * connection removes what they left at Attio.
 */
export async function endAbandonedAttempts(client: Transaction): Promise<StateChange[]> {
  const changes: StateChange[] = []
  for (const connection of await findAbandonedAttempts(client)) {
    const change = await setConnectionState(client, connection, { state: 'disconnected', reason: 'connect_failed' })
    if (change) changes.push(change)
  }
  return changes
}
