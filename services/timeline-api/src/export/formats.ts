import type { TimelineRow } from '@worksights/database'
import { stringify } from 'csv-stringify/sync'
import { type ActivityForm, toActivityForm } from '../timeline/activity-form.ts'

export const exportFormats = ['csv', 'ndjson'] as const
export type ExportFormat = (typeof exportFormats)[number]

export const exportContentTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
}

/** The columns of the CSV, in order. New ones go to the end, so that whoever reads by place goes on working. */
const columns: readonly (readonly [name: string, cell: (line: ActivityForm) => string])[] = [
  ['occurred_at', line => line.occurred_at],
  ['actor', line => line.actor.name ?? ''],
  ['actor_email', line => line.actor.user?.email ?? ''],
  ['category', line => line.category],
  ['feature', line => line.feature],
  ['kind', line => line.kind],
  ['subject', line => line.subject.name_now ?? line.subject.name],
  ['title', line => line.title],
  ['detail', line => line.detail ?? ''],
  ['summary', line => line.summary],
  ['changes', line => line.changes.map(changeText).join('; ')],
  ['workspace', line => line.connection.workspace_name],
  ['url', line => line.url ?? ''],
  ['last_event_at', line => line.last_event_at],
  ['event_count', line => String(line.event_count)],
  ['late', line => String(line.late)],
  ['subject_type', line => line.subject.type],
  ['subject_id', line => line.subject.id],
  ['member_id', line => line.actor.member_id],
  ['connection_id', line => line.connection.id],
  ['source', line => line.source],
  ['id', line => line.id],
]

export const csvColumns = columns.map(([name]) => name)

/** `Stage: Negotiation → Won`; only the attribute's label where no values are kept. */
function changeText(change: ActivityForm['changes'][number]): string {
  const steps = change.steps.filter(step => step.from !== undefined || step.to !== undefined)
  const told = steps.map(step => `${step.from ?? '(empty)'} → ${step.to ?? '(empty)'}`)
  return told.length ? `${change.title}: ${told.join(', ')}` : change.title
}

/** Some lines as text of a file; the first text begins the file, also where there are no lines. */
export function toText(format: ExportFormat, rows: readonly TimelineRow[], isFirst: boolean): string {
  const lines = rows.map(toActivityForm)
  if (format === 'ndjson') return lines.map(line => `${JSON.stringify(line)}\n`).join('')
  return stringify(
    lines.map(line => columns.map(([, cell]) => cell(line))),
    {
      header: isFirst,
      columns: csvColumns,
      record_delimiter: 'windows',
      // A lone CR is a line's end to some readers; the library quotes cells for the whole CRLF only.
      quoted_match: /[\r\n]/,
      // Excel takes a file without the mark for one of its old code pages.
      bom: isFirst,
      // Names come from whoever edits the CRM; a spreadsheet would run one that begins like a formula.
      escape_formulas: true,
    },
  )
}
