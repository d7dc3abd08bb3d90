import { type AuditAction, countHiddenByMember, type Mapping, mapMember, selectMember } from '@worksights/database'
import { z } from 'zod'
import { defineRoute } from '../http/define-route.ts'
import { notFound } from '../http/problems.ts'
import { plainText } from '../http/query-fields.ts'
import { connectionOfMember, exampleMember, memberForm, toMemberForm } from './member-form.ts'

const actions: Record<Mapping, AuditAction> = {
  manual: 'member.mapped',
  none: 'member.unmapped',
  excluded: 'member.excluded',
  auto: 'member.followed',
}

export const mapMemberRoute = defineRoute({
  method: 'patch',
  path: '/v1/integrations/attio/members/{id}',
  tag: 'Attio',
  role: 'admin',
  summary: 'Map, unmap or exclude a member',
  description: [
    'Everything the member did shows, or is hidden, at once in list, detail and export, and open streams get a `reset`. No sync changes it back.',
    '',
    '- `manual` with `user_id`: the member is that user, whatever the e-mails say.',
    '- `none`: unmapped; hidden, and counted as hidden.',
    '- `excluded`: never shown, not counted, and not named as a participant.',
    '- `auto`: by e-mail again.',
  ].join('\n'),
  params: z.strictObject({ id: plainText(200).meta({ description: 'The member, by Attio’s id.' }) }),
  query: z.strictObject({ connection: connectionOfMember }),
  body: z
    .discriminatedUnion('mapping', [
      z.strictObject({ mapping: z.literal('manual'), user_id: z.uuid('is not an id (UUID)') }),
      z.strictObject({ mapping: z.literal('none') }),
      z.strictObject({ mapping: z.literal('excluded') }),
      z.strictObject({ mapping: z.literal('auto') }),
    ])
    .meta({ id: 'MapMember', examples: [{ mapping: 'manual', user_id: '0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c' }, { mapping: 'excluded' }] }),
  reply: {
    status: 200,
    description: 'The member as mapped now.',
    schema: memberForm,
    example: { ...exampleMember, mapping: 'manual' },
  },
  async handler({ params, query, body, tenant, audit }) {
    const member = { connectionId: query.connection, id: params.id }
    const change = body.mapping === 'manual' ? { mapping: body.mapping, userId: body.user_id } : body
    const { outcome } = await mapMember(tenant, member, change, (scope, before, user) =>
      audit(scope, {
        action: actions[body.mapping],
        connectionId: member.connectionId,
        details: {
          member: { id: before.id, name: before.name, email: before.email },
          was: { mapping: before.mapping, user: before.userId === null ? null : { id: before.userId, email: before.userEmail } },
          ...(user && { user: { id: user.id, email: user.email } }),
        },
      }),
    )
    if (outcome === 'no_member') throw notFound('member')
    if (outcome === 'no_user') throw notFound('user')
    return await tenant.transaction(async scope => {
      const now = await selectMember(scope, member.connectionId, member.id)
      if (!now) throw notFound('member')
      const hidden = now.state === 'unmapped' ? await countHiddenByMember(scope, member.connectionId) : []
      return { body: toMemberForm(now, hidden.find(({ memberId }) => memberId === now.id)?.activities ?? 0) }
    })
  },
})
