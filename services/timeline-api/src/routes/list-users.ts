import { listUsers } from '@worksights/database'
import { z } from 'zod'
import { defineRoute } from '../http/define-route.ts'

const userForm = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string().nullable(),
    signed_in: z.boolean().meta({ description: 'Whether the person ever signed in, or was only registered.' }),
  })
  .meta({ id: 'User' })

export const listUsersRoute = defineRoute({
  method: 'get',
  path: '/v1/users',
  tag: 'People',
  role: 'member',
  summary: 'The people of your organisation',
  reply: {
    status: 200,
    description: 'Everybody registered or seen, by e-mail.',
    schema: z.object({ data: z.array(userForm) }).meta({ id: 'Users' }),
    example: {
      data: [
        { id: '0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c', email: 'ada.lovelace@northwind.example', name: 'Ada Lovelace', signed_in: true },
      ],
    },
  },
  async handler({ tenant }) {
    const users = await tenant.transaction(listUsers)
    return { body: { data: users.map(({ signedIn, ...user }) => ({ ...user, signed_in: signedIn })) } }
  },
})
