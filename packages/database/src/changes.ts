import type { Executor } from './connect.ts'

/*
 * The change feed of the live stream. Rows get their number when they are written and become visible when their transaction commits, so a reader that
 * remembers only the highest number would skip whatever commits late. Therefore each row carries its transaction's id, and a reader takes only rows
 * of transactions older than every one still running (`pg_snapshot_xmin`): below that mark nothing can appear any more, and (xid, seq) is an order
 * in which no row is ever skipped. The price: a long write transaction anywhere on the server holds the feed back until it ends.
 */

/** A place in the feed: everything up to and including (xid, seq) was read. `at` (ms, the database's clock) says how old the place is. */
export type FeedPosition = { xid: bigint; seq: bigint; at: number }

export type FeedChange = { position: FeedPosition; organizationId: string } & (
  | { type: 'activity' | 'removed'; activityId: string; traceContext: string | null }
  | { type: 'reset' }
)

/** How long changes are kept, and so how old a position may be to go on from. */
export const changesKeptMs = 24 * 60 * 60 * 1000

/** The place such that what is read from there on tells of every change this moment's snapshot does not show. */
export async function currentFeedPosition(executor: Executor): Promise<FeedPosition> {
  const { rows } = await executor.query<{ xid: string; at: number }>(
    `select pg_snapshot_xmin(pg_current_snapshot())::text as xid, extract(epoch from clock_timestamp())::float8 * 1000 as at`,
  )
  const row = rows[0]
  if (!row) throw new Error('A select without a table returned no row.')
  return { xid: BigInt(row.xid), seq: 0n, at: Math.floor(row.at) }
}

/** Whether a stream can go on from `position`: not older than what is kept, and not from a future this database does not know (a restored backup). */
export async function isFeedPositionKept(executor: Executor, position: FeedPosition): Promise<boolean> {
  const { rows } = await executor.query<{ kept: boolean }>(
    `select $1::text::xid8 <= pg_snapshot_xmax(pg_current_snapshot())
        and to_timestamp($2::float8 / 1000) between clock_timestamp() - make_interval(secs => $3) and clock_timestamp() + interval '1 minute' as kept`,
    [position.xid.toString(), position.at, changesKeptMs / 1000],
  )
  return rows[0]?.kept ?? false
}

export function comparePositions(one: FeedPosition, other: FeedPosition): number {
  if (one.xid !== other.xid) return one.xid < other.xid ? -1 : 1
  if (one.seq !== other.seq) return one.seq < other.seq ? -1 : 1
  return 0
}

type ChangeRow = {
  xmin: string
  now: number
  xid: string | null
  seq: string
  at: number
  organizationId: string
  activityId: string | null
  type: 'activity' | 'removed' | 'reset'
  traceContext: string | null
}

/**
 * Reads up to `limit` changes after `position` in the order of the feed, of one organisation or of all, and the position to go on from. With fewer
 * than `limit` changes that position is past everything committed so far. `readAt` is when they were read, in ms by the database's clock, as `at` of positions.
 */
export async function readChanges(
  executor: Executor,
  options: { after: FeedPosition; organizationId?: string; limit: number },
): Promise<{ changes: FeedChange[]; position: FeedPosition; readAt: number }> {
  const { rows } = await executor.query<ChangeRow>(
    `select mark.xmin::text, extract(epoch from clock_timestamp())::float8 * 1000 as now, page.xid::text, page.seq::text,
            extract(epoch from page.at)::float8 * 1000 as at, page.organization_id as "organizationId", page.activity_id as "activityId", page.type,
            page.trace_context as "traceContext"
     from (select pg_snapshot_xmin(pg_current_snapshot()) as xmin) mark
     left join lateral (
       select * from activity_change
       where xid < pg_snapshot_xmin(pg_current_snapshot()) and (xid, seq) > ($1::text::xid8, $2::bigint)
         and ($3::uuid is null or organization_id = $3)
       order by xid, seq limit $4
     ) page on true
     order by page.xid, page.seq`,
    [options.after.xid.toString(), options.after.seq.toString(), options.organizationId ?? null, options.limit],
  )
  const changes = rows.flatMap(row => toChange(row))
  const last = changes.at(-1)
  const row = rows[0]
  if (!row) throw new Error('An outer join from one row returned none.')
  if (last && changes.length === options.limit) return { changes, position: last.position, readAt: row.now }
  const mark = { xid: BigInt(row.xmin), seq: 0n, at: Math.floor(row.now) }
  return { changes, position: comparePositions(mark, options.after) < 0 ? options.after : mark, readAt: row.now }
}

function toChange(row: ChangeRow): FeedChange[] {
  if (row.xid === null) return []
  const position = { xid: BigInt(row.xid), seq: BigInt(row.seq), at: Math.floor(row.at) }
  if (row.type === 'reset' || row.activityId === null) return [{ position, organizationId: row.organizationId, type: 'reset' }]
  return [{ position, organizationId: row.organizationId, type: row.type, activityId: row.activityId, traceContext: row.traceContext }]
}

/** Tells every open stream of an organisation to read its list again: mapping, a switch or an erasure changed more lines than are worth naming. */
export async function recordReset(executor: Executor, organizationId: string): Promise<void> {
  await executor.query(`insert into activity_change (organization_id, type) values ($1, 'reset')`, [organizationId])
}
