import { namedId } from '../world/ids.ts'
import { createRandom } from '../world/random.ts'
import type { RecordRow } from '../world/types.ts'
import { asSystem, type WriteContext } from './context.ts'
import { updateRecord } from './records.ts'

const findings = (name: string): [slug: string, value: unknown][] => [
  ['description', `${name} sells what its customers ask for.`],
  ['logo_url', `https://logo.example/${namedId('logo', name)}.png`],
  ['primary_location', { locality: 'London', country_code: 'GB' }],
  ['employee_range', '51-250'],
  ['estimated_arr_usd', '$10M-$50M'],
  ['linkedin', `https://linkedin.com/company/${namedId('linkedin', name)}`],
  ['twitter', '@example'],
  ['categories', ['SaaS', 'B2B']],
  ['foundation_date', '2012-04-01'],
  ['facebook', 'https://facebook.com/example'],
  ['angellist', 'https://angel.co/example'],
]

/** What Attio's enrichment does to a company: 4 to 11 attributes written by `system`, each with an event of its own. */
export function enrich(context: WriteContext, record: RecordRow): void {
  const system = asSystem(context)
  const random = createRandom(record.id)
  const count = random.between(4, 11)
  let current = context.workspace.records.get(record.id)
  for (const [slug, value] of findings(record.id).slice(0, count)) {
    if (current === undefined) return
    current = updateRecord(system, current, { [slug]: value }, 'overwrite', true)
  }
}

export function scheduleEnrichment(context: WriteContext, record: RecordRow): void {
  if (!context.faults.enrichment_burst) return
  context.later(createRandom(record.id).between(250, 300), () => enrich(context, record))
}
