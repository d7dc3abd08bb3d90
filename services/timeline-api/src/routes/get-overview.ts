import { countHidden, selectConnections, selectGaps, selectWebhooks } from '@worksights/database'
import { z } from 'zod'
import { connectionForm, connectionStates, exampleConnection, toConnectionForm } from '../connections/connection-form.ts'
import { exampleGap, gapForm, toGapForm } from '../connections/gap-form.ts'
import { type Warning, warningForm, warningsOf } from '../connections/warnings.ts'
import { defineRoute } from '../http/define-route.ts'

const weekMs = 7 * 24 * 60 * 60_000
const most = 50
/** What is worst is what the overview says of all connections together. */
const worstFirst = ['needs_attention', 'degraded', 'connected', 'disconnected'] as const

export const getOverview = defineRoute({
  method: 'get',
  path: '/v1/integrations/attio',
  tag: 'Attio',
  role: 'member',
  summary: 'Overview of the integration',
  description: 'Whether Attio is connected and well, what is hidden, what was lost, and where to turn for help.',
  reply: {
    status: 200,
    description: 'The overview.',
    schema: z
      .object({
        state: z.enum(['not_connected', ...connectionStates]).meta({
          description: 'The worst state of all connections that are not disconnected; `not_connected` where there never was one.',
        }),
        connections: z.array(connectionForm).meta({ description: 'Oldest first.' }),
        hidden: z
          .object({ people: z.int(), activities: z.int() })
          .meta({ description: 'Attio members who map to nobody here and have done something, and what they did: map them to show it.' }),
        gaps: z.array(gapForm).meta({ description: 'Times of the last seven days in which events were lost, newest first.' }),
        warnings: z.array(warningForm),
        help: z.object({
          contact: z.string().nullable().meta({ description: 'Whom to ask: an e-mail address, a link, or words.' }),
          setup_guide_url: z.url().nullable().meta({ description: 'How Attio is set up.' }),
        }),
      })
      .meta({ id: 'Overview' }),
    example: {
      state: 'degraded',
      connections: [exampleConnection],
      hidden: { people: 3, activities: 41 },
      gaps: [exampleGap],
      warnings: [{ code: 'people_unmapped', connection_id: null, message: '3 people, 41 activities hidden: map them.' }],
      help: { contact: 'crm-support@example.com', setup_guide_url: 'https://docs.example.com/attio-setup' },
    },
  },
  async handler({ tenant }, { clock, help }) {
    return await tenant.transaction(async scope => {
      const connections = await selectConnections(scope)
      const ids = connections.map(({ id }) => id)
      const webhooks = await selectWebhooks(scope, ids)
      const gaps = await selectGaps(scope, { from: new Date(clock.now() - weekMs), limit: most })
      const hidden = await countHidden(scope)
      const losing = new Set(gaps.filter(gap => gap.endedAt === null).map(gap => gap.connectionId))
      return {
        body: {
          state: worstFirst.find(state => connections.some(connection => connection.state === state)) ?? ('not_connected' as const),
          connections: connections.map(connection => toConnectionForm(connection, webhooks)),
          hidden: { people: hidden.members, activities: hidden.activities },
          gaps: gaps.map(toGapForm),
          warnings: [...connections.flatMap(connection => warningsOf(connection, losing.has(connection.id))), ...unmapped(hidden)],
          help: { contact: help.contact, setup_guide_url: help.setupGuideUrl },
        },
      }
    })
  },
})

function unmapped({ members, activities }: { members: number; activities: number }): Warning[] {
  if (members === 0) return []
  const people = members === 1 ? '1 person' : `${members} people`
  const lines = activities === 1 ? '1 activity' : `${activities} activities`
  return [{ code: 'people_unmapped', connection_id: null, message: `${people}, ${lines} hidden: map them.` }]
}
