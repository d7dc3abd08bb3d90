import {
  type ClaimedRun,
  claimRun,
  failRun,
  finishRun,
  maxRunAttempts,
  nextRunDue,
  pauseAfter,
  putOffRun,
  type RunKind,
  type RunStep,
  reportRun,
} from '@worksights/database'
import { disconnectKind } from './disconnect.ts'
import { eraseKind } from './erase.ts'
import type { Ending, Kind, Options } from './options.ts'
import { createProgress, LeaseLostError, leaseMs, StoppingError } from './progress.ts'
import { refreshKind } from './refresh.ts'
import { replayKind } from './replay.ts'

/*
 * One turn of one connection: its oldest live run, begun or taken up where a worker left it. Each kind says in a file of its own what it does; here is said
 * how a run ends. A run that fails is tried again after growing pauses, one that kills its worker each time is given up when it is claimed once too often.
 */

const kinds: Record<RunKind, Kind> = { refresh: refreshKind, replay: replayKind, disconnect: disconnectKind, erase: eraseKind }

/** How often a run says that it is alive, whatever it waits for. */
const renewEveryMs = 15_000

/** Works one turn; returns in how many ms the connection has more to do, null for nothing. Throws when the database does: the lease runs out. */
export async function runTurn(options: Options, connectionId: string): Promise<number | null> {
  const { database, log } = options
  const run = await claimRun(database.pool, connectionId, leaseMs)
  if (run) {
    const about = { runId: run.id, connectionId, kind: run.kind }
    if (run.attempts > maxRunAttempts) {
      const reason = run.error ?? `begun ${maxRunAttempts} times and never finished`
      await reportRun(database.pool, run, { steps: halted(run.steps, 'failed', reason) }, leaseMs)
      await failRun(database.pool, run, reason, null)
      log.error(about, 'a run was begun too often and is given up')
    } else {
      const ended = await work(options, run)
      log.info({ ...about, ended }, 'a turn of a run ended')
    }
  }
  return await nextRunDue(database.pool, connectionId)
}

async function work(options: Options, run: ClaimedRun): Promise<Ending['outcome'] | 'stopped' | 'lost'> {
  const { database, log } = options
  const kind = kinds[run.kind]
  const progress = createProgress(options, run, kind.steps)
  const isLastAttempt = run.attempts >= maxRunAttempts
  let renewal: Promise<unknown> = Promise.resolve()
  const renewing = setInterval(() => {
    renewal = reportRun(database.pool, run, {}, leaseMs).catch(error =>
      log.warn({ runId: run.id, err: error }, 'the lease of a run was not renewed'),
    )
  }, renewEveryMs)
  let ending: Ending
  try {
    ending = await kind.work({ options, run, progress, isLastAttempt })
  } catch (error) {
    if (error instanceof LeaseLostError) return 'lost'
    if (error instanceof StoppingError) {
      await renewal
      await putOffRun(database.pool, run, 0)
      return 'stopped'
    }
    log.error({ runId: run.id, connectionId: run.connectionId, kind: run.kind, err: error }, 'a run failed')
    ending = { outcome: 'again', reason: `an unexpected fault (${error instanceof Error ? error.name : 'unknown'})` }
  } finally {
    clearInterval(renewing)
  }
  // One that came later than the end would put off what is due before.
  await renewal
  if (ending.outcome === 'done') await finishRun(database.pool, run, progress.steps)
  else if (ending.outcome === 'wait') await putOffRun(database.pool, run, ending.ms)
  else {
    const isOver = ending.outcome === 'failed' || isLastAttempt
    const steps = halted(progress.steps, isOver ? 'failed' : 'waiting', ending.reason)
    if (!(await reportRun(database.pool, run, { steps }, leaseMs))) return 'lost'
    await failRun(database.pool, run, ending.reason, isOver ? null : pauseAfter(run.attempts))
  }
  return ending.outcome
}

/** The steps of a run that does not go on now: the one that was under way is given up or waits, for this reason. */
const halted = (steps: readonly RunStep[], state: 'failed' | 'waiting', reason: string): RunStep[] =>
  steps.map(step => (step.state === 'running' ? { ...step, state, detail: reason } : step))
