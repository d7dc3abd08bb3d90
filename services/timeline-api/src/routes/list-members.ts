import { countHiddenByMember, countMembers, isConnection, type MemberPlace, memberStates, selectMembers } from '@worksights/database'
import { z } from 'zod'
import { defineRoute } from '../http/define-route.ts'
import { invalidFields, notFound } from '../http/problems.ts'
import { count, enumList, plainText } from '../http/query-fields.ts'
import { exampleMember, memberForm, toMemberForm } from './member-form.ts'

const counts = z.object({
  mapped: z.int(),
  unmapped: z.int(),
  excluded: z.int(),
  hidden_activities: z.int().meta({ description: 'Lines of all unmapped members. Areas that are off and private lists are not counted.' }),
})

export const listMembersRoute = defineRoute({
  method: 'get',
  path: '/v1/integrations/attio/members',
  tag: 'Attio',
  role: 'member',
  summary: 'Attio members and who they map to',
  description:
    'By name. Members map to the users of your organisation by e-mail, ignoring case and surrounding space, unless an admin said otherwise. What an unmapped member does is recorded and hidden; it shows as soon as the member is mapped.',
  query: z.strictObject({
    connection: z.uuid('is not an id (UUID)').optional().meta({ description: 'Only members of this connection (workspace).' }),
    state: enumList(memberStates, 'Only members in these states.'),
    cursor: plainText(2_000).optional().meta({ description: '`next_cursor` of the page before.' }),
    limit: count(1, 1_000, 200, 'Members a page.'),
  }),
  reply: {
    status: 200,
    description: 'A page, and counts of all members whatever page and state.',
    schema: z.object({ data: z.array(memberForm), counts, next_cursor: z.string().nullable() }).meta({ id: 'Members' }),
    example: {
      data: [
        exampleMember,
        {
          ...exampleMember,
          id: 'a1d5b0f1-6b1e-4c8c-9d7e-2f4f8c7a6b5d',
          name: 'Grace Hopper',
          email: 'grace@hopper.example',
          access_level: 'member',
          state: 'unmapped',
          user: null,
          hidden_activities: 41,
        },
      ],
      counts: { mapped: 1, unmapped: 1, excluded: 0, hidden_activities: 41 },
      next_cursor: null,
    },
  },
  problems: [{ status: 404, code: 'not_found', description: 'There is no such connection, or you may not see it.' }],
  async handler({ query, tenant }) {
    const after = query.cursor === undefined ? undefined : decodePlace(query.cursor)
    if (after === null) throw invalidFields([{ path: 'query.cursor', message: 'is not a cursor of this list: start without one' }])
    return await tenant.transaction(async scope => {
      const connectionId = query.connection
      if (connectionId !== undefined && !(await isConnection(scope, connectionId))) throw notFound('connection')
      const rows = await selectMembers(scope, { connectionId, states: query.state, ...(after && { after }), limit: query.limit + 1 })
      const hidden = new Map(
        (await countHiddenByMember(scope, connectionId)).map(member => [`${member.connectionId}/${member.memberId}`, member.activities]),
      )
      const page = rows.slice(0, query.limit)
      const last = page.at(-1)
      return {
        body: {
          data: page.map(member => toMemberForm(member, hidden.get(`${member.connectionId}/${member.id}`) ?? 0)),
          counts: {
            ...(await countMembers(scope, connectionId)),
            hidden_activities: [...hidden.values()].reduce((sum, activities) => sum + activities, 0),
          },
          next_cursor: last && rows.length > query.limit ? encodePlace(last) : null,
        },
      }
    })
  },
})

const text = z.string().refine(value => !value.includes('\u0000'))
const place = z.tuple([text, z.uuid(), text])

function encodePlace({ sortKey, connectionId, id }: MemberPlace): string {
  return Buffer.from(JSON.stringify([sortKey, connectionId, id])).toString('base64url')
}

function decodePlace(cursor: string): MemberPlace | null {
  try {
    const [sortKey, connectionId, id] = place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return { sortKey, connectionId, id }
  } catch {
    return null
  }
}
