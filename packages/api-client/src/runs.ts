import type { Client } from 'openapi-fetch'
import { backoffMs, pause } from './pauses.ts'
import { ProblemError } from './problem.ts'
import type { paths, Run } from './schema.ts'

export type FollowRunOptions = {
  /** Ends the following, not the run; the promise rejects with the signal's reason. */
  signal?: AbortSignal
  /** Called with the run each time it was read. */
  onRun?: (run: Run) => void
  everyMs?: number
}

/** Reads a run again and again until it is done or has failed, through whatever passes by itself. Throws a ProblemError where it cannot be read. */
export async function followRun(client: Client<paths>, id: string, options: FollowRunOptions = {}): Promise<Run> {
  const { signal, onRun, everyMs = 1_000 } = options
  let failures = 0
  for (;;) {
    signal?.throwIfAborted()
    const answer = await client.GET('/v1/runs/{id}', { params: { path: { id } }, ...(signal && { signal }) }).catch(() => null)
    signal?.throwIfAborted()
    if (answer?.error && answer.error.status < 500 && answer.error.status !== 429) throw new ProblemError(answer.error)
    const run = answer?.data
    failures = run ? 0 : failures + 1
    if (run) {
      onRun?.(run)
      if (run.state === 'done' || run.state === 'failed') return run
    }
    await pause(run ? everyMs : backoffMs(failures, everyMs), signal)
  }
}
