import { z } from 'zod'

/**
 * An id of Attio's: opaque text. Not a UUID for us (entry ids are UUIDv5 already), but nothing that a text column or a URL path
 * could choke on: no control characters, no lone surrogates, no dot segments.
 */
export const attioId = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{C}*$/u, 'must not hold control characters')
  .refine(id => id !== '.' && id !== '..', 'must not be a dot segment')

/**
 * Who acted. Attio names `workspace-member`, `api-token`, `system` and `app`; more may come, so the type is any text.
 * An actor that is missing or cannot be read is `{ type: 'unknown', id: null }`: what is unclear is never put down to a person.
 */
export const actor = z
  .object({
    type: z.string().min(1).max(200).catch('unknown'),
    id: attioId.nullable().catch(null),
  })
  .catch({ type: 'unknown', id: null })

export type Actor = z.infer<typeof actor>

/** A moment in a reply. Attio writes nanoseconds; a Date keeps the milliseconds. Absent or unreadable is null. */
export const moment = z
  .string()
  .transform(text => new Date(text))
  .refine(date => !Number.isNaN(date.getTime()))
  .nullable()
  .catch(null)

/** Text that older replies leave out, or give as null. */
export const optionalText = z.string().nullable().catch(null)

/** A flag that older replies leave out: false. */
export const flag = z.boolean().catch(false)

/** What zod found wrong, as `path: message`. The messages name types and never the values, so they may be logged and stored. */
export function describeIssues(error: z.ZodError): string[] {
  return error.issues.map(issue => `${issue.path.map(String).join('.') || '(whole)'}: ${issue.message}`)
}

/** Attio wraps what it answers in `data`. */
export function inData<T>(schema: z.ZodType<T>) {
  return z.object({ data: schema }).transform(reply => reply.data)
}
