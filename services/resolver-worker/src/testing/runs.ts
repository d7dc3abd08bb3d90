import { type ReplayParams, type RunKind, type RunState, type RunStep, requestRun } from '@worksights/database'
import { systemClock } from '@worksights/runtime'
import { createLabelBook } from '../labels/book.ts'
import type { Options } from '../runs/options.ts'
import { runTurn } from '../runs/turn.ts'
import type { Bench, TestConnection } from './bench.ts'

/*
 * A worker of runs, whose turns a test takes one by one.
 */

export type StoredRun = {
  id: string
  state: RunState
  steps: RunStep[]
  done: number
  total: number | null
  error: string | null
  attempts: number
  due_at: Date | null
}

export const gatewayUrl = 'http://127.0.0.1:9/gateway'

export function openRuns(bench: Bench, changes: Partial<Options> = {}) {
  const { database, keyRing, attio, log } = bench
  const hinted: string[] = []
  const hint = (queue: string) => (connectionId: string) => void hinted.push(`${queue} ${connectionId}`)
  const book = createLabelBook({ database, log, runsDue: hint('runs') })
  const options: Options = {
    ...{ database, keyRing, book, log, gatewayUrl, clock: systemClock },
    attio: { apiUrl: attio.url, appUrl: attio.url },
    ...{ deliveriesDue: hint('resolve'), eventsDue: hint('coalesce'), alive: () => {} },
    stopping: new AbortController().signal,
    endpointsForgottenAfterMs: 0,
    ...changes,
  }
  const read = async (id: string): Promise<StoredRun> => {
    const { rows } = await database.pool.query<StoredRun>('select * from run where id = $1', [id])
    const [run] = rows
    if (!run) throw new Error('There is no such run.')
    return run
  }
  return {
    hinted,
    read,
    settle: () => book.settle(),
    async ask(place: TestConnection, kind: RunKind, params: Partial<ReplayParams> = {}): Promise<string> {
      const by = { organizationId: place.organizationId, connectionId: place.connectionId, requestedBy: null }
      const asked = { states: ['dead' as const], ...params }
      const { run } = await database.transaction(client =>
        requestRun(client, kind === 'replay' ? { ...by, kind, params: asked } : { ...by, kind, params: {} }),
      )
      return run.id
    },
    turn: (place: TestConnection) => runTurn(options, place.connectionId),
    /** Lets a lease run out, or a pause pass. */
    letPass: (id: string) =>
      database.pool.query(`update run set due_at = now() - interval '1 ms' where id = $1 and due_at is not null`, [id]),
    /** Each step as `name: state`. */
    told: (run: StoredRun) => run.steps.map(step => `${step.name}: ${step.state}`),
    detail: (run: StoredRun, name: string) => run.steps.find(step => step.name === name)?.detail,
  }
}
