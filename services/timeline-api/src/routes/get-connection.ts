import { liveRuns, readTraffic, selectConnections, selectGaps, selectStateChanges, selectWebhooks } from '@worksights/database'
import { z } from 'zod'
import { connectionDetailForm, exampleConnectionDetail, toConnectionDetail } from '../connections/detail-form.ts'
import { defineRoute } from '../http/define-route.ts'
import { notFound } from '../http/problems.ts'

const gapsShownForMs = 90 * 24 * 60 * 60_000
const most = 20

export const getConnection = defineRoute({
  method: 'get',
  path: '/v1/integrations/attio/connections/{id}',
  tag: 'Attio',
  role: 'member',
  summary: 'One connection in full',
  description:
    'State and why, who authorised it, each permission and what its lack breaks, webhooks, traffic, times in which events were lost, and what is going on.',
  params: z.strictObject({ id: z.uuid('is not an id (UUID)').meta({ description: 'The connection.' }) }),
  reply: { status: 200, description: 'The connection as it is now.', schema: connectionDetailForm, example: exampleConnectionDetail },
  async handler({ params, tenant }, { clock }) {
    return await tenant.transaction(async scope => {
      const [connection] = await selectConnections(scope, params.id)
      if (!connection) throw notFound('connection')
      const { id } = connection
      const body = toConnectionDetail({
        connection,
        webhooks: await selectWebhooks(scope, [id]),
        traffic: await readTraffic(scope, id),
        gaps: await selectGaps(scope, { connectionId: id, from: new Date(clock.now() - gapsShownForMs), limit: most }),
        history: await selectStateChanges(scope, id, most),
        runs: await liveRuns(scope, id),
      })
      return { body }
    })
  },
})
