import { auditActions, selectAudit } from '@worksights/database'
import { z } from 'zod'
import { defineRoute } from '../http/define-route.ts'
import { decodeKeyset, encodeKeyset } from '../http/keyset-cursor.ts'
import { invalidFields } from '../http/problems.ts'
import { count, enumList, plainText } from '../http/query-fields.ts'

const entryForm = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    action: z.enum(auditActions).meta({
      description:
        'What was done. `connection.reauthorized`: connected while it was connected, with a new token. `member.unmapped`: by hand. `member.followed`: back to mapping by e-mail. `private_lists.…`: all of a connection at once. `users.registered`: people made or renamed. The others say it themselves.',
    }),
    actor: z.object({
      user_id: z.uuid().nullable().meta({ description: 'Null for a machine and for an operator’s command.' }),
      name: z.string().meta({ description: 'As it was then.' }),
    }),
    connection_id: z.uuid().nullable().meta({ description: 'The connection it was about; it may be erased since.' }),
    details: z.record(z.string(), z.unknown()).meta({
      description:
        'What it was done to and with, to be shown as it is: people, lists and deliveries by id and name, `was` for what it was before, `run_id` of the run it began. The keys differ by action, and there may come more.',
    }),
    request_id: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' })

export const listAudit = defineRoute({
  method: 'get',
  path: '/v1/audit',
  tag: 'About',
  role: 'admin',
  summary: 'Who did what to the integration',
  description: 'Newest first. Entries are only ever added; they outlive the connections they tell of.',
  query: z.strictObject({
    action: enumList(auditActions, 'Only these actions.'),
    connection: z.uuid('is not an id (UUID)').optional().meta({ description: 'Only what was done to this connection.' }),
    cursor: plainText(200).optional().meta({ description: '`next_cursor` of the page before.' }),
    limit: count(1, 200, 50, 'Entries a page.'),
  }),
  reply: {
    status: 200,
    description: 'A page.',
    schema: z.object({ data: z.array(entryForm), next_cursor: z.string().nullable() }).meta({ id: 'AuditPage' }),
    example: {
      data: [
        {
          id: '0192f0c4-7a52-7cc3-8f4e-2f6f4a1d9b10',
          at: '2026-11-24T10:02:11.000Z',
          action: 'member.mapped',
          actor: { user_id: '0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c', name: 'Ada Lovelace' },
          connection_id: '0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e',
          details: {
            member: { id: '50cf242c-7fa3-4cad-87d0-75b1af71c57b', name: 'Ada King', email: 'ada@king.example' },
            was: { mapping: 'auto', user: null },
            user: { id: '0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c', email: 'ada.lovelace@northwind.example' },
          },
          request_id: '0192f0c4-7a4f-7d2e-9a39-6b1f0f1a2c3d',
        },
      ],
      next_cursor: null,
    },
  },
  async handler({ query, tenant }) {
    const before = query.cursor === undefined ? undefined : decodeKeyset(query.cursor)
    if (before === null) throw invalidFields([{ path: 'query.cursor', message: 'is not a cursor of this list: start without one' }])
    const rows = await tenant.transaction(scope =>
      selectAudit(scope, { actions: query.action, connectionId: query.connection, ...(before && { before }), limit: query.limit + 1 }),
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    return {
      body: {
        data: page.map(entry => ({
          id: entry.id,
          at: entry.at.toISOString(),
          action: entry.action,
          actor: { user_id: entry.userId, name: entry.actorName },
          connection_id: entry.connectionId,
          details: entry.details,
          request_id: entry.requestId,
        })),
        next_cursor: last && rows.length > query.limit ? encodeKeyset(last) : null,
      },
    }
  },
})
