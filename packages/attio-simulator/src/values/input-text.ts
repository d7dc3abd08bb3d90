import { invalid } from '../api/errors.ts'
import type { Attribute } from '../world/types.ts'

type Data = Record<string, unknown>

const text = (attribute: Attribute, raw: unknown): string => {
  if (typeof raw === 'string' && raw !== '') return raw
  throw invalid(`Invalid value was passed to attribute with slug "${attribute.slug}": expected a non-empty string.`)
}

/** A select option or a status, by id or by title. */
export function parseChoice(attribute: Attribute, raw: unknown): Data {
  const wanted = text(attribute, raw)
  const choice =
    attribute.choices.find(candidate => candidate.id === wanted) ?? attribute.choices.find(candidate => candidate.title === wanted)
  if (choice === undefined) {
    const kind = attribute.type === 'status' ? 'status attribute with status option' : 'select attribute with select option'
    throw invalid(`Cannot find ${kind} title "${wanted}".`, 'value_not_found')
  }
  return { choice: choice.id }
}

/** `"Last, First"` or the parts by name. */
export function parsePersonalName(attribute: Attribute, raw: unknown): Data {
  if (typeof raw === 'object' && raw !== null) {
    const part = (key: string) => {
      const found: unknown = Reflect.get(raw, key)
      return typeof found === 'string' ? found : ''
    }
    const [first, last] = [part('first_name'), part('last_name')]
    return { first_name: first, last_name: last, full_name: part('full_name') || `${first} ${last}`.trim() }
  }
  const given = text(attribute, raw)
  const [left = '', right] = given.split(',').map(piece => piece.trim())
  if (right !== undefined) return { first_name: right, last_name: left, full_name: `${right} ${left}`.trim() }
  const words = left.split(/\s+/)
  return { first_name: words[0] ?? '', last_name: words.slice(1).join(' '), full_name: left }
}

const rootDomain = (domain: string) => domain.split('.').slice(-2).join('.')

export function parseEmail(attribute: Attribute, raw: unknown): Data {
  const original = text(attribute, raw)
  const address = original.toLowerCase()
  const [local, domain] = address.split('@')
  if (local === undefined || domain === undefined || domain === '')
    throw invalid(`An invalid value was passed to attribute with slug "${attribute.slug}": "${original}" is not an email address.`)
  return {
    original_email_address: original,
    email_address: address,
    email_domain: domain,
    email_root_domain: rootDomain(domain),
    email_local_specifier: local,
  }
}

export function parseDomain(attribute: Attribute, raw: unknown): Data {
  const domain = text(attribute, raw)
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '')
  return { domain, root_domain: rootDomain(domain) }
}

export function parsePhone(attribute: Attribute, raw: unknown): Data {
  const original = text(attribute, raw)
  return {
    original_phone_number: original,
    country_code: original.startsWith('+44') ? 'GB' : 'US',
    phone_number: original.replace(/[\s()-]/g, ''),
  }
}
