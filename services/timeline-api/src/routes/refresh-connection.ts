import { requestRun } from '@worksights/database'
import { z } from 'zod'
import { endedProblems, livingConnection } from '../connections/ending.ts'
import { answerRun, runReply } from '../connections/run-form.ts'
import { defineRoute } from '../http/define-route.ts'

export const refreshConnection = defineRoute({
  method: 'post',
  path: '/v1/integrations/attio/connections/{id}/refresh',
  tag: 'Attio',
  role: 'admin',
  summary: 'Refresh Connection',
  description: [
    'Checks the token and its permissions, repairs webhooks, reads members, lists and labels anew, and asks again for names that are missing. Goes on by itself',
    'as a run with the steps `token`, `permissions`, `webhooks`, `members` and `names`. A step that fails says what to do: a dead token or a missing permission leads on to',
    '`POST /v1/integrations/attio/authorize`.',
  ].join(' '),
  params: z.strictObject({ id: z.uuid('is not an id (UUID)').meta({ description: 'The connection.' }) }),
  reply: runReply,
  problems: endedProblems,
  async handler({ params, principal, tenant, audit }, { hint }) {
    const run = await tenant.transaction(async scope => {
      const { id } = await livingConnection(scope, params.id)
      const { organizationId } = scope
      const { run, isNew } = await requestRun(scope, {
        ...{ organizationId, connectionId: id, requestedBy: principal.user?.id ?? null },
        ...{ kind: 'refresh', params: {} },
      })
      if (isNew) await audit(scope, { action: 'connection.refreshed', connectionId: id, details: { run_id: run.id } })
      return run
    })
    void hint('runs', run.connectionId)
    return answerRun(run)
  },
})
