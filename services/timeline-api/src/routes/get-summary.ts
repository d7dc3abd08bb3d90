import { categories } from '@worksights/activity'
import { countLines, summaryRange, summaryStarts, TooManyLinesError } from '@worksights/database'
import { Problem } from '@worksights/runtime'
import { z } from 'zod'
import { defineRoute } from '../http/define-route.ts'
import { invalidFields } from '../http/problems.ts'
import { filterParameters, toFilters } from '../timeline/filters.ts'

const mostBuckets = 400
const defaultDays = { day: 30, hour: 2 } as const

const counts = z.object(
  Object.fromEntries(categories.map(category => [category, z.int()])) as Record<(typeof categories)[number], z.ZodInt>,
)
const none = { default: 0, task: 0, meeting: 0 }

const summary = z
  .object({
    from: z.iso.datetime().meta({ description: 'Inclusive.' }),
    to: z.iso.datetime().meta({ description: 'Exclusive.' }),
    interval: z.enum(['day', 'hour']),
    time_zone: z.string(),
    buckets: z.array(z.object({ start: z.iso.datetime(), lines: counts })).meta({
      description: 'Every interval the range touches, in order, also those without lines. The outer ones may be cut by the range.',
    }),
    total: counts,
  })
  .meta({ id: 'TimelineSummary' })

export const getSummary = defineRoute({
  method: 'get',
  path: '/v1/timeline/summary',
  tag: 'Timeline',
  role: 'member',
  summary: 'How many lines, by time and category',
  description: `For a small picture beside the timeline: counts of visible lines, with the filters of the list. Without \`from\` it is the last ${defaultDays.day} days (or, by hour, ${defaultDays.hour}) up to \`to\` or now. At most ${mostBuckets} intervals.`,
  query: z.strictObject({
    interval: z.enum(['day', 'hour'], 'must be day or hour').default('day').meta({ description: 'How long a bucket is.' }),
    ...filterParameters,
    time_zone: filterParameters.time_zone.meta({
      description: 'IANA time zone whose days are counted, and in which dates of `from` and `to` are days; UTC if absent.',
      examples: ['Europe/Berlin'],
    }),
  }),
  reply: {
    status: 200,
    description: 'The counts.',
    schema: summary,
    example: {
      from: '2026-11-22T23:00:00.000Z',
      to: '2026-11-24T23:00:00.000Z',
      interval: 'day',
      time_zone: 'Europe/Berlin',
      buckets: [
        { start: '2026-11-22T23:00:00.000Z', lines: { default: 0, task: 0, meeting: 0 } },
        { start: '2026-11-23T23:00:00.000Z', lines: { default: 17, task: 3, meeting: 1 } },
      ],
      total: { default: 17, task: 3, meeting: 1 },
    },
  },
  problems: [{ status: 422, code: 'too_many_lines', description: 'There are too many lines to count them in time: take a shorter range.' }],
  async handler({ query, tenant }) {
    const { interval, time_zone: timeZone = 'UTC' } = query
    const filters = toFilters({ ...query, time_zone: timeZone })
    const found = await tenant
      .read(async scope => {
        const range = await summaryRange(scope, { from: filters.from, to: filters.to, timeZone, days: defaultDays[interval] })
        if (range.from >= range.to) throw invalidFields([{ path: 'query.from', message: 'is not before the end of the range' }])
        const starts = await summaryStarts(scope, range, { interval, timeZone, limit: mostBuckets + 1 })
        if (starts.length > mostBuckets) {
          const message = `is too early: the range holds more than ${mostBuckets} intervals; take a shorter one${interval === 'hour' ? ', or interval=day' : ''}`
          throw invalidFields([{ path: 'query.from', message }])
        }
        return { range, starts, buckets: await countLines(scope, { filters, range, interval, timeZone }) }
      })
      .catch(error => {
        throw error instanceof TooManyLinesError ? tooManyLines() : error
      })
    const byStart = new Map(found.starts.map(start => [start.getTime(), { ...none }]))
    const total = { ...none }
    for (const { start, category, lines } of found.buckets) {
      const known = category as keyof typeof none
      const bucket = byStart.get(start.getTime())
      if (bucket) bucket[known] += lines
      total[known] += lines
    }
    return {
      body: {
        from: found.range.from.toISOString(),
        to: found.range.to.toISOString(),
        ...{ interval, time_zone: timeZone },
        buckets: found.starts.map(start => ({ start: start.toISOString(), lines: byStart.get(start.getTime()) ?? none })),
        total,
      },
    }
  },
})

function tooManyLines(): Problem {
  return new Problem({
    status: 422,
    code: 'too_many_lines',
    title: 'Too many lines to count',
    detail: 'There are too many lines in this range to count them while you wait. Take a shorter range, or narrow it by a record.',
  })
}
