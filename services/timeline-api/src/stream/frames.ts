import { type FeedChange, type FeedPosition, selectLines, type Tenant, type TimelineFilters } from '@worksights/database'
import { toActivityForm } from '../timeline/activity-form.ts'
import { encodeFeedPosition } from '../timeline/cursor.ts'

/** What a stream shows: the lines of one organisation that pass the filters. */
export type StreamView = { tenant: Tenant; filters: TimelineFilters }

/** One event as text/event-stream; resuming from its id repeats nothing that came before it and skips nothing after. */
export function frame(event: 'activity' | 'removed' | 'reset', position: FeedPosition, data: unknown): string {
  return `event: ${event}\nid: ${encodeFeedPosition(position)}\ndata: ${JSON.stringify(data)}\n\n`
}

/** Moves the reader's place without an event. */
export function placeMark(position: FeedPosition): string {
  return `id: ${encodeFeedPosition(position)}\n\n`
}

export const heartbeat = ': heartbeat\n\n'

/**
 * Tells what changes of the view's organisation mean for the view: each line once, as it is now, at the place of its last change. A line that is not
 * (or no longer) in the view is `removed`, whether or not the reader ever had it. A reset says it all.
 */
export async function framesOf(view: StreamView, changes: readonly FeedChange[]): Promise<string[]> {
  const lastReset = changes.findLast(change => change.type === 'reset')
  const last = changes.at(-1)
  if (lastReset && last) return [frame('reset', last.position, {})]
  const places = new Map<string, FeedPosition>()
  for (const change of changes) {
    if (change.type === 'reset') continue
    places.delete(change.activityId)
    places.set(change.activityId, change.position)
  }
  if (places.size === 0) return []
  const ids = [...places.keys()]
  const rows = await view.tenant.transaction(scope => selectLines(scope, { filters: view.filters, ids, limit: ids.length }))
  const lines = new Map(rows.map(row => [row.id, row]))
  return [...places].map(([id, position]) => {
    const row = lines.get(id)
    return row ? frame('activity', position, toActivityForm(row)) : frame('removed', position, { id })
  })
}
