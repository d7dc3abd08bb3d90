import type { Executor } from './connect.ts'

/** A delivery to be stored. `id` is a UUIDv7 that orders deliveries of one moment; `ignoredBecause` makes its state final at once. */
export type NewDelivery = {
  id: string
  organizationId: string
  connectionId: string
  webhookId: string
  /** Null where Attio sent none: such a delivery is always new. */
  idempotencyKey: string | null
  body: Buffer
  eventTypes: string[]
  ignoredBecause: string | null
  /** The `traceparent` of its POST, where that is traced. */
  traceContext: string | null
}

/**
 * Stores deliveries in one statement, each at the database's own time. One whose key is stored already, or that has a twin in the same batch, only counts as
 * a repeat on that row. When this returns, everything is committed (unless `executor` is inside a transaction); it gives the ids of those that are no repeats.
 */
export async function insertDeliveries(executor: Executor, deliveries: readonly NewDelivery[]): Promise<Set<string>> {
  const rows = foldRepeats(deliveries)
  const { rows: written } = await executor.query<{ id: string }>({
    name: 'insert-deliveries',
    text: `insert into delivery (id, organization_id, connection_id, webhook_id, idempotency_key, body, event_types, repeats, trace_context, state, reason,
        received_at, due_at, finished_at)
      select d.id, d.organization_id, d.connection_id, d.webhook_id, d.idempotency_key, d.body,
        array(select jsonb_array_elements_text(d.event_types::jsonb)), d.repeats, d.trace_context,
        case when d.reason is null then 'received' else 'ignored' end, d.reason,
        clock.now, case when d.reason is null then clock.now end, case when d.reason is not null then clock.now end
      from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bytea[], $7::text[], $8::int[], $9::text[], $10::text[])
        as d(id, organization_id, connection_id, webhook_id, idempotency_key, body, event_types, repeats, reason, trace_context)
      cross join lateral (select date_trunc('milliseconds', clock_timestamp()) as now) clock
      on conflict (connection_id, idempotency_key) do update set repeats = delivery.repeats + 1 + excluded.repeats
      returning id`,
    values: [
      rows.map(row => row.id),
      rows.map(row => row.organizationId),
      rows.map(row => row.connectionId),
      rows.map(row => row.webhookId),
      rows.map(row => row.idempotencyKey),
      rows.map(row => row.body),
      rows.map(row => JSON.stringify(row.eventTypes)),
      rows.map(row => row.repeats),
      rows.map(row => row.ignoredBecause),
      rows.map(row => row.traceContext),
    ],
  })
  // A repeat gives the id of the row it repeats.
  const given = new Set(rows.map(row => row.id))
  return new Set(written.flatMap(row => (given.has(row.id) ? row.id : [])))
}

/** One row a key, since one statement may touch a row once; in one order for everybody, so that two batches cannot block each other for good. */
function foldRepeats(deliveries: readonly NewDelivery[]): (NewDelivery & { repeats: number })[] {
  const rows = new Map<string, NewDelivery & { repeats: number }>()
  for (const delivery of deliveries) {
    const key = delivery.idempotencyKey === null ? delivery.id : `${delivery.connectionId}/${delivery.idempotencyKey}`
    const first = rows.get(key)
    if (first) first.repeats += 1
    else rows.set(key, { ...delivery, repeats: 0 })
  }
  return [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

/** Notes that authentic deliveries came, to the second. */
export async function touchConnections(executor: Executor, connectionIds: readonly string[]): Promise<void> {
  await executor.query({
    name: 'touch-connections',
    text: `update connection set last_event_at = now()
      where id = any($1::uuid[]) and (last_event_at is null or last_event_at < now() - interval '1 second')`,
    values: [connectionIds],
  })
}
