import { ApiError } from '../api/errors.ts'
import { active } from '../values/write.ts'
import type { Attribute, Values } from '../world/types.ts'

export interface Filterable {
  id: string
  values: Values
}
type Test = (row: Filterable) => boolean
type Source = { attribute: (slug: string) => Attribute | undefined; idSlugs: string[] }

const filterError = (why: string) => new ApiError(400, 'filter_error', `Error in filter: ${why}.`)
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The field of a value that a filter means when it names none. */
const mainField: Partial<Record<Attribute['type'], string>> = {
  currency: 'currency_value',
  domain: 'domain',
  'email-address': 'email_address',
  'phone-number': 'phone_number',
  'personal-name': 'full_name',
  'record-reference': 'target_record_id',
  'actor-reference': 'referenced_actor_id',
  location: 'line_1',
  interaction: 'interacted_at',
}

/** All fields of a value a filter can name; a status or option also by title. */
function fieldsOf(attribute: Attribute, data: Record<string, unknown>): Record<string, unknown> {
  if (attribute.type !== 'select' && attribute.type !== 'status') return { ...data, main: data[mainField[attribute.type] ?? 'value'] }
  const title = attribute.choices.find(choice => choice.id === data.choice)?.title
  return { main: title, title, option: title, status: title, id: data.choice }
}

const compare = (left: unknown, right: unknown): number => {
  if (typeof left === 'number') return left - Number(right)
  const [a, b] = [String(left), String(right)]
  const [timeA, timeB] = [Date.parse(a), Date.parse(b)]
  if (/^\d{4}-\d{2}-\d{2}/.test(a) && !Number.isNaN(timeA) && !Number.isNaN(timeB)) return timeA - timeB
  return a < b ? -1 : a > b ? 1 : 0
}

const lower = (value: unknown) => String(value).toLowerCase()

const operators: Record<string, (found: unknown, wanted: unknown) => boolean> = {
  $eq: (found, wanted) => (typeof found === 'number' ? found === Number(wanted) : found === wanted),
  $in: (found, wanted) => Array.isArray(wanted) && wanted.includes(found),
  $contains: (found, wanted) => lower(found).includes(lower(wanted)),
  $starts_with: (found, wanted) => lower(found).startsWith(lower(wanted)),
  $ends_with: (found, wanted) => lower(found).endsWith(lower(wanted)),
  $gt: (found, wanted) => compare(found, wanted) > 0,
  $gte: (found, wanted) => compare(found, wanted) >= 0,
  $lt: (found, wanted) => compare(found, wanted) < 0,
  $lte: (found, wanted) => compare(found, wanted) <= 0,
}

type FieldTest = (fields: Record<string, unknown>[]) => boolean

/** `{ $op: x }`, `{ field: { $op: x } }`, `{ field: x }` or plain `x`, as a test of an attribute's active values. */
function conditionOn(condition: unknown, field: string): FieldTest {
  if (!isObject(condition)) return fields => fields.some(candidate => operators.$eq?.(candidate[field], condition) ?? false)
  const tests = Object.entries(condition).map(([key, wanted]): FieldTest => {
    if (key === '$not_empty') return fields => fields.length > 0 === (wanted === true)
    if (!key.startsWith('$')) return conditionOn(wanted, key)
    const operator = operators[key]
    if (operator === undefined) throw filterError(`operator "${key}" is not known`)
    if (key === '$in' && !Array.isArray(wanted)) throw filterError('$in takes an array')
    return fields => fields.some(candidate => candidate[field] !== undefined && operator(candidate[field], wanted))
  })
  return fields => tests.every(test => test(fields))
}

function attributeTest(source: Source, slug: string, condition: unknown): Test {
  if (source.idSlugs.includes(slug)) {
    const test = conditionOn(condition, 'main')
    return row => test([{ main: row.id, value: row.id }])
  }
  const attribute = source.attribute(slug)
  if (attribute === undefined) throw filterError(`attribute with slug/ID "${slug}" was not found`)
  const test = conditionOn(condition, 'main')
  return row => test(active(row.values[attribute.id]).map(value => fieldsOf(attribute, value.data)))
}

const group = (source: Source, items: unknown, key: string): Test[] => {
  if (!Array.isArray(items)) throw filterError(`${key} takes an array`)
  return items.map(item => compileFilter(source, item))
}

/** A filter of Attio's query endpoints as a test of a row; what cannot be understood is Attio's 400 `filter_error`. */
export function compileFilter(source: Source, filter: unknown): Test {
  if (filter === undefined || filter === null) return () => true
  if (!isObject(filter)) throw filterError('a filter is an object')
  const tests = Object.entries(filter).map(([key, condition]): Test => {
    if (key === '$and') {
      const all = group(source, condition, key)
      return row => all.every(test => test(row))
    }
    if (key === '$or') {
      const any = group(source, condition, key)
      return row => any.some(test => test(row))
    }
    if (key === '$not') {
      const negated = compileFilter(source, condition)
      return row => !negated(row)
    }
    if (key === 'path') throw filterError('path filters are not simulated')
    return attributeTest(source, key, condition)
  })
  return row => tests.every(test => test(row))
}

/** Orders rows by an attribute's first active value; rows without one come last. */
export function compareBy(attribute: Attribute, field: string | undefined, direction: 'asc' | 'desc') {
  const key = (row: Filterable) => {
    const value = active(row.values[attribute.id])[0]
    return value === undefined ? undefined : fieldsOf(attribute, value.data)[field ?? 'main']
  }
  return (left: Filterable, right: Filterable): number => {
    const [a, b] = [key(left), key(right)]
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
    return direction === 'asc' ? compare(a, b) : compare(b, a)
  }
}
