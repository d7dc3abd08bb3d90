import { upsertUsers } from '@worksights/database'
import { z } from 'zod'
import { defineRoute } from '../http/define-route.ts'
import { plainText } from '../http/query-fields.ts'

/** Trimmed first: directories export e-mails with stray spaces, and matching ignores them. */
export const emailAddress = z.string().trim().max(320, 'is longer than 320 characters').pipe(z.email('is not an e-mail address'))

const person = z.strictObject({
  email: emailAddress,
  name: plainText(200).nullish().meta({ description: 'Left out: the name known so far stays.' }),
})

export const upsertUsersRoute = defineRoute({
  method: 'post',
  path: '/v1/users',
  tag: 'People',
  role: 'admin',
  summary: 'Register or rename people',
  description:
    'Known people (by e-mail, ignoring case and surrounding space) are renamed, others are registered before their first sign-in. Attio members with the same e-mail are mapped to them at once, and activities hidden until now appear. Send it again as often as you like.',
  body: z
    .strictObject({ users: z.array(person).min(1).max(1_000, 'holds more than 1,000 people: send them in several requests') })
    .meta({ id: 'UpsertUsers', examples: [{ users: [{ email: 'ada.lovelace@northwind.example', name: 'Ada Lovelace' }] }] }),
  reply: {
    status: 200,
    description: 'The people as they are now.',
    schema: z
      .object({
        data: z.array(z.object({ id: z.uuid(), email: z.string(), name: z.string().nullable() })),
        mapped_members: z.int().meta({ description: 'Attio members whose mapping changed by this.' }),
      })
      .meta({ id: 'UpsertedUsers' }),
    example: {
      data: [{ id: '0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c', email: 'ada.lovelace@northwind.example', name: 'Ada Lovelace' }],
      mapped_members: 1,
    },
  },
  async handler({ body, tenant, audit }) {
    const { users, mapped } = await upsertUsers(tenant, body.users, (scope, done) =>
      audit(scope, { action: 'users.registered', details: done }),
    )
    return { body: { data: users, mapped_members: mapped } }
  },
})
