import { z } from 'zod'
import { defineRoute } from '../http/define-route.ts'

const me = z
  .object({
    user: z.object({ id: z.uuid(), email: z.string(), name: z.string().nullable() }).nullable().meta({
      description: 'Null for a machine, and for a person whose e-mail the identity provider did not verify.',
    }),
    organization: z.object({ id: z.uuid(), external_id: z.string(), name: z.string() }),
    role: z.enum(['member', 'admin']),
  })
  .meta({ id: 'Me' })

export const getMe = defineRoute({
  method: 'get',
  path: '/v1/me',
  tag: 'People',
  role: 'member',
  summary: 'Who you are here',
  reply: {
    status: 200,
    description: 'The caller: user, organisation and role.',
    schema: me,
    example: {
      user: { id: '0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c', email: 'ada.lovelace@northwind.example', name: 'Ada Lovelace' },
      organization: { id: '0192f0bf-0000-7a60-8b0e-9c1f6a2b7d4e', external_id: 'northwind', name: 'northwind' },
      role: 'admin',
    },
  },
  async handler({ principal }) {
    const { id, externalId, name } = principal.organization
    return { body: { user: principal.user, organization: { id, external_id: externalId, name }, role: principal.role } }
  },
})
