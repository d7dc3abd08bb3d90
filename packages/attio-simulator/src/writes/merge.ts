import { active, creationValues, writeValues } from '../values/write.ts'
import { events } from '../world/events.ts'
import { freshId } from '../world/ids.ts'
import type { Table } from '../world/table.ts'
import { nanoTime } from '../world/time.ts'
import type { RecordRow, Value, Values } from '../world/types.ts'
import { attributesOf } from '../world/workspace.ts'
import type { WriteContext } from './context.ts'
import type { ValuesInput } from './records.ts'

/** The values of both: the primary's first; a multiselect takes both records' values. */
function combine(context: WriteContext, primary: RecordRow, secondary: RecordRow, own: Values): Values {
  const values: Values = { ...own }
  const now = context.now()
  for (const attribute of attributesOf(context.workspace, primary.objectId)) {
    if (own[attribute.id] !== undefined) continue
    const [first, second] = [active(primary.values[attribute.id]), active(secondary.values[attribute.id])]
    const texts = new Set(first.map(value => JSON.stringify(value.data)))
    const chosen = attribute.multiselect
      ? [...first, ...second.filter(value => !texts.has(JSON.stringify(value.data)))]
      : first.length > 0
        ? first
        : second
    if (chosen.length > 0) values[attribute.id] = chosen.map((value): Value => ({ ...value, activeFrom: now, actor: context.actor }))
  }
  return values
}

/** What hung on either original hangs on the result. */
function move(context: WriteContext, from: Set<string>, to: string): void {
  const { workspace } = context
  const now = context.now()
  const moveAll = <T extends { id: string; recordId: string }>(table: Table<T>) => {
    for (const row of table.all()) if (from.has(row.recordId)) table.put(row.id, { ...row, recordId: to }, now)
  }
  moveAll(workspace.entries)
  moveAll(workspace.notes)
  moveAll(workspace.comments)
  for (const task of workspace.tasks.all())
    if (task.links.some(link => from.has(link.recordId)))
      workspace.tasks.put(
        task.id,
        { ...task, links: task.links.map(link => (from.has(link.recordId) ? { ...link, recordId: to } : link)) },
        now,
      )
}

/**
 * Merges two records into a new one; the originals answer 404 from then on. Fires record.merged twice, once for each original (a
 * fault makes it one, or adds created and deleted events). `chosen.values` win over what both held.
 */
export function mergeRecords(
  context: WriteContext,
  primary: RecordRow,
  secondary: RecordRow,
  chosen: { values?: ValuesInput } = {},
): RecordRow {
  const id = freshId()
  const { workspace, actor, faults } = context
  const now = context.now()
  const own = creationValues(workspace, primary.objectId, { slug: 'record_id', id, createdAt: nanoTime(now), actor, now })
  const combined = combine(context, primary, secondary, own)
  const { values } = writeValues({
    workspace,
    parentId: primary.objectId,
    current: combined,
    input: chosen.values ?? {},
    mode: 'overwrite',
    actor,
    now,
  })
  const merged: RecordRow = {
    id,
    objectId: primary.objectId,
    // The result's history begins with the merge.
    values: Object.fromEntries(Object.entries(values).map(([id, rows]) => [id, active(rows)])),
    createdAt: now,
    createdBy: actor,
    readableFrom: now + faults.merge_in_progress_ms,
  }
  workspace.records.remove(primary.id, now)
  workspace.records.remove(secondary.id, now)
  workspace.records.put(id, merged, now)
  move(context, new Set([primary.id, secondary.id]), id)
  if (faults.merge_created_deleted) context.emit(events.record('record.created', context, merged))
  if (faults.merge_events === 'two') context.emit(events.recordMerged(context, merged, primary.id))
  context.emit(events.recordMerged(context, merged, secondary.id))
  if (faults.merge_created_deleted)
    for (const original of [primary, secondary]) context.emit(events.record('record.deleted', context, original))
  return merged
}
