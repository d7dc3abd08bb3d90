import { type ClaimedRun, type Executor, type RunProgress, type RunStep, reportRun, type Transaction } from '@worksights/database'
import type { Options } from './options.ts'

/*
 * How a run tells how far it is. Each report renews the lease, and is where a run ends that is no longer its worker's, or whose worker is to stop.
 */

/** A worker that dies gives its run back after this long. */
export const leaseMs = 60_000

/** Somebody else works the run by now. */
export class LeaseLostError extends Error {
  constructor() {
    super('The lease of a run ran out.')
    this.name = 'LeaseLostError'
  }
}

/** The worker is to stop; the run goes on where it is, elsewhere. */
export class StoppingError extends Error {
  constructor() {
    super('The worker stops.')
    this.name = 'StoppingError'
  }
}

export type Progress = {
  readonly steps: readonly RunStep[]
  /** What was kept as the position when the run was claimed. */
  readonly position: unknown
  begin(name: string): Promise<void>
  /** Ends a step, or puts it back to be tried again; `detail` says what came of it, for people. */
  end(name: string, state: 'done' | 'failed' | 'skipped' | 'waiting', detail?: string): Promise<void>
  /** Keeps counts and position, together with what `client` wrote if it is given. */
  count(progress: Omit<RunProgress, 'steps'>, client?: Transaction): Promise<void>
  /** Throws a {@link StoppingError} when the worker is to stop. */
  check(): void
}

/** The progress of a claimed run with these steps: those it has already, when it is taken up again. */
export function createProgress({ database, stopping, alive }: Options, run: ClaimedRun, names: readonly string[]): Progress {
  let steps: RunStep[] = names.map(name => run.steps.find(step => step.name === name) ?? { name, state: 'waiting' as const, detail: null })
  async function report(progress: RunProgress, executor: Executor = database.pool): Promise<void> {
    alive()
    if (!(await reportRun(executor, run, progress, leaseMs))) throw new LeaseLostError()
  }
  async function set(name: string, state: RunStep['state'], detail: string | null): Promise<void> {
    steps = steps.map(step => (step.name === name ? { name, state, detail } : step))
    await report({ steps })
  }
  const check = () => {
    if (stopping.aborted) throw new StoppingError()
  }
  return {
    get steps() {
      return steps
    },
    position: run.position,
    async begin(name) {
      check()
      await set(name, 'running', null)
    },
    end: (name, state, detail) => set(name, state, detail ?? null),
    async count(progress, client) {
      check()
      await report(progress, client)
    },
    check,
  }
}
