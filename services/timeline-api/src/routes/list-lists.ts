import { isConnection, selectLists, selectPrivateListsShown } from '@worksights/database'
import { z } from 'zod'
import { defineRoute } from '../http/define-route.ts'
import { notFound } from '../http/problems.ts'
import { exampleList, listForm, toListForm } from './list-form.ts'

export const listListsRoute = defineRoute({
  method: 'get',
  path: '/v1/integrations/attio/lists',
  tag: 'Attio',
  role: 'member',
  summary: 'Attio’s lists, and which private ones are shown',
  description:
    'By name. Entries of a private list, and comments on them, are hidden until an admin allows the list, or all private lists of the connection. Lists are read soon after a workspace is connected, daily, at Refresh Connection, and when Attio tells of a change.',
  query: z.strictObject({
    connection: z.uuid('is not an id (UUID)').optional().meta({ description: 'Only lists of this connection (workspace).' }),
  }),
  reply: {
    status: 200,
    description: 'Every list that is known, and what is said of all private ones of each connection.',
    schema: z
      .object({
        data: z.array(listForm),
        connections: z.array(
          z.object({
            id: z.uuid(),
            workspace_name: z.string(),
            private_lists_shown: z
              .boolean()
              .meta({ description: 'Holds for private lists nothing was said of one by one, those yet to come too.' }),
          }),
        ),
      })
      .meta({ id: 'Lists' }),
    example: { data: [exampleList], connections: [{ ...exampleList.connection, private_lists_shown: false }] },
  },
  problems: [{ status: 404, code: 'not_found', description: 'There is no such connection, or you may not see it.' }],
  async handler({ query, principal, tenant }) {
    return await tenant.transaction(async scope => {
      if (query.connection !== undefined && !(await isConnection(scope, query.connection))) throw notFound('connection')
      const lists = await selectLists(scope, query.connection)
      const connections = await selectPrivateListsShown(scope, query.connection)
      return {
        body: {
          data: lists.map(list => toListForm(list, principal.role)),
          connections: connections.map(({ connectionId, workspaceName, privateListsShown }) => ({
            id: connectionId,
            workspace_name: workspaceName,
            private_lists_shown: privateListsShown,
          })),
        },
      }
    })
  },
})
