import type { Executor } from './connect.ts'

/**
 * For how many seconds the deliveries of events whose line was just committed had been here, by the database's clock. A delivery counts once: not when an
 * earlier event of it has a line already, and not when it was replayed, which took a person's decision. (A replay gives a delivery its attempts back and not its
 * leases.)
 */
export async function secondsUntilVisible(executor: Executor, events: readonly { id: string; deliveryId: string }[]): Promise<number[]> {
  if (events.length === 0) return []
  const { rows } = await executor.query<{ seconds: number }>({
    name: 'seconds-until-visible',
    text: `select greatest(0, extract(epoch from clock_timestamp() - d.received_at))::float8 as seconds from delivery d
      where d.id = any($1::uuid[]) and d.lease <= d.attempts
        and not exists (select from event e where e.delivery_id = d.id and e.state = 'projected' and e.id <> all($2::uuid[]))`,
    values: [[...new Set(events.map(event => event.deliveryId))], events.map(event => event.id)],
  })
  return rows.map(row => row.seconds)
}
