import { z } from 'zod'
import { attioId, inData, optionalText } from '../attio-fields.ts'
import type { CallOptions, Send } from '../transport.ts'

/** A workspace member. Attio never deletes one: whoever leaves is `suspended`. */
const member = z.object({
  id: z.object({ workspace_id: attioId, workspace_member_id: attioId }),
  first_name: optionalText,
  last_name: optionalText,
  email_address: optionalText,
  avatar_url: optionalText,
  /** `admin`, `member` or `suspended`. */
  access_level: optionalText,
})
export type MemberReply = z.infer<typeof member>

const scopes = ['user_management:read']

export function memberCalls(send: Send) {
  return {
    listMembers: (options?: CallOptions) =>
      send({ method: 'GET', path: '/v2/workspace_members', schema: inData(z.array(member)), scopes }, options),
    getMember: (memberId: string, options?: CallOptions) =>
      send(
        {
          method: 'GET',
          path: '/v2/workspace_members/{workspace_member_id}',
          params: { workspace_member_id: memberId },
          schema: inData(member),
          scopes,
        },
        options,
      ),
  }
}
