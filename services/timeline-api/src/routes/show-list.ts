import { allowList, changeLists, selectList } from '@worksights/database'
import { Problem } from '@worksights/runtime'
import { z } from 'zod'
import { defineRoute } from '../http/define-route.ts'
import { notFound } from '../http/problems.ts'
import { plainText } from '../http/query-fields.ts'
import { exampleList, listForm, replayRunId, toListForm } from './list-form.ts'

export const showListRoute = defineRoute({
  method: 'patch',
  path: '/v1/integrations/attio/lists/{id}',
  tag: 'Attio',
  role: 'admin',
  summary: 'Show or hide a private list',
  description:
    'Showing it shows the lines there are at once and works again what was withheld since the workspace was connected; hiding it hides its lines at once, and nothing is deleted. Open streams get a `reset`. Outweighs what is said of all private lists, until that is said again.',
  params: z.strictObject({ id: plainText(200).meta({ description: 'The list, by Attio’s id.' }) }),
  query: z.strictObject({ connection: z.uuid('is not an id (UUID)').meta({ description: 'The connection (workspace) the list is of.' }) }),
  body: z.strictObject({ shown: z.boolean() }).meta({ id: 'ShowList', examples: [{ shown: true }] }),
  reply: {
    status: 200,
    description: 'The list as it is now.',
    schema: listForm.extend({ replay_run_id: replayRunId }).meta({ id: 'ShownList' }),
    example: { ...exampleList, replay_run_id: '0192f0c5-2a52-7cc3-8f4e-2f6f4a1d9b10' },
  },
  problems: [{ status: 409, code: 'list_not_private', description: 'Everybody in the workspace may see the list: it is shown anyway.' }],
  async handler({ params, query, body, principal, tenant, audit }, { hint }) {
    const target = { connectionId: query.connection, id: params.id }
    const answer = await tenant.transaction(async scope => {
      const connection = { id: target.connectionId, organizationId: scope.organizationId, requestedBy: principal.user?.id ?? null }
      const { run } = await changeLists(scope, connection, async () => {
        const list = await selectList(scope, target.connectionId, target.id)
        if (!list) throw notFound('list')
        if (list.access === 'workspace') throw notPrivate()
        if (!(await allowList(scope, target, body.shown))) return
        const action = body.shown ? 'list.shown' : 'list.hidden'
        await audit(scope, { action, connectionId: target.connectionId, details: { list: { id: list.id, name: list.name } } })
      })
      const list = await selectList(scope, target.connectionId, target.id)
      if (!list) throw notFound('list')
      return { body: { ...toListForm(list, principal.role), replay_run_id: run?.id ?? null } }
    })
    if (answer.body.replay_run_id !== null) void hint('runs', query.connection)
    return answer
  },
})

function notPrivate(): Problem {
  return new Problem({
    status: 409,
    code: 'list_not_private',
    title: 'The list is not private',
    detail:
      'Everybody in the Attio workspace may see this list, so its lines are shown. To hide them, restrict the list in Attio, or switch the feature area off.',
  })
}
