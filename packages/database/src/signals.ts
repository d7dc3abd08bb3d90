import { z } from 'zod'
import type { Database } from './connect.ts'

/*
 * What waits, over all organisations: numbers of the function `work_signals`, which any login of ours may ask and which shows nothing of anybody.
 */

export const stages = ['resolve', 'coalesce', 'runs'] as const
export const connectionStates = ['connected', 'degraded', 'needs_attention', 'disconnected'] as const
/** `pending` was not made at Attio yet, `missing` is not there any more, `retired` was replaced and is only drained; the others are Attio's words. */
export const webhookStatuses = ['pending', 'active', 'degraded', 'inactive', 'missing', 'retired', 'other'] as const

export type WorkSignals = {
  /** Work that could be taken now: how much, and for how many seconds the oldest of it could have been. */
  stages: Record<(typeof stages)[number], { due: number; oldestDueAge: number }>
  /** Deliveries due of connections that have no token: nobody can take them. */
  parked: number
  dead: number
  connections: Record<(typeof connectionStates)[number], number>
  webhooks: Record<(typeof webhookStatuses)[number], number>
}

const row = z.object({
  signal: z.enum(['due', 'oldest_due_age', 'parked', 'dead', 'connection', 'webhook']),
  label: z.string(),
  value: z.number(),
})

/** Reads all signals; rejects when the database does not answer within `timeoutMs`, beside the wait for a connection. */
export async function readWorkSignals(database: Pick<Database, 'transaction'>, timeoutMs: number): Promise<WorkSignals> {
  const rows = await database.transaction(async client => {
    await client.query(`set local statement_timeout = ${Math.trunc(timeoutMs)}`)
    return z.array(row).parse((await client.query('select signal, label, value from work_signals()')).rows)
  })
  const of = (signal: z.infer<typeof row>['signal'], label = '') =>
    rows.find(one => one.signal === signal && one.label === label)?.value ?? 0
  const stage = (name: (typeof stages)[number]) => ({ due: of('due', name), oldestDueAge: of('oldest_due_age', name) })
  const connections = (name: (typeof connectionStates)[number]) => of('connection', name)
  const webhooks = (name: (typeof webhookStatuses)[number]) => of('webhook', name)
  const known: readonly string[] = webhookStatuses
  const others = rows.filter(one => one.signal === 'webhook' && !known.includes(one.label))
  return {
    stages: { resolve: stage('resolve'), coalesce: stage('coalesce'), runs: stage('runs') },
    parked: of('parked'),
    dead: of('dead'),
    connections: {
      connected: connections('connected'),
      degraded: connections('degraded'),
      needs_attention: connections('needs_attention'),
      disconnected: connections('disconnected'),
    },
    webhooks: {
      pending: webhooks('pending'),
      active: webhooks('active'),
      degraded: webhooks('degraded'),
      inactive: webhooks('inactive'),
      missing: webhooks('missing'),
      retired: webhooks('retired'),
      other: webhooks('other') + others.reduce((sum, one) => sum + one.value, 0),
    },
  }
}
