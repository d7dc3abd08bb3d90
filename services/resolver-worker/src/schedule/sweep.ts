import { overdueConnections, type Transaction } from '@worksights/database'

/** What a hint should have brought long ago: the hint was lost, with its queue or its sender. */
export const overdueAfterMs = 30_000

/** Hints again for all work that has been due for too long. Losing every job of every queue loses nothing. */
export async function sweep(
  client: Transaction,
  hint: (queue: 'resolve' | 'coalesce', connectionId: string) => Promise<void>,
): Promise<{ resolve: number; coalesce: number }> {
  const { deliveries, events } = await overdueConnections(client, overdueAfterMs)
  for (const connectionId of deliveries) await hint('resolve', connectionId)
  for (const connectionId of events) await hint('coalesce', connectionId)
  return { resolve: deliveries.length, coalesce: events.length }
}
