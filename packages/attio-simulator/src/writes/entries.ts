import { creationValues, writeValues } from '../values/write.ts'
import { events } from '../world/events.ts'
import { freshEntryId } from '../world/ids.ts'
import { nanoTime } from '../world/time.ts'
import type { Entry, List, RecordRow } from '../world/types.ts'
import type { WriteContext } from './context.ts'
import type { ValuesInput } from './records.ts'

/** Adds a record to a list. */
export function createEntry(context: WriteContext, list: List, record: RecordRow, input: ValuesInput, id: string = freshEntryId()): Entry {
  const { workspace, actor } = context
  const now = context.now()
  const current = creationValues(workspace, list.id, { slug: 'entry_id', id, createdAt: nanoTime(now), actor, now })
  const { values } = writeValues({ workspace, parentId: list.id, current, input, mode: 'overwrite', actor, now })
  const entry: Entry = { id, listId: list.id, objectId: record.objectId, recordId: record.id, values, createdAt: now, createdBy: actor }
  workspace.entries.put(id, entry, now)
  context.emit(events.entry('list-entry.created', context, entry))
  return entry
}

/** Changes list attributes of an entry: one list-entry.updated per attribute that really changed. */
export function updateEntry(context: WriteContext, entry: Entry, input: ValuesInput, mode: 'append' | 'overwrite'): Entry {
  const { workspace, actor } = context
  const now = context.now()
  const { values, changed } = writeValues({ workspace, parentId: entry.listId, current: entry.values, input, mode, actor, now })
  const updated = { ...entry, values }
  workspace.entries.put(entry.id, updated, now)
  for (const attribute of changed) context.emit(events.entryUpdated(context, entry, attribute.id))
  return updated
}

/** Removes a record from a list. */
export function deleteEntry(context: WriteContext, entry: Entry): void {
  context.workspace.entries.remove(entry.id, context.now())
  context.emit(events.entry('list-entry.deleted', context, entry))
}
