import { z } from 'zod'
import { actor, attioId, inData, moment, optionalText } from '../attio-fields.ts'
import type { CallOptions, Send } from '../transport.ts'

/** A note without its body, which is never read. */
const note = z.object({
  id: z.object({ workspace_id: attioId, note_id: attioId }),
  title: optionalText,
  /** Slug of the parent record's object. */
  parent_object: optionalText,
  parent_record_id: attioId,
  meeting_id: optionalText,
  created_by_actor: actor,
  created_at: moment,
})
export type NoteReply = z.infer<typeof note>

const scopes = ['note:read', 'object_configuration:read', 'record_permission:read']

export function noteCalls(send: Send) {
  return {
    getNote: (noteId: string, options?: CallOptions) =>
      send({ method: 'GET', path: '/v2/notes/{note_id}', params: { note_id: noteId }, schema: inData(note), scopes }, options),
  }
}
