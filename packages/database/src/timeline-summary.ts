import type { Scope } from './tenant.ts'
import { visible } from './timeline.ts'
import { filterConditions, instant, type TimeBound, type TimelineFilters } from './timeline-filters.ts'

/*
 * How many visible lines there were, by time and category: the small picture beside the timeline.
 */

export type SummaryInterval = 'hour' | 'day'

export type SummaryBucket = { start: Date; category: string; lines: number }

/** A range with both ends, as instants. */
export type SummaryRange = { from: Date; to: Date }

/** The instants of a range: absent ends are now, and `days` before the end, at the start of that day. */
export async function summaryRange(
  scope: Scope,
  query: { from: TimeBound | undefined; to: TimeBound | undefined; timeZone: string; days: number },
): Promise<SummaryRange> {
  const values: unknown[] = [query.timeZone, query.days]
  const bind = (value: unknown) => `$${values.push(value)}`
  const to = query.to ? instant(query.to, bind) : 'now()'
  const from = query.from
    ? instant(query.from, bind)
    : // From the local day that makes the last day, begun or whole, the last of `days`.
      `(date_trunc('day', (${to} - interval '1 millisecond') at time zone $1::text) - make_interval(days => $2::int - 1)) at time zone $1::text`
  const { rows } = await scope.query<SummaryRange>(`select ${from} as "from", ${to} as "to", $1::text, $2::int`, values)
  const [range] = rows
  if (!range) throw new Error('A select without a table returned no row.')
  return range
}

/** The starts of all intervals that a range touches, in order; at most `limit`. A local day may have 23 or 25 hours. */
export async function summaryStarts(
  scope: Scope,
  range: SummaryRange,
  query: { interval: SummaryInterval; timeZone: string; limit: number },
): Promise<Date[]> {
  // Days go from local midnight to local midnight, hours by the clock that never jumps.
  const step = query.interval === 'day' ? "interval '1 day'" : "interval '1 hour'"
  const series =
    query.interval === 'day'
      ? `select day at time zone $4::text as start from generate_series(date_trunc('day', $1::timestamptz at time zone $4::text), $2::timestamptz at time zone $4::text, ${step}) day`
      : `select start from generate_series(date_trunc('hour', $1::timestamptz, $4::text), $2::timestamptz, ${step}) start`
  const { rows } = await scope.query<{ start: Date }>(
    `select start from (${series}) s where start < $2::timestamptz order by start limit $3`,
    [range.from, range.to, query.limit, query.timeZone],
  )
  return rows.map(row => row.start)
}

/** There are too many lines in a range to count them while somebody waits. */
export class TooManyLinesError extends Error {
  constructor() {
    super('Counting the lines took too long and was given up.')
    this.name = 'TooManyLinesError'
  }
}

/** Half a million lines a second, say; a picture nobody waits for any more should not go on. */
const longestCountMs = 10_000

/**
 * Counts visible lines of a range by interval and category; intervals without lines are left out. Throws a {@link TooManyLinesError} where that takes too
 * long; the transaction is then of no use any more.
 */
export async function countLines(
  scope: Scope,
  query: { filters: TimelineFilters; range: SummaryRange; interval: SummaryInterval; timeZone: string; longestMs?: number },
): Promise<SummaryBucket[]> {
  const values: unknown[] = [scope.organizationId]
  const bind = (value: unknown) => `$${values.push(value)}`
  const conditions = await filterConditions(scope, { ...query.filters, from: undefined, to: undefined }, bind, 'any lines')
  conditions.push(`a.occurred_at >= ${bind(query.range.from)}::timestamptz`, `a.occurred_at < ${bind(query.range.to)}::timestamptz`)
  const start = `date_trunc('${query.interval}', a.occurred_at, ${bind(query.timeZone)}::text)`
  await scope.query("select set_config('statement_timeout', $1, true)", [String(query.longestMs ?? longestCountMs)])
  try {
    const { rows } = await scope.query<SummaryBucket>(
      `select ${start} as start, a.category, count(*)::int as lines ${[visible('at once'), ...conditions].join('\n  and ')} group by 1, 2`,
      values,
    )
    return rows
  } catch (error) {
    if (isCancelled(error)) throw new TooManyLinesError()
    throw error
  }
}

/** `query_canceled`, https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isCancelled(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014'
}
