import { changeUser, findUser, type User } from '@worksights/database'
import { Problem } from '@worksights/runtime'
import { z } from 'zod'
import { defineRoute } from '../http/define-route.ts'
import { notFound } from '../http/problems.ts'
import { plainText } from '../http/query-fields.ts'
import { emailAddress } from './upsert-users.ts'
import { exampleUser, toUserForm, userForm } from './user-form.ts'

export const changeUserRoute = defineRoute({
  method: 'patch',
  path: '/v1/users/{id}',
  tag: 'People',
  role: 'admin',
  summary: 'Change a person’s e-mail or name',
  description: [
    'What is left out stays. With another e-mail Attio members are mapped anew at once: those of the new e-mail come, those of the old one go, and those',
    'mapped by hand stay. Where the identity provider’s tokens tell e-mail or name, theirs come back with the person’s next sign-in: change them there.',
  ].join(' '),
  params: z.strictObject({ id: z.uuid('is not an id (UUID)').meta({ description: 'The user.' }) }),
  body: z
    .strictObject({
      email: emailAddress.optional(),
      name: plainText(200).nullable().optional().meta({ description: 'Null: no name.' }),
    })
    .refine(change => change.email !== undefined || change.name !== undefined, 'changes nothing: give email or name')
    .meta({ id: 'ChangeUser', examples: [{ email: 'ada.king@northwind.example' }] }),
  reply: {
    status: 200,
    description: 'The person as they are now.',
    schema: userForm,
    example: { ...exampleUser, email: 'ada.king@northwind.example' },
  },
  problems: [{ status: 409, code: 'email_taken', description: 'Somebody else of your organisation has this e-mail.' }],
  async handler({ params, body, tenant, audit }) {
    const changed = await changeUser(tenant, params.id, body, (scope, was, is) =>
      audit(scope, { action: 'user.changed', details: { user_id: params.id, ...differences(was, is) } }),
    )
    if (changed.outcome === 'not_found') throw notFound('person')
    if (changed.outcome === 'email_taken') {
      throw new Problem({
        status: 409,
        code: 'email_taken',
        title: 'The e-mail is taken',
        detail: 'Somebody else of your organisation has this e-mail. Change theirs first, or map the Attio member to that person by hand.',
      })
    }
    const user = await tenant.transaction(scope => findUser(scope, params.id))
    if (!user) throw notFound('person')
    return { body: toUserForm(user) }
  },
})

function differences(was: User, is: User) {
  return {
    ...(was.email !== is.email && { email: { from: was.email, to: is.email } }),
    ...(was.name !== is.name && { name: { from: was.name, to: is.name } }),
  }
}
