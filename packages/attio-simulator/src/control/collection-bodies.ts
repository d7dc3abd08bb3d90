import { z } from 'zod'
import { attributeTypes } from '../world/types.ts'

/** What the control API takes for each kind of row; where Attio's own routes have a body for it, that is used instead. */
export const values = z.record(z.string(), z.unknown())

export const record = z.strictObject({ object: z.string(), values: values.default({}) })
export const note = z.strictObject({
  parent_object: z.string(),
  parent_record_id: z.string(),
  title: z.string().default(''),
  content: z.string().default(''),
})
export const noteChanges = z.strictObject({ title: z.string(), content: z.string() }).partial()
export const member = z.strictObject({
  first_name: z.string(),
  last_name: z.string(),
  email_address: z.email(),
  avatar_url: z.url().nullable(),
  access_level: z.enum(['admin', 'member', 'suspended']),
})
export const entry = z.strictObject({
  list: z.string(),
  parent_object: z.string(),
  parent_record_id: z.string(),
  entry_values: values.default({}),
})
export const recording = z.strictObject({
  meeting_id: z.string(),
  status: z.enum(['processing', 'completed', 'failed']).default('completed'),
})
export const object = z.strictObject({ api_slug: z.string(), singular_noun: z.string(), plural_noun: z.string() })
export const attribute = z.strictObject({
  target: z.enum(['objects', 'lists']),
  parent: z.string(),
  api_slug: z.string(),
  title: z.string(),
  type: z.enum(attributeTypes),
  is_multiselect: z.boolean().default(false),
})
export const attributeChanges = z.strictObject({ title: z.string(), api_slug: z.string(), is_archived: z.boolean() }).partial()

export const memberChanges = member.partial()

/** A member’s fields as the world keeps them; what is left out stays out. */
export const memberFields = (given: z.output<typeof memberChanges>) => ({
  ...(given.first_name === undefined ? {} : { firstName: given.first_name }),
  ...(given.last_name === undefined ? {} : { lastName: given.last_name }),
  ...(given.email_address === undefined ? {} : { email: given.email_address }),
  ...(given.avatar_url === undefined ? {} : { avatarUrl: given.avatar_url }),
  ...(given.access_level === undefined ? {} : { accessLevel: given.access_level }),
})
