import type { Run } from '@worksights/api-client'

/** What a run takes, in the order in which the API does it: it tells its steps only once it has begun, and the list is not to grow under the reader then. */
const expectedSteps = {
  refresh: ['token', 'permissions', 'webhooks', 'members', 'names'],
  replay: ['deliveries'],
  disconnect: ['webhooks', 'token'],
  erase: ['webhooks', 'hide', 'deliveries', 'events', 'lines', 'names', 'connection', 'late deliveries'],
} as const satisfies Record<Run['kind'], readonly string[]>

/** How a run stands, as people care: one that is done may have left something for them to mend. */
type Standing = 'waiting' | 'running' | 'retrying' | 'done' | 'incomplete' | 'failed'

export function isOver(run: Run): boolean {
  return run.state === 'done' || run.state === 'failed'
}

export function standingOf(run: Run): Standing {
  switch (run.state) {
    case 'waiting':
      if (run.error !== null) return 'retrying'
      // A step that waits for a time to pass: the run rests between two turns.
      return run.started_at === null ? 'waiting' : 'running'
    case 'running':
      return 'running'
    case 'done':
      return run.steps.some(({ state }) => state === 'failed') ? 'incomplete' : 'done'
    case 'failed':
      return 'failed'
  }
}

/** Its steps, those it has not told of yet among them. */
export function stepsOf(run: Run): Run['steps'] {
  if (run.steps.length > 0 || isOver(run)) return run.steps
  return expectedSteps[run.kind].map(name => ({ name, state: 'waiting', detail: null }))
}

/** How many of its steps have come to an end, whatever came of them. */
export function endedSteps(run: Run): number {
  return run.steps.filter(({ state }) => state !== 'waiting' && state !== 'running').length
}

/** The step that counts at the moment; null where nothing is counted. */
export function countedStep(run: Run): Run['steps'][number] | null {
  if (run.done === 0 && run.total === null) return null
  return run.steps.find(({ state }) => state === 'running') ?? null
}

/** What happened last, for whoever does not see the list: the step under way, else the last one that ended. */
export function latestStep(run: Run): Run['steps'][number] | null {
  const steps = stepsOf(run)
  return steps.find(({ state }) => state === 'running') ?? steps.findLast(({ state }) => state !== 'waiting') ?? null
}

/** Whether Attio has to be asked for consent anew to mend what a refresh found: a dead token, or a permission that is missing. */
export function needsReauthorization(run: Run): boolean {
  if (run.kind !== 'refresh' || !isOver(run)) return false
  return run.steps.some(({ name, state }) => state === 'failed' && (name === 'token' || name === 'permissions'))
}
