import { type Run, replayableStates, replayParams, runKinds, runStates, runStep } from '@worksights/database'
import { z } from 'zod'

/** A long action, as the API tells of it. */
export const runForm = z
  .object({
    id: z.uuid(),
    connection_id: z.uuid().meta({ description: 'The connection it is about; an erasure outlives it.' }),
    kind: z.enum(runKinds),
    params: z
      .object({
        states: z.array(z.enum(replayableStates)).optional(),
        event_reason: z
          .string()
          .optional()
          .meta({ description: 'Only deliveries with an event that was filtered, ignored or given up for this.' }),
        from: z.iso.datetime().optional(),
        to: z.iso.datetime().optional(),
      })
      .meta({ description: 'Which deliveries a replay takes; nothing for other kinds.' }),
    state: z.enum(runStates).meta({
      description:
        '`waiting` for its turn, or to be tried again; `running`; `done`, which includes that a step failed for something a person has to mend; `failed`.',
    }),
    steps: z
      .array(
        runStep.extend({ detail: z.string().nullable().meta({ description: 'What came of the step, or what to do; for people.' }) }).meta({
          id: 'RunStep',
          description:
            'A `failed` step does not end the run, and says what to do; what needs it is `skipped`. Refreshing: `token`, `permissions`, `webhooks`, `members`, `names`. Replaying: `deliveries`. Disconnecting: `webhooks`, `token`. Erasing: `webhooks`, `hide`, `deliveries`, `events`, `lines`, `names`, `connection`, `late deliveries`.',
        }),
      )
      .meta({ description: 'In order. None before the run has begun.' }),
    done: z.int().meta({ description: 'Of a step that counts: how many so far.' }),
    total: z.int().nullable().meta({ description: 'How many there are, where that is known.' }),
    error: z.string().nullable().meta({ description: 'Why it failed, or is tried again.' }),
    requested_by: z
      .uuid()
      .nullable()
      .meta({ description: 'The user; null for a machine, an operator, or what the product asked for itself.' }),
    created_at: z.iso.datetime(),
    started_at: z.iso.datetime().nullable(),
    finished_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Run', description: 'A long action: it goes on by itself. Read it again, or read its stream, to see how far it is.' })

export const exampleRun: z.output<typeof runForm> = {
  id: '0192f0c5-2a52-7cc3-8f4e-2f6f4a1d9b10',
  connection_id: '0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e',
  kind: 'refresh',
  params: {},
  state: 'running',
  steps: [
    { name: 'token', state: 'done', detail: 'Attio takes it' },
    { name: 'permissions', state: 'done', detail: 'all 11 are granted' },
    { name: 'webhooks', state: 'running', detail: null },
    { name: 'members', state: 'waiting', detail: null },
    { name: 'names', state: 'waiting', detail: null },
  ],
  done: 0,
  total: null,
  error: null,
  requested_by: '0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c',
  created_at: '2026-11-24T10:02:11.000Z',
  started_at: '2026-11-24T10:02:11.040Z',
  finished_at: null,
}

export function toRunForm(run: Run): z.output<typeof runForm> {
  return {
    id: run.id,
    connection_id: run.connectionId,
    kind: run.kind,
    params: toParams(run),
    state: run.state,
    steps: run.steps,
    done: run.done,
    total: run.total,
    error: run.error,
    requested_by: run.requestedBy,
    created_at: run.createdAt.toISOString(),
    started_at: run.startedAt?.toISOString() ?? null,
    finished_at: run.finishedAt?.toISOString() ?? null,
  }
}

function toParams(run: Run): z.output<typeof runForm>['params'] {
  if (run.kind !== 'replay') return {}
  const { states, eventReason, from, to } = replayParams.parse(run.params)
  return { states, ...(eventReason && { event_reason: eventReason }), ...(from && { from }), ...(to && { to }) }
}

/** How a route answers that set a run going. */
export const runReply = {
  status: 202,
  description: 'The run, new or under way: asked for the same twice, there is one.',
  schema: runForm,
  example: exampleRun,
  headers: { location: 'Where the run is read.' },
} as const

export const answerRun = (run: Run) => ({ body: toRunForm(run), headers: { location: `/v1/runs/${run.id}` } })
