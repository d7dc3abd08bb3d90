import type { AttioEvent } from '@worksights/attio'
import type { LabelRequest } from './labels/book.ts'
import { detailsOf, isNaming, type Label, type LabelRef } from './labels/label.ts'
import type { KnownObjects } from './labels/objects.ts'

/*
 * Which labels an event's line needs. What an event says is gone is only looked up in what is stored; what it says has changed is read anew.
 */

export const objectRef = (id: string): LabelRef => ({ type: 'object', id, parentId: '' })
export const listRef = (id: string): LabelRef => ({ type: 'list', id, parentId: '' })
export const recordRef = (objectId: string, id: string): LabelRef => ({ type: 'record', id, parentId: objectId })
export const noteRef = (id: string): LabelRef => ({ type: 'note', id, parentId: '' })
export const taskRef = (id: string): LabelRef => ({ type: 'task', id, parentId: '' })
export const meetingRef = (id: string): LabelRef => ({ type: 'meeting', id, parentId: '' })
export const recordingRef = (meetingId: string, id: string): LabelRef => ({ type: 'call-recording', id, parentId: meetingId })
export const attributeRef = (target: 'objects' | 'lists', parentId: string, id: string): LabelRef => ({
  type: 'attribute',
  id,
  parentId: `${target}/${parentId}`,
})

/** What is needed at first sight of an event received at `after`. */
export function firstWants(event: AttioEvent, after: Date): LabelRequest[] {
  return wantsOf(event).map(request => ({ ...request, after }))
}

function wantsOf(event: AttioEvent): LabelRequest[] {
  switch (event.event_type) {
    case 'record.created':
      return [objectRef(event.id.object_id), recordRef(event.id.object_id, event.id.record_id)]
    case 'record.updated':
      return [
        objectRef(event.id.object_id),
        recordRef(event.id.object_id, event.id.record_id),
        attributeRef('objects', event.id.object_id, event.id.attribute_id),
      ]
    case 'record.deleted':
      return [objectRef(event.id.object_id), { ...recordRef(event.id.object_id, event.id.record_id), storedOnly: true }]
    case 'record.merged':
      return [
        objectRef(event.id.object_id),
        recordRef(event.id.object_id, event.id.record_id),
        { ...recordRef(event.duplicate_object_id, event.duplicate_record_id), storedOnly: true },
      ]
    case 'list-entry.created':
    case 'list-entry.deleted':
      return [listRef(event.id.list_id), recordRef(event.parent_object_id, event.parent_record_id)]
    case 'list-entry.updated':
      return [
        listRef(event.id.list_id),
        recordRef(event.parent_object_id, event.parent_record_id),
        attributeRef('lists', event.id.list_id, event.id.attribute_id),
      ]
    case 'note.created':
    case 'note.updated':
      return [{ ...noteRef(event.id.note_id), refresh: true }, recordRef(event.parent_object_id, event.parent_record_id)]
    case 'note-content.updated':
      return [noteRef(event.id.note_id), recordRef(event.parent_object_id, event.parent_record_id)]
    case 'note.deleted':
      return [{ ...noteRef(event.id.note_id), storedOnly: true }, recordRef(event.parent_object_id, event.parent_record_id)]
    case 'comment.created':
    case 'comment.resolved':
    case 'comment.unresolved':
    case 'comment.deleted':
      return [...(event.list_id === null ? [] : [listRef(event.list_id)]), recordRef(event.object_id, event.record_id)]
    case 'task.created':
    case 'task.updated':
      return [{ ...taskRef(event.id.task_id), refresh: true }]
    case 'task.deleted':
      return [{ ...taskRef(event.id.task_id), storedOnly: true }]
    case 'call-recording.created':
      return [meetingRef(event.id.meeting_id), recordingRef(event.id.meeting_id, event.id.call_recording_id)]
    default:
      return []
  }
}

/** What is needed once the first labels are there: linked records with their objects, and a record whose name the event changed. */
export function secondWants(event: AttioEvent, after: Date, get: (ref: LabelRef) => Label, objects: KnownObjects): LabelRequest[] {
  switch (event.event_type) {
    case 'record.updated': {
      const attribute = get(attributeRef('objects', event.id.object_id, event.id.attribute_id))
      const record = recordRef(event.id.object_id, event.id.record_id)
      return isNaming(attribute) && !get(record).fresh ? [{ ...record, refresh: true, after }] : []
    }
    case 'task.created':
    case 'task.updated':
    case 'task.deleted':
      return linked(detailsOf(get(taskRef(event.id.task_id)), 'task'), objects)
    case 'call-recording.created':
      return linked(detailsOf(get(meetingRef(event.id.meeting_id)), 'meeting'), objects)
    default:
      return []
  }
}

function linked(details: { linked: { objectId: string; recordId: string }[] } | null, objects: KnownObjects): LabelRequest[] {
  return (details?.linked ?? []).flatMap(record => [
    recordRef(record.objectId, record.recordId),
    // By id or by slug: it brings every object.
    ...(objects.find(record.objectId) ? [] : [objectRef(record.objectId)]),
  ])
}
