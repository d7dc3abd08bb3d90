import type { Meter } from '@opentelemetry/api'
import type pg from 'pg'

/** The part of a pool that is measured. */
export type MeasuredPool = Pick<pg.Pool, 'totalCount' | 'idleCount' | 'waitingCount'> & { options: { max?: number } }

/**
 * Tells how a pool is used, by OpenTelemetry's semantic conventions for database clients: connections idle and used, those it may have, and who waits for one.
 * `pools` are named by what they are for.
 */
export function observePools(meter: Meter, pools: Record<string, MeasuredPool>): void {
  const count = meter.createObservableUpDownCounter('db.client.connection.count', {
    description: 'Connections to the database, by what they do',
    unit: '{connection}',
  })
  const max = meter.createObservableUpDownCounter('db.client.connection.max', {
    description: 'Connections a pool may have',
    unit: '{connection}',
  })
  const pending = meter.createObservableUpDownCounter('db.client.connection.pending_requests', {
    description: 'Who waits for a connection',
    unit: '{request}',
  })
  meter.addBatchObservableCallback(
    result => {
      for (const [name, pool] of Object.entries(pools)) {
        const of = { 'db.client.connection.pool.name': name }
        result.observe(count, pool.idleCount, { ...of, 'db.client.connection.state': 'idle' })
        result.observe(count, pool.totalCount - pool.idleCount, { ...of, 'db.client.connection.state': 'used' })
        result.observe(max, pool.options.max ?? 10, of)
        result.observe(pending, pool.waitingCount, of)
      }
    },
    [count, max, pending],
  )
}
