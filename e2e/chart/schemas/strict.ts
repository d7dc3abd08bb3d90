/** A JSON schema as plain data. */
export type Schema = Record<string, unknown>
/** `kinds` says which definition an object of "apiVersion kind" must satisfy. */
export type SchemaFile = { kinds: Record<string, string>; definitions: Record<string, Schema> }

const quantity = 'io.k8s.apimachinery.pkg.api.resource.Quantity'
const reference = '#/components/schemas/'

/** Leaves of an OpenAPI schema what JSON Schema (draft 7) knows and what refuses something. Rules in CEL (`x-kubernetes-validations`) are lost. */
export function clean(schema: Schema): Schema {
  const result: Schema = {}
  for (const [key, value] of Object.entries(schema)) {
    if (['description', 'default', 'format', 'example', 'title', 'externalDocs', 'nullable'].includes(key)) continue
    if (key === 'properties') {
      result.properties = Object.fromEntries(Object.entries(value as Schema).map(([name, property]) => [name, clean(property as Schema)]))
    } else if (key === 'x-kubernetes-preserve-unknown-fields') result[key] = value
    else if (key.startsWith('x-')) continue
    // Go's flag of a pattern, which ECMAScript has not: the enumerations that use it are left to their type.
    else if (key === 'pattern' && String(value).includes('(?i)')) continue
    else if (key === '$ref') result.$ref = String(value).replace(reference, '#/definitions/')
    else result[key] = cleanAny(value)
  }
  if (schema.nullable === true && typeof schema.type === 'string') result.type = [schema.type, 'null']
  return result
}

function cleanAny(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleanAny)
  return typeof value === 'object' && value !== null ? clean(value as Schema) : value
}

/**
 * Lets an object have only the properties that are named, save where it is a map or says that it keeps what it does not know. With `closeEmpty` an
 * object without any named property holds nothing, as the API server prunes it for custom resources.
 */
export function strict(schema: Schema, { closeEmpty = false } = {}): Schema {
  const { 'x-kubernetes-preserve-unknown-fields': keeps, ...result } = schema
  for (const key of ['items', 'additionalProperties']) {
    if (typeof result[key] === 'object') result[key] = strict(result[key] as Schema, { closeEmpty })
  }
  const properties = result.properties as Schema | undefined
  if (properties) {
    const closed = Object.entries(properties).map(([name, property]) => [name, strict(property as Schema, { closeEmpty })])
    result.properties = Object.fromEntries(closed)
  }
  const isOpen = keeps === true || result.additionalProperties !== undefined
  if (result.type === 'object' && !isOpen && (properties || closeEmpty)) result.additionalProperties = false
  return result
}

/** The schema of one kind, with its `apiVersion` and `kind`, a name, and no `status`, which the cluster writes. */
export function fixedKind(schema: Schema, apiVersion: string, kind: string): Schema {
  const { status, ...properties } = schema.properties as Schema
  const required = new Set([...((schema.required as string[] | undefined) ?? []), 'apiVersion', 'kind', 'metadata'])
  return { ...schema, required: [...required], properties: { ...properties, apiVersion: { const: apiVersion }, kind: { const: kind } } }
}

/** Adds to `known` every definition that `schema` leads to. */
export function within(schema: unknown, all: Record<string, Schema>, known: Record<string, Schema>): void {
  for (const [, name] of JSON.stringify(schema).matchAll(/"#\/definitions\/([^"]+)"/g)) {
    if (!name || known[name]) continue
    const found = all[name]
    if (!found) throw new Error(`There is no definition of ${name}.`)
    known[name] = strict(clean(found))
    // The document says only "string or number"; this is how custom resources spell the same type.
    if (name === quantity) {
      known[name] = {
        anyOf: [
          { type: 'string', pattern: '^[+-]?(\\d+|\\d+\\.\\d*|\\.\\d+)(([KMGTPE]i)|[numkMGTPE]|([eE][+-]?\\d+))?$' },
          { type: 'number' },
        ],
      }
    }
    within(known[name], all, known)
  }
}
