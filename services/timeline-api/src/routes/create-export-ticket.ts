import { exportTicketLifetimeSeconds, saveExportTicket } from '@worksights/database'
import { z } from 'zod'
import { hashSecret, randomSecret } from '../connect/browser-binding.ts'
import { defineRoute } from '../http/define-route.ts'
import { toFilters } from '../timeline/filters.ts'
import { exportParameters } from './export-timeline.ts'

/** As much as an address can hold: tickets are kept, and anybody may ask for many. */
const longestQuery = 8_000

export const createExportTicket = defineRoute({
  method: 'post',
  path: '/v1/timeline/export-tickets',
  tag: 'Timeline',
  role: 'member',
  summary: 'Leave to download an export without a token',
  description: `For browsers, whose downloads cannot send a token: send the query of the export as a body, then open \`download_url\` (a link, or \`location.assign\`). It works once, for exactly this query, within ${exportTicketLifetimeSeconds} seconds; treat it like a password until then.`,
  body: z
    .strictObject(exportParameters)
    .refine(query => JSON.stringify(query).length <= longestQuery, `is longer than ${longestQuery} characters`)
    .meta({ id: 'ExportTicketRequest', examples: [{ format: 'csv', category: ['task'] }] }),
  reply: {
    status: 200,
    description: 'The ticket.',
    schema: z
      .object({ download_url: z.url().meta({ description: 'The address of the file.' }), expires_at: z.iso.datetime() })
      .meta({ id: 'ExportTicket' }),
    example: {
      download_url: 'https://timeline.example.com/v1/timeline/export/3q2-7wRlC0XnLwcnV2i9o0rN1Zq8sX5dQm4tY6uB7vA',
      expires_at: '2026-11-24T09:16:00.000Z',
    },
  },
  async handler({ body, principal, tenant }, { urls }) {
    // What is wrong with the query is said now, to the program, and not to the browser that follows the link.
    toFilters(body, 'body')
    const ticket = randomSecret()
    const owner = { userId: principal.user?.id ?? null, actorName: principal.user?.name ?? principal.user?.email ?? principal.subject }
    const expiresAt = await tenant.transaction(scope => saveExportTicket(scope, { ...owner, ticketHash: hashSecret(ticket), query: body }))
    return { body: { download_url: `${urls.api}/v1/timeline/export/${ticket}`, expires_at: expiresAt.toISOString() } }
  },
})
