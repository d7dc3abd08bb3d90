import { events } from '../world/events.ts'
import { freshId } from '../world/ids.ts'
import type { Note } from '../world/types.ts'
import type { WriteContext } from './context.ts'

export type NewNote = Pick<Note, 'objectId' | 'recordId' | 'title' | 'content'> & Partial<Note>

export function createNote(context: WriteContext, fields: NewNote): Note {
  const now = context.now()
  const note: Note = { id: freshId(), meetingId: null, createdBy: context.actor, createdAt: now, ...fields }
  context.workspace.notes.put(note.id, note, now)
  context.emit(events.note('note.created', context, note))
  return note
}

/** A new title fires note.updated, a new body note-content.updated, each only if it really differs. */
export function updateNote(context: WriteContext, note: Note, changes: { title?: string | undefined; content?: string | undefined }): Note {
  const updated = { ...note, title: changes.title ?? note.title, content: changes.content ?? note.content }
  context.workspace.notes.put(note.id, updated, context.now())
  if (updated.title !== note.title) context.emit(events.note('note.updated', context, note))
  if (updated.content !== note.content) context.emit(events.note('note-content.updated', context, note))
  return updated
}

export function deleteNote(context: WriteContext, note: Note): void {
  context.workspace.notes.remove(note.id, context.now())
  context.emit(events.note('note.deleted', context, note))
}
