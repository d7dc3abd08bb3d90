import type { Actor, Comment, Entry, Note } from './types.ts'
import type { Workspace } from './workspace.ts'

/** One entry of a delivery's `events`, with Attio's keys for its type. */
export interface AttioEvent {
  event_type: string
  id: Record<string, string>
  actor: Actor
  [key: string]: unknown
}

type About = { workspace: Workspace; actor: Actor }

const event = (type: string, about: About, ids: Record<string, string>, more: Record<string, unknown> = {}): AttioEvent => ({
  event_type: type,
  id: { workspace_id: about.workspace.id, ...ids },
  ...more,
  actor: about.actor,
})

/** Builders of the event payloads: one per family, since Attio's families differ in their keys. */
export const events = {
  record: (type: 'record.created' | 'record.deleted', about: About, record: { objectId: string; id: string }) =>
    event(type, about, { object_id: record.objectId, record_id: record.id }),

  recordUpdated: (about: About, record: { objectId: string; id: string }, attributeId: string) =>
    event('record.updated', about, { object_id: record.objectId, record_id: record.id, attribute_id: attributeId }),

  recordMerged: (about: About, record: { objectId: string; id: string }, duplicateId: string) =>
    event(
      'record.merged',
      about,
      { object_id: record.objectId, record_id: record.id },
      { duplicate_object_id: record.objectId, duplicate_record_id: duplicateId },
    ),

  entry: (type: 'list-entry.created' | 'list-entry.deleted', about: About, entry: Entry) =>
    event(type, about, { list_id: entry.listId, entry_id: entry.id }, parent(entry)),

  entryUpdated: (about: About, entry: Entry, attributeId: string) =>
    event('list-entry.updated', about, { list_id: entry.listId, entry_id: entry.id, attribute_id: attributeId }, parent(entry)),

  note: (type: 'note.created' | 'note.updated' | 'note.deleted' | 'note-content.updated', about: About, note: Note) =>
    event(type, about, { note_id: note.id }, parent(note)),

  task: (type: 'task.created' | 'task.updated' | 'task.deleted', about: About, taskId: string) => event(type, about, { task_id: taskId }),

  comment: (type: 'comment.created' | 'comment.resolved' | 'comment.unresolved' | 'comment.deleted', about: About, comment: Comment) =>
    event(
      type,
      about,
      { comment_id: comment.id },
      {
        thread_id: comment.threadId,
        object_id: comment.objectId,
        record_id: comment.recordId,
        list_id: comment.entry?.listId ?? null,
        entry_id: comment.entry?.entryId ?? null,
      },
    ),

  list: (type: 'list.created' | 'list.updated' | 'list.deleted', about: About, listId: string) => event(type, about, { list_id: listId }),

  attribute: (action: 'created' | 'updated', about: About, attribute: { target: 'objects' | 'lists'; parentId: string; id: string }) =>
    attribute.target === 'objects'
      ? event(`object-attribute.${action}`, about, { object_id: attribute.parentId, attribute_id: attribute.id })
      : event(`list-attribute.${action}`, about, { list_id: attribute.parentId, attribute_id: attribute.id }),

  memberCreated: (about: About, memberId: string) => event('workspace-member.created', about, { workspace_member_id: memberId }),

  callRecordingCreated: (about: About, recording: { meetingId: string; id: string }) =>
    event('call-recording.created', about, { meeting_id: recording.meetingId, call_recording_id: recording.id }),
}

const parent = (on: { objectId: string; recordId: string }) => ({ parent_object_id: on.objectId, parent_record_id: on.recordId })
