import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

interface Schemas {
  $defs: Record<string, unknown>
  responses: Record<string, Record<string, unknown>>
}

/**
 * The replies of Attio's official OpenAPI (2 March 2026), trimmed to what validates. Written down as JSON Schema means it: `nullable`
 * became the type null. Two places follow recorded replies, which contradict the document: an unresolved comment's `resolved_by` is
 * null, and a timestamp's `value` has a time in it.
 */
function readSchemas(): Schemas {
  const schemas: Schemas = JSON.parse(readFileSync(new URL('./attio-openapi-responses.json', import.meta.url), 'utf8'))
  return JSON.parse(JSON.stringify(schemas), (key, value: unknown) => {
    if (key === 'resolved_by') return { anyOf: [value, { type: 'null' }] }
    if (isTimestamp(value)) return { ...value, properties: { ...value.properties, value: { type: 'string', format: 'date-time' } } }
    return value
  })
}

const isTimestamp = (value: unknown): value is { properties: Record<string, unknown> } =>
  JSON.stringify(value)?.includes('"attribute_type":{"type":"string","enum":["timestamp"]}') === true &&
  typeof value === 'object' &&
  value !== null &&
  'properties' in value &&
  typeof value.properties === 'object' &&
  value.properties !== null &&
  'attribute_type' in value.properties

const schemas = readSchemas()
const ajv = new Ajv2020({ strict: false, allErrors: true })
formats.default(ajv)

/** What keeps a body from being what Attio's document says of this operation's 200; empty if nothing does. */
export function departures(operation: string, body: unknown): string[] {
  const schema = schemas.responses[operation]
  if (schema === undefined) throw new Error(`Attio's document has no reply for ${operation}`)
  const validate = ajv.compile({ ...schema, $defs: schemas.$defs })
  validate(body)
  return (validate.errors ?? []).map(error => `${error.instancePath} ${error.message}`)
}
