import { liveRuns, replayableStates, requestRun } from '@worksights/database'
import { Problem } from '@worksights/runtime'
import { z } from 'zod'
import { endedProblems, livingConnection } from '../connections/ending.ts'
import { answerRun, exampleRun, runReply } from '../connections/run-form.ts'
import { defineRoute } from '../http/define-route.ts'

const instant = (description: string) =>
  z.iso
    .datetime({ offset: true, abort: true, error: 'must be an RFC 3339 date-time with an offset' })
    .refine(text => /^(19|2\d)\d\d-/.test(text), 'must lie between 1900 and 2999')
    .optional()
    .meta({ description })

/** Runs of one connection are worked one after another; more than this are not waiting for anything sensible. */
const mostAtOnce = 20

export const replayDeliveriesRoute = defineRoute({
  method: 'post',
  path: '/v1/integrations/attio/connections/{id}/deliveries/replay',
  tag: 'Attio',
  role: 'admin',
  summary: 'Replay a range of deliveries, or all dead ones',
  description:
    'With `{}`: all dead ones. Goes on by itself as a run that counts. Each delivery is worked again as by replaying it alone, batch by batch, so that what happens in Attio meanwhile is not held up.',
  params: z.strictObject({ id: z.uuid('is not an id (UUID)').meta({ description: 'The connection.' }) }),
  body: z
    .strictObject({
      states: z
        .array(z.enum(replayableStates))
        .min(1)
        .max(replayableStates.length)
        .default(['dead'])
        .meta({ description: 'Only deliveries in these states.' }),
      from: instant('Only what was received at or after this time.'),
      to: instant('Only what was received before this time.'),
    })
    .meta({
      id: 'ReplayDeliveries',
      examples: [{}, { states: ['dead', 'filtered'], from: '2026-11-23T21:00:00Z', to: '2026-11-24T09:00:00Z' }],
    }),
  reply: {
    ...runReply,
    example: {
      ...exampleRun,
      kind: 'replay',
      params: { states: ['dead'] },
      steps: [{ name: 'deliveries', state: 'running', detail: null }],
      done: 500,
      total: 1_204,
    },
  },
  problems: [
    ...endedProblems,
    { status: 409, code: 'too_many_runs', description: `${mostAtOnce} long actions are waiting or under way for this connection.` },
  ],
  async handler({ params, body, principal, tenant, audit }, { hint }) {
    const run = await tenant.transaction(async scope => {
      const { id } = await livingConnection(scope, params.id)
      const { organizationId } = scope
      const live = await liveRuns(scope, id)
      const { run, isNew } = await requestRun(scope, {
        ...{ organizationId, connectionId: id, requestedBy: principal.user?.id ?? null },
        ...{ kind: 'replay', params: body },
      })
      if (isNew && live.length >= mostAtOnce) throw tooManyRuns()
      if (isNew) await audit(scope, { action: 'deliveries.replayed', connectionId: id, details: { ...body, run_id: run.id } })
      return run
    })
    void hint('runs', run.connectionId)
    return answerRun(run)
  },
})

function tooManyRuns(): Problem {
  return new Problem({
    status: 409,
    code: 'too_many_runs',
    title: 'Too many long actions',
    detail: `This connection has ${mostAtOnce} long actions waiting or under way, which are worked one after another. Wait for some of them to end, or ask for a wider range at once.`,
  })
}
