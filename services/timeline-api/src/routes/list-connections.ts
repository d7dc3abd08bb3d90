import { selectConnections, selectWebhooks } from '@worksights/database'
import { z } from 'zod'
import { connectionForm, exampleConnection, toConnectionForm } from '../connections/connection-form.ts'
import { defineRoute } from '../http/define-route.ts'

export const listConnectionsRoute = defineRoute({
  method: 'get',
  path: '/v1/integrations/attio/connections',
  tag: 'Attio',
  role: 'member',
  summary: 'The connected workspaces',
  description: 'Those that were disconnected are listed too: what they brought is still there.',
  reply: {
    status: 200,
    description: 'Oldest first.',
    schema: z.object({ data: z.array(connectionForm) }).meta({ id: 'Connections' }),
    example: { data: [exampleConnection] },
  },
  async handler({ tenant }) {
    return await tenant.transaction(async scope => {
      const connections = await selectConnections(scope)
      const webhooks = await selectWebhooks(
        scope,
        connections.map(({ id }) => id),
      )
      return { body: { data: connections.map(connection => toConnectionForm(connection, webhooks)) } }
    })
  },
})
