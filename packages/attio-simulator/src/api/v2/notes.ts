import { z } from 'zod'
import { nanoTime } from '../../world/time.ts'
import type { Note } from '../../world/types.ts'
import { requireObject, requireRecord, type Workspace } from '../../world/workspace.ts'
import { createNote, deleteNote, updateNote } from '../../writes/notes.ts'
import { notFound } from '../errors.ts'
import { page, text } from '../paging.ts'
import { type Call, dataOf, type RouteTable } from '../route.ts'

export const noteOutput = (workspace: Workspace, note: Note) => ({
  id: { workspace_id: workspace.id, note_id: note.id },
  parent_object: workspace.objects.get(note.objectId)?.slug ?? note.objectId,
  parent_record_id: note.recordId,
  title: note.title,
  meeting_id: note.meetingId,
  content_plaintext: note.content,
  content_markdown: note.content,
  tags: [],
  created_by_actor: note.createdBy,
  created_at: nanoTime(note.createdAt),
})

const newNote = z.object({
  parent_object: z.string(),
  parent_record_id: z.string(),
  title: z.string(),
  format: z.enum(['plaintext', 'markdown']).default('plaintext'),
  content: z.string(),
  meeting_id: z.string().nullable().default(null),
})
const noteChanges = z.object({ title: z.string(), content: z.string() }).partial()

const base = ['object_configuration:read', 'record_permission:read']
const reading = ['note:read', ...base]
const writing = ['note:read-write', ...base]

const noteOf = ({ workspace, params }: Call, at?: number): Note => {
  const note = workspace.notes.get(params.note ?? '', at)
  if (note === undefined) throw notFound(`Note with ID "${params.note}" was not found.`)
  return note
}

export function noteRoutes(routes: RouteTable): void {
  routes.get('/notes', { scopes: reading }, ({ workspace, query, at }) => {
    const object = text(query, 'parent_object')
    const objectId = object === undefined ? undefined : requireObject(workspace, object, at).id
    const recordId = text(query, 'parent_record_id')
    const found = workspace.notes
      .all(at)
      .filter(note => (objectId === undefined || note.objectId === objectId) && (recordId === undefined || note.recordId === recordId))
    return { data: page(found, query, { standard: 10, most: 50 }).map(note => noteOutput(workspace, note)) }
  })
  routes.get('/notes/:note', { scopes: reading }, call => ({ data: noteOutput(call.workspace, noteOf(call, call.at)) }))
  routes.post('/notes', { scopes: writing }, ({ workspace, body, writer }) => {
    const { parent_object, parent_record_id, title, content, meeting_id } = body(dataOf(newNote)).data
    const object = requireObject(workspace, parent_object)
    const record = requireRecord(workspace, object.id, parent_record_id)
    const note = createNote(writer, { objectId: object.id, recordId: record.id, title, content, meetingId: meeting_id })
    return { data: noteOutput(workspace, note) }
  })
  // Attio has no public endpoint for it; people edit notes in its own pages, and this stands for that.
  routes.patch('/notes/:note', { scopes: ['note:read-write'] }, call => ({
    data: noteOutput(call.workspace, updateNote(call.writer, noteOf(call), call.body(dataOf(noteChanges)).data)),
  }))
  routes.delete('/notes/:note', { scopes: ['note:read-write'] }, call => {
    deleteNote(call.writer, noteOf(call))
    return {}
  })
}
