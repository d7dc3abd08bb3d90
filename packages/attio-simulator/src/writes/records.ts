import { conflict, invalid } from '../api/errors.ts'
import { active, creationValues, writeValues } from '../values/write.ts'
import { events } from '../world/events.ts'
import { freshId } from '../world/ids.ts'
import { nanoTime } from '../world/time.ts'
import type { Attribute, ObjectType, RecordRow } from '../world/types.ts'
import { attributesOf } from '../world/workspace.ts'
import type { WriteContext } from './context.ts'
import { scheduleEnrichment } from './enrichment.ts'

export type ValuesInput = Record<string, unknown>

/** Another record of the object that already holds one of the values of a unique attribute. */
function refuseDuplicates(context: WriteContext, record: RecordRow, changed: Attribute[]): void {
  for (const attribute of changed.filter(candidate => candidate.unique)) {
    const wanted = new Set(active(record.values[attribute.id]).map(value => JSON.stringify(value.data)))
    const other = context.workspace.records
      .all()
      .find(
        row =>
          row.objectId === record.objectId &&
          row.id !== record.id &&
          active(row.values[attribute.id]).some(value => wanted.has(JSON.stringify(value.data))),
      )
    if (other !== undefined)
      throw conflict(
        `The value provided for attribute with ID "${attribute.id}" conflicts with one already in the system (record "${other.id}").`,
        'uniqueness_conflict',
      )
  }
}

/** Creates a record and fires record.created: one event, whatever the number of values (a fault adds record.updated). */
export function createRecord(context: WriteContext, object: ObjectType, input: ValuesInput, id: string = freshId()): RecordRow {
  const { workspace, actor } = context
  const now = context.now()
  const current = creationValues(workspace, object.id, { slug: 'record_id', id, createdAt: nanoTime(now), actor, now })
  const { values, changed } = writeValues({ workspace, parentId: object.id, current, input, mode: 'overwrite', actor, now })
  const missing = attributesOf(workspace, object.id).find(attribute => attribute.required && active(values[attribute.id]).length === 0)
  if (missing !== undefined) throw invalid(`Required value for attribute with ID "${missing.id}" was not provided.`, 'missing_value')
  const record: RecordRow = { id, objectId: object.id, values, createdAt: now, createdBy: actor, readableFrom: now }
  refuseDuplicates(context, record, changed)
  workspace.records.put(id, record, now)
  context.emit(events.record('record.created', context, record))
  if (context.faults.extra_record_updated)
    for (const attribute of changed) context.emit(events.recordUpdated(context, record, attribute.id))
  if (object.slug === 'companies') scheduleEnrichment(context, record)
  return record
}

/** Changes values and fires one record.updated per attribute whose value really changed. */
export function updateRecord(
  context: WriteContext,
  record: RecordRow,
  input: ValuesInput,
  mode: 'append' | 'overwrite',
  allowReadOnly = false,
): RecordRow {
  const { workspace, actor } = context
  const now = context.now()
  const written = writeValues({ workspace, parentId: record.objectId, current: record.values, input, mode, actor, now, allowReadOnly })
  const updated = { ...record, values: written.values }
  refuseDuplicates(context, updated, written.changed)
  workspace.records.put(record.id, updated, now)
  for (const attribute of written.changed) context.emit(events.recordUpdated(context, record, attribute.id))
  return updated
}

/** Deletes a record and all that hung on it; whether that fires events of its own is a switch. */
export function deleteRecord(context: WriteContext, record: RecordRow): void {
  const { workspace, faults } = context
  const now = context.now()
  workspace.records.remove(record.id, now)
  context.emit(events.record('record.deleted', context, record))
  const tell = faults.delete_cascades ? context.emit : () => {}
  const hangsOn = (row: { objectId: string; recordId: string }) => row.objectId === record.objectId && row.recordId === record.id
  for (const entry of workspace.entries.all().filter(hangsOn)) {
    workspace.entries.remove(entry.id, now)
    tell(events.entry('list-entry.deleted', context, entry))
  }
  for (const note of workspace.notes.all().filter(hangsOn)) {
    workspace.notes.remove(note.id, now)
    tell(events.note('note.deleted', context, note))
  }
  for (const comment of workspace.comments.all().filter(hangsOn)) {
    workspace.comments.remove(comment.id, now)
    tell(events.comment('comment.deleted', context, comment))
  }
}
