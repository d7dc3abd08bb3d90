import type { Client } from 'openapi-fetch'
import { type Connection, openConnection, readMessages, streamInit } from './messages.ts'
import { backoffMs, pause } from './pauses.ts'
import { isPassing, ProblemError } from './problem.ts'
import type { paths, Run } from './schema.ts'

/*
 * Following a run: as it happens, by the run's stream; by reading it again and again where no stream comes through.
 *
 *   streaming --(ends or breaks)--> reading once --(pause)--> streaming …
 *   streaming --(brought nothing)--> reading, every `everyMs`
 */

export type FollowRunOptions = {
  /** Ends the following, not the run; the promise rejects with the signal's reason. */
  signal?: AbortSignal
  /** Called with the run as it is, at first and as it changes. What it throws ends the following and is thrown. */
  onRun?: (run: Run) => void
  /** How often it is read where it cannot be streamed, in ms. */
  everyMs?: number
  /** How long its stream may say nothing; the server's heartbeat is every 15 s. */
  silenceMs?: number
}

/** Follows a run until it is done or has failed, through whatever passes by itself. Throws a ProblemError where it cannot be read. */
export async function followRun(client: Client<paths>, id: string, options: FollowRunOptions = {}): Promise<Run> {
  const { signal, onRun, everyMs = 1_000 } = options
  let streaming = true
  let failures = 0
  const told = (run: Run) => onRun?.(run)
  for (;;) {
    signal?.throwIfAborted()
    if (streaming) {
      const last = await streamOnce(client, id, options, told)
      signal?.throwIfAborted()
      if (last && isOver(last)) return last
      // A proxy that holds streams back, or too many of them: the run can still be read.
      streaming = last !== null
    }
    const answer = await client.GET('/v1/runs/{id}', { params: { path: { id } }, ...(signal && { signal }) }).catch(() => null)
    signal?.throwIfAborted()
    if (answer?.error && !isPassing(answer.error)) throw new ProblemError(answer.error)
    const run = answer?.data
    failures = run ? 0 : failures + 1
    if (run) {
      told(run)
      if (isOver(run)) return run
    }
    await pause(run ? everyMs : backoffMs(failures, everyMs), signal)
  }
}

/** One connection of the run's stream, to its end; gives what it told last, or null. */
async function streamOnce(
  client: Client<paths>,
  id: string,
  { signal, silenceMs = 45_000 }: FollowRunOptions,
  told: (run: Run) => void,
): Promise<Run | null> {
  const controller = new AbortController()
  const connection: Connection = { controller, silenceMs }
  const end = () => controller.abort()
  signal?.addEventListener('abort', end)
  let last: Run | null = null
  try {
    const ask = () => client.GET('/v1/runs/{id}/stream', { params: { path: { id } }, ...streamInit, signal: controller.signal })
    const opened = await openConnection(connection, ask)
    if (opened.outcome === 'problem' && !isPassing(opened.problem)) throw new ProblemError(opened.problem)
    if (opened.outcome !== 'live') return null
    for await (const { event, data } of readMessages(opened.body, connection)) {
      if (event !== 'run' || data === null) continue
      last = JSON.parse(data) as Run
      told(last)
      if (isOver(last)) break
    }
    return last
  } finally {
    signal?.removeEventListener('abort', end)
    controller.abort()
  }
}

const isOver = ({ state }: Run) => state === 'done' || state === 'failed'
