import { z } from 'zod'
import { actor, attioId } from '../attio-fields.ts'

// Shapes of https://docs.attio.com/rest-api/webhook-reference. An event has no time, no values and no names: only ids.

const nullableId = attioId.nullable().default(null)
const workspace = { workspace_id: attioId }
const record = { ...workspace, object_id: attioId, record_id: attioId }
const entry = { ...workspace, list_id: attioId, entry_id: attioId }
const parent = { parent_object_id: attioId, parent_record_id: attioId }

const recordEvent = z.object({ event_type: z.literal(['record.created', 'record.deleted']), id: z.object(record), actor })

/** One event for each changed attribute. */
const recordUpdatedEvent = z.object({
  event_type: z.literal('record.updated'),
  id: z.object({ ...record, attribute_id: attioId }),
  actor,
})

/** `id.record_id` is the resulting record; each merge is told by one event for each original, named by the duplicate ids. */
const recordMergedEvent = z.object({
  event_type: z.literal('record.merged'),
  id: z.object(record),
  duplicate_object_id: attioId,
  duplicate_record_id: attioId,
  actor,
})

const listEntryEvent = z.object({
  event_type: z.literal(['list-entry.created', 'list-entry.deleted']),
  id: z.object(entry),
  ...parent,
  actor,
})

/** One event for each changed attribute. */
const listEntryUpdatedEvent = z.object({
  event_type: z.literal('list-entry.updated'),
  id: z.object({ ...entry, attribute_id: attioId }),
  ...parent,
  actor,
})

/** `note.updated` is a new title, `note-content.updated` a new body. */
const noteEvent = z.object({
  event_type: z.literal(['note.created', 'note.updated', 'note-content.updated', 'note.deleted']),
  id: z.object({ ...workspace, note_id: attioId }),
  ...parent,
  actor,
})

/** Says neither what changed nor which records the task is linked to. */
const taskEvent = z.object({
  event_type: z.literal(['task.created', 'task.updated', 'task.deleted']),
  id: z.object({ ...workspace, task_id: attioId }),
  actor,
})

/** `list_id` and `entry_id` are null unless the comment hangs on a list entry. */
const commentEvent = z.object({
  event_type: z.literal(['comment.created', 'comment.resolved', 'comment.unresolved', 'comment.deleted']),
  id: z.object({ ...workspace, comment_id: attioId }),
  thread_id: attioId,
  object_id: attioId,
  record_id: attioId,
  list_id: nullableId,
  entry_id: nullableId,
  actor,
})

const callRecordingEvent = z.object({
  event_type: z.literal('call-recording.created'),
  id: z.object({ ...workspace, meeting_id: attioId, call_recording_id: attioId }),
  actor,
})

const listEvent = z.object({
  event_type: z.literal(['list.created', 'list.updated', 'list.deleted']),
  id: z.object({ ...workspace, list_id: attioId }),
  actor,
})

const objectAttributeEvent = z.object({
  event_type: z.literal(['object-attribute.created', 'object-attribute.updated']),
  id: z.object({ ...workspace, object_id: attioId, attribute_id: attioId }),
  actor,
})

const listAttributeEvent = z.object({
  event_type: z.literal(['list-attribute.created', 'list-attribute.updated']),
  id: z.object({ ...workspace, list_id: attioId, attribute_id: attioId }),
  actor,
})

const memberEvent = z.object({
  event_type: z.literal('workspace-member.created'),
  id: z.object({ ...workspace, workspace_member_id: attioId }),
  actor,
})

/** Every stable event type of Attio's, told apart by `event_type`. Fields we do not know are left out. */
export const attioEvent = z.discriminatedUnion('event_type', [
  recordEvent,
  recordUpdatedEvent,
  recordMergedEvent,
  listEntryEvent,
  listEntryUpdatedEvent,
  noteEvent,
  taskEvent,
  commentEvent,
  callRecordingEvent,
  listEvent,
  objectAttributeEvent,
  listAttributeEvent,
  memberEvent,
])

export type AttioEvent = z.infer<typeof attioEvent>
export type AttioEventType = AttioEvent['event_type']
export type RecordEvent = z.infer<typeof recordEvent>
export type RecordUpdatedEvent = z.infer<typeof recordUpdatedEvent>
export type RecordMergedEvent = z.infer<typeof recordMergedEvent>
export type ListEntryEvent = z.infer<typeof listEntryEvent>
export type ListEntryUpdatedEvent = z.infer<typeof listEntryUpdatedEvent>
export type NoteEvent = z.infer<typeof noteEvent>
export type TaskEvent = z.infer<typeof taskEvent>
export type CommentEvent = z.infer<typeof commentEvent>
export type CallRecordingEvent = z.infer<typeof callRecordingEvent>
export type ListEvent = z.infer<typeof listEvent>
export type ObjectAttributeEvent = z.infer<typeof objectAttributeEvent>
export type ListAttributeEvent = z.infer<typeof listAttributeEvent>
export type AttributeEvent = ObjectAttributeEvent | ListAttributeEvent
export type MemberEvent = z.infer<typeof memberEvent>
