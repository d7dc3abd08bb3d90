import { z } from 'zod'
import { actor, attioId, inData, optionalText } from '../attio-fields.ts'
import type { CallOptions, Send } from '../transport.ts'

const list = z.object({
  id: z.object({ workspace_id: attioId, list_id: attioId }),
  api_slug: optionalText,
  name: optionalText,
  /** Slugs of the objects whose records it holds. */
  parent_object: z.union([z.array(z.string()), z.string().transform(slug => [slug])]).catch([]),
  /** What every member may do with it. Null is a private list, and so is an answer that does not say. */
  workspace_access: optionalText,
  created_by_actor: actor,
})
export type ListReply = z.infer<typeof list>

const scopes = ['list_configuration:read']

export function listCalls(send: Send) {
  return {
    listLists: (options?: CallOptions) => send({ method: 'GET', path: '/v2/lists', schema: inData(z.array(list)), scopes }, options),
    getList: (listId: string, options?: CallOptions) =>
      send({ method: 'GET', path: '/v2/lists/{list}', params: { list: listId }, schema: inData(list), scopes }, options),
  }
}
