import { z } from 'zod'
import { attributeOutput } from '../api/v2/attributes.ts'
import { commentOutput } from '../api/v2/comments.ts'
import { entryOutput } from '../api/v2/entries.ts'
import { listBody, listChanges, listFields, listOutput } from '../api/v2/lists.ts'
import { meetingBody, meetingFields, meetingOutput, recordingOutput } from '../api/v2/meetings.ts'
import { memberOutput } from '../api/v2/members.ts'
import { noteOutput } from '../api/v2/notes.ts'
import { objectOutput } from '../api/v2/objects.ts'
import { recordOutput } from '../api/v2/records.ts'
import { taskChanges, taskFields, taskOutput } from '../api/v2/tasks.ts'
import type { Table } from '../world/table.ts'
import { requireList, requireObject, type Workspace } from '../world/workspace.ts'
import { createAttribute, updateAttribute } from '../writes/attributes.ts'
import { deleteComment } from '../writes/comments.ts'
import type { WriteContext } from '../writes/context.ts'
import { createEntry, deleteEntry, updateEntry } from '../writes/entries.ts'
import { createList, deleteList, updateList } from '../writes/lists.ts'
import { createCallRecording, createMeeting } from '../writes/meetings.ts'
import { createMember } from '../writes/members.ts'
import { createNote, deleteNote, updateNote } from '../writes/notes.ts'
import { createRecord, deleteRecord, updateRecord } from '../writes/records.ts'
import { createTask, deleteTask, updateTask } from '../writes/tasks.ts'
import {
  attribute,
  attributeChanges,
  entry,
  member,
  memberChanges,
  memberFields,
  note,
  noteChanges,
  object,
  record,
  recording,
  values,
} from './collection-bodies.ts'
import { putComment } from './put-comment.ts'

/** How the control API reads, puts and removes rows of one kind. `put` makes the row if there is none with that id. */
export interface Collection {
  get(workspace: Workspace, id: string, at: number): unknown
  ids(workspace: Workspace): string[]
  put(context: WriteContext, id: string, body: unknown): void
  remove(context: WriteContext, id: string): boolean
}

function collection<T extends { id: string }>(spec: {
  table: (workspace: Workspace) => Table<T>
  output: (workspace: Workspace, row: T, at: number) => unknown
  create: (context: WriteContext, id: string, body: unknown) => void
  change: (context: WriteContext, row: T, body: unknown) => void
  /** Without it the row is taken out and no event exists for that. */
  remove?: (context: WriteContext, row: T) => void
}): Collection {
  return {
    get(workspace, id, at) {
      const row = spec.table(workspace).get(id)
      return row === undefined ? undefined : spec.output(workspace, row, at)
    },
    ids: workspace =>
      spec
        .table(workspace)
        .all()
        .map(row => row.id),
    put(context, id, body) {
      const row = spec.table(context.workspace).get(id)
      if (row === undefined) spec.create(context, id, body)
      else spec.change(context, row, body)
    },
    remove(context, id) {
      const row = spec.table(context.workspace).get(id)
      if (row === undefined) return false
      if (spec.remove === undefined) spec.table(context.workspace).remove(id, context.now())
      else spec.remove(context, row)
      return true
    },
  }
}

export const collections: Record<string, Collection> = {
  records: collection({
    table: workspace => workspace.records,
    output: recordOutput,
    create(context, id, body) {
      const { object: slug, values: input } = record.parse(body)
      createRecord(context, requireObject(context.workspace, slug), input, id)
    },
    change: (context, row, body) =>
      void updateRecord(context, row, z.strictObject({ object: z.string().optional(), values }).parse(body).values, 'overwrite', true),
    remove: deleteRecord,
  }),
  notes: collection({
    table: workspace => workspace.notes,
    output: noteOutput,
    create(context, id, body) {
      const { parent_object, parent_record_id, title, content } = note.parse(body)
      createNote(context, { id, objectId: requireObject(context.workspace, parent_object).id, recordId: parent_record_id, title, content })
    },
    change: (context, row, body) => void updateNote(context, row, noteChanges.parse(body)),
    remove: deleteNote,
  }),
  tasks: collection({
    table: workspace => workspace.tasks,
    output: taskOutput,
    create(context, id, body) {
      const fields = taskChanges.required({ content: true }).parse(body)
      createTask(context, { content: fields.content, ...taskFields(context.workspace, fields), id })
    },
    change: (context, row, body) => void updateTask(context, row, taskFields(context.workspace, taskChanges.parse(body))),
    remove: deleteTask,
  }),
  members: collection({
    table: workspace => workspace.members,
    output: memberOutput,
    create(context, id, body) {
      const fields = member.partial({ avatar_url: true, access_level: true }).parse(body)
      createMember(context, {
        firstName: fields.first_name,
        lastName: fields.last_name,
        email: fields.email_address,
        ...memberFields(fields),
        id,
      })
    },
    change(context, row, body) {
      context.workspace.members.put(row.id, { ...row, ...memberFields(memberChanges.parse(body)) }, context.now())
    },
  }),
  comments: collection({
    table: workspace => workspace.comments,
    output: commentOutput,
    create: putComment.create,
    change: putComment.change,
    remove: deleteComment,
  }),
  lists: collection({
    table: workspace => workspace.lists,
    output: listOutput,
    create(context, id, body) {
      const fields = listBody.partial({ workspace_access: true, workspace_member_access: true }).parse(body)
      const parents = [fields.parent_object].flat().map(slug => requireObject(context.workspace, slug).slug)
      createList(context, { name: fields.name, slug: fields.api_slug, parentObjects: parents, ...listFields(fields), id })
    },
    change: (context, row, body) => void updateList(context, row, listFields(listChanges.parse(body))),
    remove: deleteList,
  }),
  entries: collection({
    table: workspace => workspace.entries,
    output: entryOutput,
    create(context, id, body) {
      const { list, parent_object, parent_record_id, entry_values } = entry.parse(body)
      const object = requireObject(context.workspace, parent_object)
      const parent = context.workspace.records.get(parent_record_id)
      if (parent === undefined || parent.objectId !== object.id)
        throw new z.ZodError([{ code: 'custom', path: ['parent_record_id'], message: 'no such record', input: parent_record_id }])
      createEntry(context, requireList(context.workspace, list), parent, entry_values, id)
    },
    change: (context, row, body) =>
      void updateEntry(context, row, z.object({ entry_values: values }).parse(body).entry_values, 'overwrite'),
    remove: deleteEntry,
  }),
  meetings: collection({
    table: workspace => workspace.meetings,
    output: meetingOutput,
    create: (context, id, body) => void createMeeting(context, { id, ...meetingFields(context.workspace, meetingBody.parse(body)) }),
    change: (context, row, body) =>
      context.workspace.meetings.put(row.id, { ...row, ...meetingFields(context.workspace, meetingBody.parse(body)) }, context.now()),
  }),
  'call-recordings': collection({
    table: workspace => workspace.recordings,
    output: recordingOutput,
    create(context, id, body) {
      const { meeting_id, status } = recording.parse(body)
      createCallRecording(context, { id, meetingId: meeting_id, status })
    },
    change: (context, row, body) =>
      context.workspace.recordings.put(row.id, { ...row, status: recording.pick({ status: true }).parse(body).status }, context.now()),
  }),
  attributes: collection({
    table: workspace => workspace.attributes,
    output: attributeOutput,
    create(context, id, body) {
      const fields = attribute.parse(body)
      const parent =
        fields.target === 'objects' ? requireObject(context.workspace, fields.parent) : requireList(context.workspace, fields.parent)
      createAttribute(context, {
        id,
        target: fields.target,
        parentId: parent.id,
        slug: fields.api_slug,
        title: fields.title,
        type: fields.type,
        multiselect: fields.is_multiselect,
      })
    },
    change(context, row, body) {
      const fields = attributeChanges.parse(body)
      updateAttribute(context, row, {
        title: fields.title ?? row.title,
        slug: fields.api_slug ?? row.slug,
        archived: fields.is_archived ?? row.archived,
      })
    },
  }),
  objects: collection({
    table: workspace => workspace.objects,
    output: objectOutput,
    create(context, id, body) {
      const fields = object.parse(body)
      const now = context.now()
      context.workspace.objects.put(
        id,
        { id, slug: fields.api_slug, singular: fields.singular_noun, plural: fields.plural_noun, createdAt: now },
        now,
      )
    },
    change(context, row, body) {
      const fields = object.partial().parse(body)
      const changed = {
        ...row,
        slug: fields.api_slug ?? row.slug,
        singular: fields.singular_noun ?? row.singular,
        plural: fields.plural_noun ?? row.plural,
      }
      context.workspace.objects.put(row.id, changed, context.now())
    },
  }),
}
