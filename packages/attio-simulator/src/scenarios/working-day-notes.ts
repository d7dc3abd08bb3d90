import { createComment, deleteComment, setResolved } from '../writes/comments.ts'
import type { WriteContext } from '../writes/context.ts'
import { createNote, deleteNote, updateNote } from '../writes/notes.ts'
import { idsOf, type Play, still } from './play.ts'
import type { Cast } from './working-day-records.ts'

const onRecord = (context: WriteContext, recordId: string) => {
  const record = still(context.workspace.records.get(recordId), 'A record')
  return { objectId: record.objectId, recordId: record.id }
}

export const write = (recordId: string, title: string, content: string) => (context: WriteContext) =>
  idsOf.note(createNote(context, { ...onRecord(context, recordId), title, content }))

export const rewrite = (noteId: string, changes: { title?: string; content?: string }) => (context: WriteContext) =>
  idsOf.note(updateNote(context, still(context.workspace.notes.get(noteId), 'A note'), changes))

export const comment = (recordId: string, content: string, entryId?: string) => (context: WriteContext) => {
  const entry = entryId === undefined ? undefined : still(context.workspace.entries.get(entryId), 'An entry')
  const on = entry === undefined ? null : { listId: entry.listId, entryId: entry.id }
  return idsOf.comment(createComment(context, { ...onRecord(context, recordId), content, entry: on }))
}

export const resolve = (commentId: string, resolved: boolean) => (context: WriteContext) =>
  idsOf.comment(setResolved(context, still(context.workspace.comments.get(commentId), 'A comment'), resolved))

/** Notes are written, renamed, edited by others and thrown away; comments are answered for on a record and on a list entry. */
export async function notesAndTalk(play: Play, cast: Cast, { acmeEntry }: { acmeEntry: string }): Promise<void> {
  const { note_id: review } = await play.step('write-review', 'ada', write(cast.acme, 'Q2 Review', 'They grow by a third.'))
  await play.step('rename-review', 'ada', rewrite(review, { title: 'Q2 Business Review' }))
  await play.step('edit-review', 'ada', rewrite(review, { content: 'They grow by a third. Budget is agreed.' }))
  await play.step('edit-review-by-grace', 'grace', rewrite(review, { content: 'They grow by a third. Budget is agreed. Legal is next.' }))
  const { note_id: scratch } = await play.step('write-scratch-note', 'edsger', write(cast.initech, 'Scratch', 'To be thrown away.'))
  await play.step('delete-scratch-note', 'edsger', context => {
    const note = still(context.workspace.notes.get(scratch), 'A note')
    deleteNote(context, note)
    return idsOf.note(note)
  })
  await play.step('write-note-by-contractor', 'mary', write(cast.initech, 'Site visit', 'Friendly people.'))

  const { comment_id: question } = await play.step('comment-on-acme', 'grace', comment(cast.acme, 'Who signs for them?'))
  const { comment_id: onEntry } = await play.step('comment-on-entry', 'katherine', comment(cast.acme, 'Hot indeed.', acmeEntry))
  await play.step('resolve-comment', 'ada', resolve(question, true))
  await play.step('reopen-comment', 'grace', resolve(question, false))
  await play.step('delete-comment-on-entry', 'katherine', context => {
    const row = still(context.workspace.comments.get(onEntry), 'A comment')
    deleteComment(context, row)
    return idsOf.comment(row)
  })
}
