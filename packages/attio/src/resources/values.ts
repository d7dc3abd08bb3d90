import { z } from 'zod'
import { actor, flag, moment, optionalText } from '../attio-fields.ts'

// Value shapes by `attribute_type`: https://docs.attio.com/docs/attribute-types. Only what names and before → after need is read.

/** From when to when the value held, and who set it. `active_until` is null while it holds. */
const period = { active_from: moment, active_until: moment, created_by_actor: actor }

/** A number that older replies give as text, such as "499.00". */
const amount = z
  .union([z.number(), z.string().trim().min(1).transform(Number)])
  .refine(Number.isFinite)
  .nullable()
  .catch(null)

const option = z
  .object({ id: z.object({ option_id: z.string() }), title: z.string(), is_archived: flag })
  .nullable()
  .catch(null)

const status = z
  .object({ id: z.object({ status_id: z.string() }), title: z.string(), is_archived: flag })
  .nullable()
  .catch(null)

const understood = z.discriminatedUnion('attribute_type', [
  z.object({ ...period, attribute_type: z.literal(['text', 'date', 'timestamp']), value: optionalText }),
  z.object({ ...period, attribute_type: z.literal(['number', 'rating']), value: amount }),
  z.object({ ...period, attribute_type: z.literal('checkbox'), value: z.boolean().nullable().catch(null) }),
  z.object({ ...period, attribute_type: z.literal('currency'), currency_value: amount, currency_code: optionalText }),
  z.object({ ...period, attribute_type: z.literal('select'), option }),
  z.object({ ...period, attribute_type: z.literal('status'), status }),
  z.object({
    ...period,
    attribute_type: z.literal('personal-name'),
    first_name: optionalText,
    last_name: optionalText,
    full_name: optionalText,
  }),
  z.object({ ...period, attribute_type: z.literal('email-address'), email_address: optionalText }),
  z.object({ ...period, attribute_type: z.literal('domain'), domain: optionalText }),
  z.object({
    ...period,
    attribute_type: z.literal('record-reference'),
    target_object: optionalText,
    target_record_id: optionalText,
  }),
  z.object({
    ...period,
    attribute_type: z.literal('actor-reference'),
    referenced_actor_type: optionalText,
    referenced_actor_id: optionalText,
  }),
])

/** Phone numbers, locations, interactions and types of tomorrow: who and when, without the value. */
const other = z
  .object({ ...period, attribute_type: z.string() })
  .transform(({ attribute_type, ...when }) => ({ ...when, attribute_type: 'other' as const, original_type: attribute_type }))

/** One value of an attribute. Dates and timestamps are text as Attio writes them; `other` is what we do not read. */
export const attributeValue = z.union([understood, other])
export type AttributeValue = z.infer<typeof attributeValue>

/** Values by attribute slug. No value is an empty array. */
export const valuesBySlug = z.record(z.string(), z.array(attributeValue)).default({})
