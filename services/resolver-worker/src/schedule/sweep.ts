import { overdueConnections, overdueRuns, type Transaction } from '@worksights/database'

/** What a hint should have brought long ago: the hint was lost, with its queue or its sender. */
export const overdueAfterMs = 30_000

/** Hints again for all work that has been due for too long. Losing every job of every queue loses nothing. */
export async function sweep(
  client: Transaction,
  hint: (queue: 'resolve' | 'coalesce' | 'runs', connectionId: string) => Promise<void>,
): Promise<{ resolve: number; coalesce: number; runs: number }> {
  const { deliveries, events } = await overdueConnections(client, overdueAfterMs)
  const runs = await overdueRuns(client, overdueAfterMs)
  for (const connectionId of deliveries) await hint('resolve', connectionId)
  for (const connectionId of events) await hint('coalesce', connectionId)
  for (const connectionId of runs) await hint('runs', connectionId)
  return { resolve: deliveries.length, coalesce: events.length, runs: runs.length }
}
