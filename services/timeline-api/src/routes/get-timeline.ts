import { currentFeedPosition, selectLines } from '@worksights/database'
import { z } from 'zod'
import { defineRoute } from '../http/define-route.ts'
import { invalidFields } from '../http/problems.ts'
import { count, plainText } from '../http/query-fields.ts'
import { activityExample, activityForm, toActivityForm } from '../timeline/activity-form.ts'
import { decodeCursor, encodeCursor, encodeFeedPosition } from '../timeline/cursor.ts'
import { filterParameters, toFilters } from '../timeline/filters.ts'

const page = z
  .object({
    data: z.array(activityForm),
    next_cursor: z.string().nullable().meta({ description: 'Give it as `cursor` for the page that follows; null on the last one.' }),
    stream_cursor: z
      .string()
      .meta({ description: 'Start `/v1/timeline/stream` with it to miss nothing that comes after this page was read.' }),
  })
  .meta({ id: 'TimelinePage' })

export const getTimeline = defineRoute({
  method: 'get',
  path: '/v1/timeline',
  tag: 'Timeline',
  role: 'member',
  summary: 'The timeline, newest first',
  description: 'Lines by (occurred_at, id), newest first. Growing does not move a line, so pages neither repeat nor skip one.',
  query: z.strictObject({
    ...filterParameters,
    cursor: plainText(500).optional().meta({ description: '`next_cursor` of a page with the same filters.' }),
    limit: count(1, 200, 50, 'Lines a page.'),
  }),
  reply: {
    status: 200,
    description: 'A page.',
    schema: page,
    example: { data: [activityExample], next_cursor: null, stream_cursor: '74213.0.1795511681000' },
  },
  async handler({ query, tenant }) {
    const { organizationId } = tenant
    const filters = toFilters(query)
    const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor, organizationId, filters)
    if (before === null) {
      throw invalidFields([{ path: 'query.cursor', message: 'is not a cursor of a page with these filters: start without one' }])
    }
    const { position, rows } = await tenant.read(async scope => ({
      // Taken before the lines are read: what is committed in between comes twice, rather than never.
      position: await currentFeedPosition(scope),
      rows: await selectLines(scope, { filters, ...(before && { before }), limit: query.limit + 1 }),
    }))
    const data = rows.slice(0, query.limit)
    const last = data.at(-1)
    return {
      body: {
        data: data.map(toActivityForm),
        next_cursor: last && rows.length > query.limit ? encodeCursor(last, organizationId, filters) : null,
        stream_cursor: encodeFeedPosition(position),
      },
    }
  },
})
