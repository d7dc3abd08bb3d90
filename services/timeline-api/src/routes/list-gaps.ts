import { selectGaps } from '@worksights/database'
import { z } from 'zod'
import { exampleGap, gapForm, toGapForm } from '../connections/gap-form.ts'
import { defineRoute } from '../http/define-route.ts'
import { moment } from '../http/query-fields.ts'

const weekMs = 7 * 24 * 60 * 60_000
const most = 200

export const listGaps = defineRoute({
  method: 'get',
  path: '/v1/timeline/gaps',
  tag: 'Timeline',
  role: 'member',
  summary: 'Times in which events were lost',
  description:
    'When a webhook was stopped or gone, or the token was dead, Attio delivered nothing: what happened then is missing from the timeline, which should say so in its place.',
  query: z.strictObject({
    from: moment('Only times that touch what comes at or after this; default: seven days ago.'),
    to: moment('Only times that began before this.'),
  }),
  reply: {
    status: 200,
    description: 'Newest first; at most 200.',
    schema: z.object({ data: z.array(gapForm) }).meta({ id: 'Gaps' }),
    example: { data: [exampleGap] },
  },
  async handler({ query, tenant }, { clock }) {
    const from = query.from ?? new Date(clock.now() - weekMs)
    const gaps = await tenant.transaction(scope => selectGaps(scope, { from, to: query.to, limit: most }))
    return { body: { data: gaps.map(toGapForm) } }
  },
})
