import { z } from 'zod'
import { nanoTime } from '../../world/time.ts'
import type { Actor, Comment } from '../../world/types.ts'
import { requireList, requireObject, requireRecord, type Workspace } from '../../world/workspace.ts'
import { createComment, deleteComment, type NewComment } from '../../writes/comments.ts'
import { invalid, notFound } from '../errors.ts'
import { page, text } from '../paging.ts'
import { type Call, dataOf, type RouteTable } from '../route.ts'

export const commentOutput = (workspace: Workspace, comment: Comment) => ({
  id: { workspace_id: workspace.id, comment_id: comment.id },
  thread_id: comment.threadId,
  created_at: nanoTime(comment.createdAt),
  resolved_at: comment.resolvedAt === null ? null : nanoTime(comment.resolvedAt),
  record: { record_id: comment.recordId, object_id: comment.objectId },
  entry: comment.entry === null ? null : { entry_id: comment.entry.entryId, list_id: comment.entry.listId },
  content_plaintext: comment.content,
  resolved_by: comment.resolvedBy,
  author: comment.author,
})

const author = z.object({ type: z.literal('workspace-member'), id: z.string() })
const common = { format: z.literal('plaintext').default('plaintext'), content: z.string(), author }
export const commentBody = z.union([
  z.object({ ...common, thread_id: z.string() }),
  z.object({ ...common, record: z.object({ object: z.string(), record_id: z.string() }) }),
  z.object({ ...common, entry: z.object({ list: z.string(), entry_id: z.string() }) }),
])

/** Where a comment hangs: on a thread, a record, or a list entry (whose record it then names too). */
export function commentPlace(workspace: Workspace, given: z.output<typeof commentBody>): Omit<NewComment, 'content'> {
  if ('thread_id' in given) {
    const first = workspace.comments.all().find(comment => comment.threadId === given.thread_id)
    if (first === undefined) throw invalid('The referenced Thread could not be found, it might have been deleted.', 'value_not_found')
    return { threadId: first.threadId, objectId: first.objectId, recordId: first.recordId, entry: first.entry }
  }
  if ('record' in given) {
    const object = requireObject(workspace, given.record.object)
    return { objectId: object.id, recordId: requireRecord(workspace, object.id, given.record.record_id).id, entry: null }
  }
  const list = requireList(workspace, given.entry.list)
  const entry = workspace.entries.get(given.entry.entry_id)
  if (entry === undefined || entry.listId !== list.id) throw invalid('The referenced entry could not be found.', 'value_not_found')
  return { objectId: entry.objectId, recordId: entry.recordId, entry: { listId: list.id, entryId: entry.id } }
}

export function authorOf(workspace: Workspace, id: string): Actor {
  if (workspace.members.get(id) === undefined) throw invalid(`Workspace member with ID "${id}" not found.`, 'value_not_found')
  return { type: 'workspace-member', id }
}

interface Thread {
  id: string
  comments: Comment[]
}

const threads = (workspace: Workspace, at: number): Thread[] => {
  const found = new Map<string, Comment[]>()
  for (const comment of workspace.comments.all(at)) found.set(comment.threadId, [...(found.get(comment.threadId) ?? []), comment])
  return [...found].map(([id, comments]) => ({ id, comments }))
}

const threadOutput = (workspace: Workspace, thread: Thread) => ({
  id: { workspace_id: workspace.id, thread_id: thread.id },
  comments: thread.comments.map(comment => commentOutput(workspace, comment)),
  created_at: nanoTime(Math.min(...thread.comments.map(comment => comment.createdAt))),
})

const commentOf = ({ workspace, params }: Call, missing: string, at?: number): Comment => {
  const comment = workspace.comments.get(params.comment ?? '', at)
  if (comment === undefined) throw notFound(missing)
  return comment
}

export function commentRoutes(routes: RouteTable): void {
  routes.get('/comments/:comment', { scopes: ['comment:read'] }, call => ({
    data: commentOutput(call.workspace, commentOf(call, `Comment with ID "${call.params.comment}" was not found.`, call.at)),
  }))
  routes.post('/comments', { scopes: ['comment:read-write'], statusKey: 'statusCode' }, ({ workspace, body, writer }) => {
    const given = body(dataOf(commentBody)).data
    const place = commentPlace(workspace, given)
    const comment = createComment(writer, { ...place, content: given.content, author: authorOf(workspace, given.author.id) })
    return { data: commentOutput(workspace, comment) }
  })
  routes.delete('/comments/:comment', { scopes: ['comment:read-write'] }, call => {
    deleteComment(call.writer, commentOf(call, `Could not find Comment with ID "${call.params.comment}".`))
    return {}
  })
  routes.get('/threads', { scopes: ['comment:read'] }, ({ workspace, query, at }) => {
    const [recordId, entryId] = [text(query, 'record_id'), text(query, 'entry_id')]
    const found = threads(workspace, at).filter(({ comments }) =>
      comments.some(
        comment =>
          (recordId === undefined || (comment.recordId === recordId && comment.entry === null)) &&
          (entryId === undefined || comment.entry?.entryId === entryId),
      ),
    )
    return { data: page(found, query, { standard: 10, most: 50 }).map(thread => threadOutput(workspace, thread)) }
  })
  routes.get('/threads/:thread', { scopes: ['comment:read'] }, ({ workspace, params, at }) => {
    const thread = threads(workspace, at).find(({ id }) => id === params.thread)
    if (thread === undefined) throw notFound(`Thread with ID "${params.thread}" was not found.`)
    return { data: threadOutput(workspace, thread) }
  })
}
