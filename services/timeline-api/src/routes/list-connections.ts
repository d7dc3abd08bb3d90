import { listConnections } from '@worksights/database'
import { z } from 'zod'
import { defineRoute } from '../http/define-route.ts'

const connectionForm = z
  .object({
    id: z.uuid(),
    state: z.enum(['connected', 'degraded', 'needs_attention', 'disconnected']),
    state_reason: z.string().nullable(),
    workspace: z.object({ id: z.string(), name: z.string(), slug: z.string() }),
    last_event_at: z.iso.datetime().nullable().meta({ description: 'When the last authentic delivery came, whatever became of it.' }),
    last_activity_at: z.iso.datetime().nullable().meta({ description: 'When a line was last made.' }),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'Connection' })

export const listConnectionsRoute = defineRoute({
  method: 'get',
  path: '/v1/integrations/attio/connections',
  tag: 'Attio',
  role: 'member',
  summary: 'The connected workspaces',
  reply: {
    status: 200,
    description: 'Oldest first.',
    schema: z.object({ data: z.array(connectionForm) }).meta({ id: 'Connections' }),
    example: {
      data: [
        {
          id: '0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e',
          state: 'connected',
          state_reason: null,
          workspace: { id: '14beef7a-99f7-4534-a87e-70b564330a4c', name: 'Northwind Traders', slug: 'northwind' },
          last_event_at: '2026-11-24T09:14:39.991Z',
          last_activity_at: '2026-11-24T09:14:40.102Z',
          created_at: '2026-11-20T15:02:11.000Z',
        },
      ],
    },
  },
  async handler({ tenant }) {
    const connections = await tenant.transaction(listConnections)
    return {
      body: {
        data: connections.map(connection => ({
          id: connection.id,
          state: connection.state as z.output<typeof connectionForm>['state'],
          state_reason: connection.stateReason,
          workspace: { id: connection.workspaceId, name: connection.workspaceName, slug: connection.workspaceSlug },
          last_event_at: connection.lastEventAt?.toISOString() ?? null,
          last_activity_at: connection.lastActivityAt?.toISOString() ?? null,
          created_at: connection.createdAt.toISOString(),
        })),
      },
    }
  },
})
