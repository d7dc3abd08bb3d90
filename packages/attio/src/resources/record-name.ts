import type { RecordReply } from './records.ts'
import type { AttributeValue } from './values.ts'

/** Attributes of Attio's own objects that name a record, in any workspace, best first: a change of one makes its name doubtful. */
export const namingSlugs: readonly string[] = ['name', 'email_addresses', 'primary_email_address', 'domains']

/** Text attributes of Attio's own that hold an id: they name nothing. */
const SYSTEM_TEXTS = new Set(['record_id', 'entry_id', 'user_id', 'workspace_id'])

/**
 * What people call a record: its name; of a person the full name, else first and last, else the first e-mail address; of a company the
 * first domain; of an object that has no name attribute its first text. Null when nothing names it.
 */
export function recordName(record: Pick<RecordReply, 'values'>): string | null {
  const { values } = record
  const candidates = [
    ...namingSlugs.flatMap(slug => values[slug] ?? []),
    // Where a name attribute exists and is empty, some other text (a job title, a description) would pass for a name.
    ...('name' in values ? [] : ownTexts(values)),
  ]
  for (const candidate of candidates) {
    const name = textOf(candidate)?.replace(/\s+/g, ' ').trim()
    if (name) return name
  }
  return null
}

function ownTexts(values: RecordReply['values']): AttributeValue[] {
  return Object.entries(values).flatMap(([slug, ofSlug]) =>
    SYSTEM_TEXTS.has(slug) ? [] : ofSlug.filter(value => value.attribute_type === 'text'),
  )
}

function textOf(value: AttributeValue): string | null {
  switch (value.attribute_type) {
    case 'text':
      return value.value
    case 'personal-name':
      return value.full_name?.trim() ? value.full_name : [value.first_name, value.last_name].filter(part => part?.trim()).join(' ')
    case 'email-address':
      return value.email_address
    case 'domain':
      return value.domain
    default:
      return null
  }
}
