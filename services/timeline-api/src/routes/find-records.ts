import { findRecords } from '@worksights/database'
import { z } from 'zod'
import { defineRoute } from '../http/define-route.ts'
import { plainText } from '../http/query-fields.ts'

const most = 20

const recordChoice = z
  .object({
    id: z.string(),
    name: z.string(),
    object: z
      .object({ id: z.string(), singular: z.string().nullable() })
      .meta({ description: 'What it is a record of; the noun is null while unknown.' }),
    connection_id: z.uuid(),
    gone: z.boolean().meta({ description: 'Deleted in Attio; its lines are still there.' }),
  })
  .meta({ id: 'RecordChoice' })

export const findRecordsRoute = defineRoute({
  method: 'get',
  path: '/v1/timeline/filters/records',
  tag: 'Timeline',
  role: 'member',
  summary: 'Records to narrow the timeline by, by typing',
  description: `At most ${most}: records whose name begins with what was typed, then those in whose name each typed word begins a word, ignoring case. Only records an event named. A record that was merged is found by the name of what it became.`,
  query: z.strictObject({
    q: plainText(100).meta({ description: 'What was typed so far.', examples: ['acme'] }),
  }),
  reply: {
    status: 200,
    description: 'Give `id` as `record`.',
    schema: z.object({ data: z.array(recordChoice) }).meta({ id: 'RecordChoices' }),
    example: {
      data: [
        {
          id: 'bf071e1f-6035-429d-b874-d83ea64ea13b',
          name: 'Acme Corp',
          object: { id: '97052eb9-e65e-443f-a297-f2d9a4a7f795', singular: 'company' },
          connection_id: '0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e',
          gone: false,
        },
      ],
    },
  },
  async handler({ query, tenant }) {
    const records = await tenant.read(scope => findRecords(scope, query.q.trim(), most))
    return {
      body: {
        data: records.map(record => ({
          ...{ id: record.id, name: record.name, object: { id: record.objectId, singular: record.object } },
          ...{ connection_id: record.connectionId, gone: record.gone },
        })),
      },
    }
  },
})
