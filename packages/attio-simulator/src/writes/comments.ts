import { events } from '../world/events.ts'
import { freshId } from '../world/ids.ts'
import type { Comment } from '../world/types.ts'
import type { WriteContext } from './context.ts'

export type NewComment = Pick<Comment, 'content' | 'objectId' | 'recordId' | 'entry'> & Partial<Comment>

/** A comment that starts a thread lends the thread its own id, as Attio's do. */
export function createComment(context: WriteContext, fields: NewComment): Comment {
  const now = context.now()
  const id = fields.id ?? freshId()
  const comment: Comment = { threadId: id, author: context.actor, resolvedAt: null, resolvedBy: null, createdAt: now, ...fields, id }
  context.workspace.comments.put(id, comment, now)
  context.emit(events.comment('comment.created', context, comment))
  return comment
}

/** Resolving and reopening have no public REST endpoint: people do it in Attio's own pages. */
export function setResolved(context: WriteContext, comment: Comment, resolved: boolean): Comment {
  const now = context.now()
  const updated: Comment = { ...comment, resolvedAt: resolved ? now : null, resolvedBy: resolved ? context.actor : null }
  context.workspace.comments.put(comment.id, updated, now)
  context.emit(events.comment(resolved ? 'comment.resolved' : 'comment.unresolved', context, comment))
  return updated
}

export function deleteComment(context: WriteContext, comment: Comment): void {
  context.workspace.comments.remove(comment.id, context.now())
  context.emit(events.comment('comment.deleted', context, comment))
}
