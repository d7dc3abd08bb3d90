import { v7 as uuid } from 'uuid'
import { z } from 'zod'
import type { Transaction } from './connect.ts'
import type { Scope } from './tenant.ts'

/*
 * Long actions asked for by people: what they ask, how far they are. A run is a row; the API makes it, the resolver works it (run-work.ts), everybody reads
 * it. Asked for the same while one is live, the same run is given.
 */

export const runKinds = ['refresh', 'replay', 'disconnect', 'erase'] as const
export type RunKind = (typeof runKinds)[number]
export const runStates = ['waiting', 'running', 'done', 'failed'] as const
export type RunState = (typeof runStates)[number]

/** One step of a run, in the order in which they are taken; `detail` says in words what came of it, or what to do. */
export const runStep = z.strictObject({
  name: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'skipped']),
  detail: z.string().nullable(),
})
export type RunStep = z.infer<typeof runStep>
export const runSteps = z.array(runStep)

/** What a delivery can be replayed from: every state but `received`, which is due anyway. */
export const replayableStates = ['failed', 'dead', 'filtered', 'ignored', 'processed'] as const

const moment = z.iso
  .datetime({ offset: true })
  .transform(text => new Date(text).toISOString())
  .optional()

/** Which deliveries a replay is of: those received from `from` up to `to` (not including it), in one of `states`, with an event of `eventReason`. */
export const replayParams = z.strictObject({
  states: z
    .array(z.enum(replayableStates))
    .min(1)
    .transform(states => [...new Set(states)].sort()),
  /** Only deliveries with an event filtered, ignored or dead for this reason (`private list`). */
  eventReason: z.string().max(200).optional(),
  from: moment,
  to: moment,
  /**
   * Tells apart what would be one run otherwise: what a run under way has passed already is not looked at again by it, so whoever changed something that
   * deliveries are to be judged by anew says what and when (`list 3f1c… shown 2026-01-31T10:00:00.000Z`) and gets a run of their own.
   */
  cause: z.string().max(200).optional(),
})
export type ReplayParams = z.infer<typeof replayParams>

export type Run = {
  id: string
  connectionId: string
  kind: RunKind
  params: unknown
  state: RunState
  steps: RunStep[]
  /** Of a run that counts. */
  done: number
  total: number | null
  error: string | null
  requestedBy: string | null
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
}

type RunRow = Omit<Run, 'steps'> & { steps: unknown }

export const runColumns = `id, connection_id as "connectionId", kind, params, state, steps, done, total, error, requested_by as "requestedBy",
  created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`

export const runOf = (row: RunRow): Run => ({ ...row, steps: runSteps.parse(row.steps) })

export type RunRequest = {
  organizationId: string
  connectionId: string
  /** The user, where a person asked for it. */
  requestedBy: string | null
} & ({ kind: 'replay'; params: z.input<typeof replayParams> } | { kind: 'refresh' | 'disconnect' | 'erase'; params: Record<string, never> })

/**
 * Asks for a run, due at once; a live one of the same kind and params is given instead of a second. Hint queue `runs` once the transaction is committed: the
 * sweeper finds a run whose hint was lost. Throws a ZodError for params that are not the kind's.
 */
export async function requestRun(client: Transaction, request: RunRequest): Promise<{ run: Run; isNew: boolean }> {
  const params = JSON.stringify(request.kind === 'replay' ? replayParams.parse(request.params) : {})
  // The live run may end between not being able to make another and reading it: then another can be made.
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const made = await client.query<RunRow>(
      `insert into run (id, organization_id, connection_id, kind, params, requested_by, due_at) values ($1, $2, $3, $4, $5::jsonb, $6, now())
       on conflict (connection_id, kind, params) where state in ('waiting', 'running') do nothing returning ${runColumns}`,
      [uuid(), request.organizationId, request.connectionId, request.kind, params, request.requestedBy],
    )
    if (made.rows[0]) return { run: runOf(made.rows[0]), isNew: true }
    const live = await client.query<RunRow>(
      `select ${runColumns} from run
       where organization_id = $1 and connection_id = $2 and kind = $3 and params = $4::jsonb and state in ('waiting', 'running')`,
      [request.organizationId, request.connectionId, request.kind, params],
    )
    if (live.rows[0]) return { run: runOf(live.rows[0]), isNew: false }
  }
  throw new Error('A run could neither be made nor found.')
}

/** One run of the organisation. */
export async function readRun(scope: Scope, runId: string): Promise<Run | undefined> {
  const { rows } = await scope.query<RunRow>(`select ${runColumns} from run where organization_id = $1 and id = $2`, [
    scope.organizationId,
    runId,
  ])
  return rows[0] ? runOf(rows[0]) : undefined
}

/** Runs of a connection that are waiting or under way, oldest first: few, since equal ones are one. */
export async function liveRuns(scope: Scope, connectionId: string): Promise<Run[]> {
  const { rows } = await scope.query<RunRow>(
    `select ${runColumns} from run where organization_id = $1 and connection_id = $2 and due_at is not null order by created_at, id`,
    [scope.organizationId, connectionId],
  )
  return rows.map(runOf)
}
