import type { Executor } from './connect.ts'
import { type Run, type RunKind, type RunStep, runColumns, runOf } from './runs.ts'

/*
 * Work on runs, as on deliveries: a claim is a lease in `due_at`, so a worker that dies gives its run back by doing nothing, and one that was only slow finds
 * its write refused (each lease has a number of its own). Runs of one connection are worked one after another, in the order they were asked for: what a
 * refresh brings must not come back after an erasure.
 */

/** How often a run is begun before it is given up: a worker died with it, or it failed, each time. */
export const maxRunAttempts = 5

export type ClaimedRun = Run & { organizationId: string; startedAt: Date; position: unknown; attempts: number; lease: number }

/** Claims the oldest live run of a connection for `leaseMs`, if it is due and nobody works it; undefined when there is nothing to be done now. */
export async function claimRun(executor: Executor, connectionId: string, leaseMs: number): Promise<ClaimedRun | undefined> {
  const { rows } = await executor.query<ClaimedRun & { steps: unknown }>(
    `with oldest as (
       select id as oldest_id from run where connection_id = $1 and due_at is not null order by created_at, id limit 1 for update
     )
     update run set state = 'running', due_at = now() + make_interval(secs => $2::float8 / 1000), attempts = attempts + 1, lease = lease + 1,
       started_at = coalesce(started_at, now())
     from oldest where id = oldest_id and due_at <= now()
     returning ${runColumns}, organization_id as "organizationId", position, attempts, lease`,
    [connectionId, leaseMs],
  )
  return rows[0] ? { ...rows[0], steps: runOf(rows[0]).steps } : undefined
}

type Lease = { id: string; lease: number }

/** How far a run is; what is left out stays as it was. */
export type RunProgress = { steps?: readonly RunStep[]; done?: number; total?: number; position?: object | null }

/** Keeps how far a run is and renews its lease; false when it is no longer the caller's, who must stop then. */
export async function reportRun(executor: Executor, run: Lease, progress: RunProgress, leaseMs: number): Promise<boolean> {
  const { rowCount } = await executor.query(
    `update run set steps = coalesce($3::jsonb, steps), done = coalesce($4, done), total = coalesce($5, total),
       position = case when $6 then $7::jsonb else position end, due_at = now() + make_interval(secs => $8::float8 / 1000)
     where id = $1 and lease = $2 and due_at is not null`,
    [
      run.id,
      run.lease,
      progress.steps ? JSON.stringify(progress.steps) : null,
      progress.done ?? null,
      progress.total ?? null,
      progress.position !== undefined,
      progress.position ? JSON.stringify(progress.position) : null,
      leaseMs,
    ],
  )
  return rowCount === 1
}

/** Ends a run well; a step that failed for a reason a person has to mend is told by the step. False when the run was no longer the caller's. */
export async function finishRun(executor: Executor, run: Lease, steps: readonly RunStep[]): Promise<boolean> {
  const { rowCount } = await executor.query(
    `update run set state = 'done', steps = $3, error = null, due_at = null, finished_at = now() where id = $1 and lease = $2 and due_at is not null`,
    [run.id, run.lease, JSON.stringify(steps)],
  )
  return rowCount === 1
}

/** Puts a run off for `pauseMs` or, where that is null, ends it as failed. `error` is for people: no payloads. */
export async function failRun(executor: Executor, run: Lease, error: string, pauseMs: number | null): Promise<void> {
  await executor.query(
    `update run set state = case when $4::float8 is null then 'failed' else 'waiting' end, error = $3,
       due_at = now() + make_interval(secs => $4::float8 / 1000), finished_at = case when $4::float8 is null then now() end
     where id = $1 and lease = $2 and due_at is not null`,
    [run.id, run.lease, error, pauseMs],
  )
}

/** How long until the oldest live run of a connection is due, in ms (0 = now); null when there is none. */
export async function nextRunDue(executor: Executor, connectionId: string): Promise<number | null> {
  const { rows } = await executor.query<{ ms: number }>(
    `select extract(epoch from due_at - now())::float8 * 1000 as ms from run
     where connection_id = $1 and due_at is not null order by created_at, id limit 1`,
    [connectionId],
  )
  return rows[0] ? Math.max(0, rows[0].ms) : null
}

/** Whether an action that ends a connection is waiting or under way: what else is asked of the connection then comes to nothing. */
export async function isEnding(
  executor: Executor,
  connectionId: string,
  kinds: readonly RunKind[] = ['disconnect', 'erase'],
): Promise<boolean> {
  const { rows } = await executor.query<{ ending: boolean }>(
    `select exists (select from run where connection_id = $1 and due_at is not null and kind = any($2)) as ending`,
    [connectionId, kinds],
  )
  return rows[0]?.ending ?? false
}

/** Connections whose runs have been due for longer than `olderThanMs`: what the sweeper hints. */
export async function overdueRuns(executor: Executor, olderThanMs: number): Promise<string[]> {
  const { rows } = await executor.query<{ connection_id: string }>(
    `select distinct connection_id from run where due_at < now() - make_interval(secs => $1::float8 / 1000)`,
    [olderThanMs],
  )
  return rows.map(row => row.connection_id)
}

/**
 * Gives a run back unfinished, to be claimed again in `pauseMs`: its worker stops, or there is something to wait for. That costs no attempt: however many
 * pods are replaced under a long run, it comes to its end.
 */
export async function putOffRun(executor: Executor, run: Lease, pauseMs: number): Promise<void> {
  await executor.query(
    `update run set due_at = now() + make_interval(secs => $3::float8 / 1000), attempts = greatest(attempts - 1, 0) where id = $1 and lease = $2 and due_at is not null`,
    [run.id, run.lease, pauseMs],
  )
}
