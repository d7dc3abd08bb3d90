import { z } from 'zod'
import { attioId, optionalText } from '../attio-fields.ts'
import type { CallOptions, Send } from '../transport.ts'

/**
 * What a token may do, for which workspace, and who allowed it. A token that is revoked or unknown is `{ active: false }`, and Attio
 * says so with status 200. `scope` is separated by spaces.
 */
export const self = z.union([
  z.object({
    active: z.literal(true),
    scope: z.string(),
    client_id: optionalText,
    workspace_id: attioId,
    workspace_name: z.string(),
    workspace_slug: optionalText,
    workspace_logo_url: optionalText,
    /** Absent for tokens of Attio's own apps. */
    authorized_by_workspace_member_id: optionalText,
  }),
  z.object({ active: z.literal(false) }),
])
export type SelfReply = z.infer<typeof self>

export function selfCalls(send: Send) {
  return {
    self: (options?: CallOptions) => send({ method: 'GET', path: '/v2/self', schema: self }, options),
  }
}
