import { z } from 'zod'
import { csvColumns, exportFormats } from '../export/formats.ts'
import { requireGet, sendExport } from '../export/send.ts'
import { defineRoute } from '../http/define-route.ts'
import { activityExample } from '../timeline/activity-form.ts'
import { filterParameters, toFilters } from '../timeline/filters.ts'

/** What can be exported: the format and all filters of the list. */
export const exportParameters = {
  format: z.enum(exportFormats, 'must be csv or ndjson').meta({ description: '`csv` for spreadsheets, `ndjson` for programs.' }),
  ...filterParameters,
}

export const exportProblems = [
  { status: 405, code: 'method_not_allowed', description: 'An export can only be asked for by GET.' },
  { status: 429, code: 'too_many_exports', description: 'You have two exports under way.' },
] as const

export const exportDescription = [
  'Visible lines only, newest first, streamed as they are read. Lines that come while it runs are not in it; what an admin hides while it runs is left out',
  'from there on. An export that was begun goes on to its end, also when your token ends on the way. If something fails on the way the connection is cut:',
  'a download that your browser or program calls complete is complete. Two exports at once a person and server.',
  '',
  `- \`csv\`: UTF-8 with a byte order mark (Excel needs it), lines ended by CRLF, RFC 4180 quoting, a header line, these columns: ${csvColumns.map(name => `\`${name}\``).join(', ')}. New columns go to the end. A cell that a spreadsheet would run as a formula begins with \`'\`.`,
  '- `ndjson`: one JSON object a line, each a line of the timeline exactly as the list gives it.',
].join('\n')

/** How both routes of an export answer. */
export const exportReply = {
  status: 200,
  description: 'The file.',
  contentType: 'text/csv',
  headers: { 'content-disposition': 'Proposes a name for the file.' },
  example: `${csvColumns.slice(0, 3).join(',')},…\r\n2026-11-24T09:12:04.120Z,Ada Lovelace,ada.lovelace@northwind.example,…\r\n`,
  otherContents: { 'application/x-ndjson': `${JSON.stringify(activityExample)}\n` },
} as const

export const exportTimeline = defineRoute({
  method: 'get',
  path: '/v1/timeline/export',
  tag: 'Timeline',
  role: 'member',
  summary: 'The timeline as a file',
  description: `${exportDescription}\n\nA browser’s download cannot send a token: ask for a ticket at \`POST /v1/timeline/export-tickets\`.`,
  query: z.strictObject(exportParameters),
  reply: exportReply,
  problems: exportProblems,
  async handler({ query, principal, tenant, audit, request, response }, { exportSlots, clock }) {
    requireGet(request)
    const filters = toFilters(query)
    await sendExport({
      ...{ tenant, response, slots: exportSlots, now: new Date(clock.now()) },
      query: { format: query.format, filters },
      holder: principal.user?.id ?? principal.subject,
      begun: scope => audit(scope, { action: 'timeline.exported', details: { ...query } }),
    })
    return null
  },
})
