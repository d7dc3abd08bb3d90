import { z } from 'zod'
import { authorOf, commentBody, commentPlace } from '../api/v2/comments.ts'
import type { Comment } from '../world/types.ts'
import { createComment, setResolved } from '../writes/comments.ts'
import type { WriteContext } from '../writes/context.ts'

const changes = z.strictObject({ content: z.string().optional(), resolved: z.boolean().optional() })

/** Comments put by the control API: made as Attio's POST makes them; later their text or whether they are resolved. */
export const putComment = {
  create(context: WriteContext, id: string, body: unknown): void {
    const fields = commentBody.parse(body)
    const author = authorOf(context.workspace, fields.author.id)
    createComment({ ...context, actor: author }, { ...commentPlace(context.workspace, fields), content: fields.content, author, id })
  },
  change(context: WriteContext, row: Comment, body: unknown): void {
    const { content, resolved } = changes.parse(body)
    const changed = { ...row, content: content ?? row.content }
    context.workspace.comments.put(row.id, changed, context.now())
    if (resolved !== undefined && resolved !== (row.resolvedAt !== null)) setResolved(context, changed, resolved)
  },
}
