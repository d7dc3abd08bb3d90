import { setTimeout as sleep } from 'node:timers/promises'
import {
  type AnyConnection,
  type Database,
  type Executor,
  type Run,
  type RunRequest,
  readAnyRun,
  recordAudit,
  requestRun,
} from '@worksights/database'
import type { Queues } from '@worksights/queues'
import type { Outcome, Say } from './outcome.ts'

/*
 * Asks for a run and follows it to its end. The resolver does the work: the run goes on when this command is stopped, and asked for again while it is
 * under way it is the same run.
 */

/** A run as an operator asks for it: whose it is comes from the connection. */
export type Wanted = Pick<Extract<RunRequest, { kind: 'replay' }>, 'kind' | 'params'> | { kind: 'erase'; params: Record<string, never> }

const pollMs = 500
/** A run that nobody has taken by then: the sweeper hints a lost one after 30 s. */
const untakenMs = 45_000

/** Makes the run, with its line in the audit trail, and tells the resolver of it. */
export async function ask(
  { database, queues, say }: { database: Database; queues: Pick<Queues, 'hint'>; say: Say },
  connection: AnyConnection,
  wanted: Wanted,
): Promise<Run> {
  const target = { organizationId: connection.organizationId, connectionId: connection.id }
  const { run, isNew } = await database.transaction(async client => {
    const requested = await requestRun(client, { ...target, ...wanted, requestedBy: null })
    if (requested.isNew) {
      await recordAudit(client, {
        ...target,
        action: wanted.kind === 'erase' ? 'connection.erased' : 'deliveries.replayed',
        actor: { userId: null, name: 'operator' },
        details: { run_id: requested.run.id, workspace: connection.workspaceName, ...wanted.params },
      })
    }
    return requested
  })
  say(`${isNew ? 'Run' : 'The same was asked for already: run'} ${run.id}. It goes on if this command is stopped.`)
  await queues.hint('runs', connection.id).catch(() => say('The queue does not answer; the run is found without it within a minute.'))
  return run
}

/** Tells of a run until it is over. */
export async function follow({ executor, say }: { executor: Executor; say: Say }, runId: string): Promise<Outcome> {
  const told = new Set<string>()
  const sayOnce = (line: string) => {
    if (!told.has(line)) say(line)
    told.add(line)
  }
  for (const began = Date.now(); ; await sleep(pollMs)) {
    const run = await readAnyRun(executor, runId)
    if (!run) return { ok: false, lines: ['The run is gone.'], json: { id: runId, state: 'gone' } }
    for (const { name, state, detail } of run.steps) {
      if (state !== 'waiting') sayOnce(`${name}: ${state}${detail ? ` (${detail})` : ''}`)
    }
    if (run.total !== null) sayOnce(`${run.done} of ${run.total}`)
    if (run.startedAt === null && Date.now() - began > untakenMs) sayOnce('No worker has taken the run yet: is a resolver running?')
    if (run.finishedAt !== null) return describeRun(run)
  }
}

function describeRun(run: Run): Outcome {
  const failed = run.steps.filter(step => step.state === 'failed')
  const ok = run.state === 'done' && failed.length === 0
  const lines = [
    `${run.kind}: ${run.state}${run.total === null ? '' : `, ${run.done} of ${run.total}`}`,
    ...(run.error === null ? [] : [run.error]),
    ...failed.map(({ name, detail }) => `${name} failed${detail ? `: ${detail}` : ''}`),
  ]
  const { id, kind, state, steps, done, total, error } = run
  return { ok, lines, json: { id, kind, state, steps, done, total, error } }
}
