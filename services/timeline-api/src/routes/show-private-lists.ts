import { allowPrivateLists, changeLists, isConnection, selectLists } from '@worksights/database'
import { z } from 'zod'
import { defineRoute } from '../http/define-route.ts'
import { notFound } from '../http/problems.ts'
import { exampleList, listForm, replayRunId, toListForm } from './list-form.ts'

export const showPrivateListsRoute = defineRoute({
  method: 'patch',
  path: '/v1/integrations/attio/lists',
  tag: 'Attio',
  role: 'admin',
  summary: 'Show or hide all private lists of a connection',
  description:
    'Those yet to come too. Takes back what was said of single lists, which can be said again afterwards: all but one is this and then that one.',
  query: z.strictObject({ connection: z.uuid('is not an id (UUID)').meta({ description: 'The connection (workspace).' }) }),
  body: z.strictObject({ shown: z.boolean() }).meta({ id: 'ShowPrivateLists', examples: [{ shown: true }] }),
  reply: {
    status: 200,
    description: 'The lists of the connection as they are now.',
    schema: z
      .object({ data: z.array(listForm), private_lists_shown: z.boolean(), replay_run_id: replayRunId })
      .meta({ id: 'ShownPrivateLists' }),
    example: { data: [exampleList], private_lists_shown: true, replay_run_id: '0192f0c5-2a52-7cc3-8f4e-2f6f4a1d9b10' },
  },
  problems: [{ status: 404, code: 'not_found', description: 'There is no such connection, or you may not see it.' }],
  async handler({ query, body, principal, tenant, audit }, { hint }) {
    const answer = await tenant.transaction(async scope => {
      if (!(await isConnection(scope, query.connection))) throw notFound('connection')
      const connection = { id: query.connection, organizationId: scope.organizationId, requestedBy: principal.user?.id ?? null }
      const { run } = await changeLists(scope, connection, async () => {
        if (!(await allowPrivateLists(scope, query.connection, body.shown))) return
        await audit(scope, { action: body.shown ? 'private_lists.shown' : 'private_lists.hidden', connectionId: query.connection })
      })
      const lists = await selectLists(scope, query.connection)
      return {
        body: {
          data: lists.map(list => toListForm(list, principal.role)),
          private_lists_shown: body.shown,
          replay_run_id: run?.id ?? null,
        },
      }
    })
    if (answer.body.replay_run_id !== null) void hint('runs', query.connection)
    return answer
  },
})
