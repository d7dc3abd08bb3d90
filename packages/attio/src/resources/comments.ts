import { z } from 'zod'
import { actor, attioId, inData, moment } from '../attio-fields.ts'
import type { CallOptions, Send } from '../transport.ts'

/** A comment without its text, which is never read. The comment that opens a thread gives the thread its id. */
const comment = z.object({
  id: z.object({ workspace_id: attioId, comment_id: attioId }),
  thread_id: attioId,
  record: z.object({ object_id: attioId, record_id: attioId }).nullable().catch(null),
  /** The list entry it hangs on; null when it is on the record itself. */
  entry: z.object({ list_id: attioId, entry_id: attioId }).nullable().catch(null),
  author: actor,
  resolved_at: moment,
  resolved_by: actor.nullable().catch(null),
  created_at: moment,
})
export type CommentReply = z.infer<typeof comment>

const thread = z.object({
  id: z.object({ workspace_id: attioId, thread_id: attioId }),
  comments: z.array(comment),
  created_at: moment,
})
export type ThreadReply = z.infer<typeof thread>

const scopes = ['comment:read']

export function commentCalls(send: Send) {
  return {
    getComment: (commentId: string, options?: CallOptions) =>
      send(
        { method: 'GET', path: '/v2/comments/{comment_id}', params: { comment_id: commentId }, schema: inData(comment), scopes },
        options,
      ),
    getThread: (threadId: string, options?: CallOptions) =>
      send({ method: 'GET', path: '/v2/threads/{thread_id}', params: { thread_id: threadId }, schema: inData(thread), scopes }, options),
  }
}
