import pg from 'pg'
import { z } from 'zod'
import type { Simulator } from './simulator.ts'

/** What the gateway and the resolver made of a delivery. */
export type StoredDelivery = {
  id: string
  state: string
  reason: string | null
  repeats: number
  events: { event_type: string; state: string; reason: string | null }[]
}

/** Looks into the database of a running stack, which no route shows yet. */
export function openDeliveries(databaseUrl: string) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  return {
    close: () => pool.end(),
    async byKey(key: string): Promise<StoredDelivery | null> {
      const { rows } = await pool.query<StoredDelivery>(
        `select id, state, reason, repeats,
           coalesce((select json_agg(json_build_object('event_type', e.event_type, 'state', e.state, 'reason', e.reason) order by e.delivery_index)
             from event e where e.delivery_id = d.id), '[]') as events
         from delivery d where idempotency_key = $1`,
        [key],
      )
      return rows[0] ?? null
    },
    async count(): Promise<number> {
      const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from delivery')
      return rows[0]?.count ?? 0
    },
    /** Deliveries and events on which something is still owed. */
    async owed(): Promise<number> {
      const { rows } = await pool.query<{ count: number }>(
        `select ((select count(*) from delivery where due_at is not null) + (select count(*) from event where due_at is not null))::int as count`,
      )
      return rows[0]?.count ?? 0
    },
  }
}

const posted = z.object({
  responses: z.array(z.object({ status: z.number().nullable(), body: z.string().optional() })),
  idempotency_keys: z.array(z.string().nullable()),
})

/** Has the simulator post a delivery of any kind; gives the statuses and the keys it used. */
export async function post(attio: Simulator, body: object): Promise<{ statuses: (number | null)[]; key: string }> {
  const { responses, idempotency_keys: keys } = await attio.control('POST', '/deliveries', posted, body)
  return { statuses: responses.map(response => response.status), key: keys[0] ?? '' }
}
