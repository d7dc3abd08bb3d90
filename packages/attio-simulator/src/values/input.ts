import { z } from 'zod'
import { invalid } from '../api/errors.ts'
import type { Attribute } from '../world/types.ts'
import { requireObject, type Workspace } from '../world/workspace.ts'
import { parseChoice, parseDomain, parseEmail, parsePersonalName, parsePhone } from './input-text.ts'

type Data = Record<string, unknown>

/** Takes the plain form (`"x"`) and the object form (`{ "value": "x" }`) alike, as Attio does. */
const unwrap = (raw: unknown, key: string): unknown => {
  const wrapped = z.object({ [key]: z.unknown() }).safeParse(raw)
  return wrapped.success && key in wrapped.data ? wrapped.data[key] : raw
}

function checked<T>(attribute: Attribute, schema: z.ZodType<T>, raw: unknown): T {
  const result = schema.safeParse(raw)
  if (result.success) return result.data
  throw invalid(
    `Invalid value was passed to attribute with slug "${attribute.slug}": ${result.error.issues[0]?.message ?? 'not understood'}.`,
  )
}

const reference = z.object({ target_object: z.string(), target_record_id: z.string() })
const location = z.object({
  line_1: z.string().nullable().default(null),
  line_2: z.string().nullable().default(null),
  line_3: z.string().nullable().default(null),
  line_4: z.string().nullable().default(null),
  locality: z.string().nullable().default(null),
  region: z.string().nullable().default(null),
  postcode: z.string().nullable().default(null),
  country_code: z.string().length(2).nullable().default(null),
  latitude: z.string().nullable().default(null),
  longitude: z.string().nullable().default(null),
})
const interaction = z.object({
  interaction_type: z.string(),
  interacted_at: z.string(),
  owner_actor: z.object({ type: z.string(), id: z.string() }),
})

function parseReference(workspace: Workspace, attribute: Attribute, raw: unknown): Data {
  const onlyAllowed = attribute.allowedObjectIds?.length === 1 ? attribute.allowedObjectIds[0] : undefined
  const given = typeof raw === 'string' && onlyAllowed !== undefined ? { target_object: onlyAllowed, target_record_id: raw } : raw
  const { target_object, target_record_id } = checked(attribute, reference, given)
  const object = requireObject(workspace, target_object)
  if (attribute.allowedObjectIds !== null && !attribute.allowedObjectIds.includes(object.id))
    throw invalid(`Attribute "${attribute.slug}" does not accept records of object "${object.slug}".`)
  if (workspace.records.get(target_record_id)?.objectId !== object.id)
    throw invalid(`Record with ID "${target_record_id}" not found.`, 'value_not_found')
  return { target_object: object.slug, target_record_id }
}

function parseActor(workspace: Workspace, attribute: Attribute, raw: unknown): Data {
  const byMail = z.object({ workspace_member_email_address: z.string() }).safeParse(raw)
  const wanted = byMail.success ? byMail.data.workspace_member_email_address : unwrap(raw, 'referenced_actor_id')
  const member = workspace.members.all().find(candidate => candidate.id === wanted || candidate.email === wanted)
  if (member === undefined)
    throw invalid(`Workspace member with ID "${checked(attribute, z.string(), wanted)}" not found.`, 'value_not_found')
  return { referenced_actor_type: 'workspace-member', referenced_actor_id: member.id }
}

/** Attio's interval for ratings. */
const rating = z.number().int().min(0).max(5)

/** One raw value of a request → the data kept for it. Throws Attio's 400 with the attribute's name. */
export function parseValue(workspace: Workspace, attribute: Attribute, raw: unknown): Data {
  const value = () => unwrap(raw, 'value')
  switch (attribute.type) {
    case 'text':
      return { value: checked(attribute, z.string(), value()) }
    case 'number':
      return { value: checked(attribute, z.coerce.number(), value()) }
    case 'rating':
      return { value: checked(attribute, rating, value()) }
    case 'checkbox':
      return { value: checked(attribute, z.boolean(), value()) }
    case 'date':
      return { value: checked(attribute, z.iso.date(), String(value()).slice(0, 10)) }
    case 'timestamp':
      return {
        value: checked(
          attribute,
          z.string().refine(text => !Number.isNaN(Date.parse(text)), 'not a timestamp'),
          value(),
        ),
      }
    case 'currency':
      return {
        currency_value: checked(attribute, z.coerce.number(), unwrap(raw, 'currency_value')),
        currency_code: attribute.currencyCode ?? 'USD',
      }
    case 'select':
      return parseChoice(attribute, unwrap(raw, 'option'))
    case 'status':
      return parseChoice(attribute, unwrap(raw, 'status'))
    case 'personal-name':
      return parsePersonalName(attribute, raw)
    case 'email-address':
      return parseEmail(attribute, unwrap(raw, 'email_address'))
    case 'domain':
      return parseDomain(attribute, unwrap(raw, 'domain'))
    case 'phone-number':
      return parsePhone(attribute, unwrap(raw, 'original_phone_number'))
    case 'location':
      return checked(attribute, location, typeof raw === 'string' ? { line_1: raw } : raw)
    case 'interaction':
      return checked(attribute, interaction, raw)
    case 'record-reference':
      return parseReference(workspace, attribute, raw)
    case 'actor-reference':
      return parseActor(workspace, attribute, raw)
  }
}
