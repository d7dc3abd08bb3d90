import { z } from 'zod'

/*
 * Query parameters as schemas. A query string knows only text, given once or repeatedly; what is left of that is said in the documentation by hand
 * (`override`), since the schema's own input type is "anything".
 */

/** Documents a parameter by `wanted`, keeping its description and examples and nothing that was derived from how it is parsed. */
export function replaceSchema(wanted: Record<string, unknown>) {
  return ({ jsonSchema }: { jsonSchema: Record<string, unknown> }) => {
    for (const key of Object.keys(jsonSchema)) if (key !== 'description' && key !== 'examples') delete jsonSchema[key]
    Object.assign(jsonSchema, wanted)
  }
}

/** Text Postgres can hold, as JSON too: no NUL, and no half of a surrogate pair. */
export const plainText = (max: number) =>
  z
    .string()
    .min(1, 'is empty')
    .max(max, `is longer than ${max} characters`)
    .refine(text => !text.includes('\u0000'), 'holds a NUL character')
    .refine(text => text.isWellFormed(), 'holds half a character (a lone surrogate)')

/** Any of several values, by repeating the parameter or separating by commas: `kind=a&kind=b`, `kind=a,b`. */
export function listOf<Item extends z.ZodType<string>>(item: Item, itemSchema: Record<string, unknown>, description: string) {
  const list = z
    .array(item)
    .min(1)
    .max(50, 'holds more than 50 values')
    .transform(values => [...new Set(values)])
  return z
    .preprocess(given => [given].flat().flatMap(text => (typeof text === 'string' ? text.split(',') : [text])), list)
    .optional()
    .meta({
      description: `${description} Several values: repeat the parameter or separate them by commas.`,
      override: replaceSchema({ type: 'array', items: itemSchema, minItems: 1, maxItems: 50 }),
      param: { style: 'form', explode: true },
    })
}

export const enumList = <const Values extends readonly [string, ...string[]]>(values: Values, description: string) =>
  listOf(z.enum(values), { type: 'string', enum: values }, description)

export const uuidList = (description: string) => listOf(z.uuid('is not an id (UUID)'), { type: 'string', format: 'uuid' }, description)

export const idList = (description: string) => listOf(plainText(200), { type: 'string', maxLength: 200 }, description)

/** A whole number within bounds. */
export function count(minimum: number, maximum: number, fallback: number, description: string) {
  const message = `must be a whole number from ${minimum} to ${maximum}`
  return z
    .string()
    .regex(/^\d{1,6}$/, message)
    .transform(Number)
    .refine(number => number >= minimum && number <= maximum, message)
    .default(fallback)
    .meta({ description, override: replaceSchema({ type: 'integer', minimum, maximum, default: fallback }) })
}

/** A point in time. */
export const moment = (description: string) =>
  z.iso
    .datetime({ offset: true, abort: true, error: 'must be an RFC 3339 date-time with an offset' })
    // Years Postgres and every calendar agree on.
    .refine(text => /^(19|2\d)\d\d-/.test(text), 'must lie between 1900 and 2999')
    .transform(text => new Date(text))
    .optional()
    .meta({ description, examples: ['2026-11-24T09:00:00+01:00'], override: replaceSchema({ type: 'string', format: 'date-time' }) })
