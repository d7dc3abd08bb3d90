import { listUsers } from '@worksights/database'
import { z } from 'zod'
import { defineRoute } from '../http/define-route.ts'
import { invalidFields } from '../http/problems.ts'
import { count, plainText } from '../http/query-fields.ts'
import { exampleUser, toUserForm, userForm } from './user-form.ts'

/** The e-mail the next page begins after; opaque to clients. It opens nothing: the query is scoped by organisation. */
const cursorPayload = z.tuple([plainText(320)])

export const listUsersRoute = defineRoute({
  method: 'get',
  path: '/v1/users',
  tag: 'People',
  role: 'member',
  summary: 'The people of your organisation',
  description: 'Everybody registered or seen, by e-mail. Attio members who map to nobody are in the list of members.',
  query: z.strictObject({
    q: plainText(200)
      .optional()
      .meta({ description: 'Only people whose e-mail or name holds this, ignoring case.', examples: ['lovelace'] }),
    cursor: plainText(1_000).optional().meta({ description: '`next_cursor` of the page before.' }),
    limit: count(1, 500, 100, 'People a page.'),
  }),
  reply: {
    status: 200,
    description: 'A page.',
    schema: z.object({ data: z.array(userForm), next_cursor: z.string().nullable() }).meta({ id: 'UserPage' }),
    example: { data: [exampleUser], next_cursor: null },
  },
  async handler({ query, tenant }) {
    const after = query.cursor === undefined ? undefined : readCursor(query.cursor)
    if (after === null) throw invalidFields([{ path: 'query.cursor', message: 'is not a cursor of this list: start without one' }])
    const users = await tenant.transaction(scope => listUsers(scope, { search: query.q, after, limit: query.limit + 1 }))
    const page = users.slice(0, query.limit)
    const last = page.at(-1)
    return {
      body: {
        data: page.map(toUserForm),
        next_cursor: last && users.length > query.limit ? writeCursor(last.emailFolded) : null,
      },
    }
  },
})

function writeCursor(emailFolded: string): string {
  return Buffer.from(JSON.stringify([emailFolded])).toString('base64url')
}

function readCursor(cursor: string): string | null {
  try {
    return cursorPayload.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))[0]
  } catch {
    return null
  }
}
