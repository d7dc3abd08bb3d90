import { recordAudit } from '@worksights/database'
import { Problem, requestIdOf } from '@worksights/runtime'
import { z } from 'zod'
import { hashSecret } from '../connect/browser-binding.ts'
import { requireGet, sendExport } from '../export/send.ts'
import { defineRoute } from '../http/define-route.ts'
import { notFound } from '../http/problems.ts'
import { plainText } from '../http/query-fields.ts'
import { toFilters } from '../timeline/filters.ts'
import { exportDescription, exportParameters, exportProblems, exportReply } from './export-timeline.ts'

const exportQuery = z.strictObject(exportParameters)

export const downloadExport = defineRoute({
  method: 'get',
  path: '/v1/timeline/export/{ticket}',
  tag: 'Timeline',
  role: 'public',
  summary: 'The timeline as a file, by ticket',
  description: `What a browser opens: the ticket of \`POST /v1/timeline/export-tickets\` says whose export it is and of what.\n\n${exportDescription}`,
  params: z.strictObject({ ticket: plainText(100).meta({ description: 'The last part of `download_url`.' }) }),
  reply: exportReply,
  problems: [
    ...exportProblems,
    { status: 429, code: 'organization_busy', description: 'Your organisation has too much under way.' },
    { status: 410, code: 'ticket_spent', description: 'The ticket was used, or is older than a minute.' },
  ],
  async handler({ params, request, response }, { spendTicket, tenantOf, exportSlots, clock }) {
    requireGet(request)
    const spent = await spendTicket(hashSecret(params.ticket))
    if (spent.outcome === 'unknown') throw notFound('ticket')
    if (spent.outcome !== 'ok') throw ticketSpent(spent.outcome)
    const { organizationId, owner } = spent
    const query = exportQuery.parse(spent.query)
    await sendExport({
      ...{ tenant: tenantOf(organizationId), response, slots: exportSlots, now: new Date(clock.now()) },
      query: { format: query.format, filters: toFilters(query) },
      holder: owner.userId ?? owner.actorName,
      begun: scope =>
        recordAudit(scope, {
          ...{ organizationId, action: 'timeline.exported', details: { ...query } },
          actor: { userId: owner.userId, name: owner.actorName },
          requestId: requestIdOf(response),
        }),
    })
    return null
  },
})

function ticketSpent(how: 'used' | 'expired'): Problem {
  return new Problem({
    status: 410,
    code: 'ticket_spent',
    title: 'This download link is spent',
    detail:
      how === 'used'
        ? 'The link was opened before, and works once. Go back to the timeline and export again.'
        : 'The link is older than a minute. Go back to the timeline and export again.',
  })
}
