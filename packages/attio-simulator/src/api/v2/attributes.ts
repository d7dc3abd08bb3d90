import { z } from 'zod'
import { choiceOutput } from '../../values/output.ts'
import { freshId } from '../../world/ids.ts'
import { nanoTime } from '../../world/time.ts'
import { type Attribute, attributeTypes, type Choice } from '../../world/types.ts'
import { attributesOf, requireAttribute, requireList, requireObject, type Workspace } from '../../world/workspace.ts'
import { createAttribute, updateAttribute } from '../../writes/attributes.ts'
import { conflict, invalid, notFound } from '../errors.ts'
import { flag, page } from '../paging.ts'
import { type Call, dataOf, type RouteTable } from '../route.ts'

export const attributeOutput = (workspace: Workspace, attribute: Attribute) => ({
  id: { workspace_id: workspace.id, object_id: attribute.parentId, attribute_id: attribute.id },
  title: attribute.title,
  description: attribute.description,
  api_slug: attribute.slug,
  type: attribute.type,
  is_system_attribute: attribute.system,
  is_writable: attribute.writable,
  is_required: attribute.required,
  is_unique: attribute.unique,
  is_multiselect: attribute.multiselect,
  is_default_value_enabled: false,
  is_archived: attribute.archived,
  default_value: null,
  relationship: null,
  created_at: nanoTime(attribute.createdAt),
  config: {
    currency: { default_currency_code: attribute.currencyCode, display_type: attribute.currencyCode === null ? null : 'symbol' },
    record_reference: { allowed_object_ids: attribute.allowedObjectIds },
  },
})

const reading = ['object_configuration:read']
const writing = ['object_configuration:read-write']

const parentOf = ({ params, workspace }: Call, target: 'objects' | 'lists', at?: number) =>
  target === 'objects' ? requireObject(workspace, params.parent ?? '', at) : requireList(workspace, params.parent ?? '', at)

const newAttribute = z.object({
  title: z.string().min(1),
  description: z.string().nullable().default(null),
  api_slug: z.string().min(1),
  type: z.enum(attributeTypes),
  is_required: z.boolean().default(false),
  is_unique: z.boolean().default(false),
  is_multiselect: z.boolean().default(false),
  config: z
    .object({
      currency: z.object({ default_currency_code: z.string() }).loose().optional(),
      record_reference: z.object({ allowed_objects: z.array(z.string()).nullable() }).optional(),
    })
    .default({}),
})
const changes = z
  .object({
    title: z.string().min(1),
    description: z.string().nullable(),
    api_slug: z.string().min(1),
    is_archived: z.boolean(),
    is_required: z.boolean(),
  })
  .partial()
const newChoice = z.object({ title: z.string().min(1), celebration_enabled: z.boolean().default(false) })
const choiceChanges = z.object({ title: z.string().min(1), is_archived: z.boolean(), celebration_enabled: z.boolean() }).partial()

function choiceRoutes(routes: RouteTable, target: 'objects' | 'lists', path: 'options' | 'statuses'): void {
  const type = path === 'options' ? 'select' : 'status'
  const noun = path === 'options' ? 'select option' : 'status'
  const found = (call: Call, at?: number) =>
    requireAttribute(call.workspace, parentOf(call, target, at).id, call.params.attribute ?? '', at)
  const ofType = (call: Call) => {
    const attribute = found(call)
    if (attribute.type !== type) throw invalid(`This attribute is not a ${type} attribute.`)
    return attribute
  }
  const free = (attribute: Attribute, title: string) => {
    if (attribute.choices.some(choice => choice.title === title))
      throw conflict(`There is already another ${noun} with the title "${title}".`, 'slug_conflict')
  }
  const base = `/${target}/:parent/attributes/:attribute/${path}`

  routes.get(base, { scopes: reading }, call => {
    const attribute = found(call, call.at)
    const choices = attribute.choices.filter(choice => flag(call.query, 'show_archived') || !choice.archived)
    return { data: attribute.type === type ? choices.map(choice => choiceOutput(call.workspace, attribute, choice)) : [] }
  })
  routes.post(base, { scopes: writing }, call => {
    const attribute = ofType(call)
    const { title, celebration_enabled } = call.body(dataOf(newChoice)).data
    free(attribute, title)
    const choice: Choice = { id: freshId(), title, archived: false, celebrate: celebration_enabled }
    return {
      data: choiceOutput(call.workspace, updateAttribute(call.writer, attribute, { choices: [...attribute.choices, choice] }), choice),
    }
  })
  routes.patch(`${base}/:choice`, { scopes: writing }, call => {
    const attribute = ofType(call)
    const wanted = call.params.choice
    const old = attribute.choices.find(choice => choice.id === wanted || choice.title === wanted)
    if (old === undefined) throw notFound(`No ${noun} with ID "${wanted}" was found.`)
    const { title, is_archived, celebration_enabled } = call.body(dataOf(choiceChanges)).data
    if (title !== undefined && title !== old.title) free(attribute, title)
    const choice: Choice = {
      ...old,
      title: title ?? old.title,
      archived: is_archived ?? old.archived,
      celebrate: celebration_enabled ?? old.celebrate,
    }
    const choices = attribute.choices.map(candidate => (candidate.id === old.id ? choice : candidate))
    return { data: choiceOutput(call.workspace, updateAttribute(call.writer, attribute, { choices }), choice) }
  })
}

export function attributeRoutes(routes: RouteTable): void {
  for (const target of ['objects', 'lists'] as const) {
    routes.get(`/${target}/:parent/attributes`, { scopes: reading }, call => {
      const all = attributesOf(call.workspace, parentOf(call, target, call.at).id, call.at)
      const shown = all.filter(attribute => flag(call.query, 'show_archived') || !attribute.archived)
      return { data: page(shown, call.query, { standard: 500 }).map(attribute => attributeOutput(call.workspace, attribute)) }
    })
    routes.get(`/${target}/:parent/attributes/:attribute`, { scopes: reading }, call => ({
      data: attributeOutput(
        call.workspace,
        requireAttribute(call.workspace, parentOf(call, target, call.at).id, call.params.attribute ?? '', call.at),
      ),
    }))
    routes.post(`/${target}/:parent/attributes`, { scopes: writing }, call => {
      const parent = parentOf(call, target)
      const given = call.body(dataOf(newAttribute)).data
      if (attributesOf(call.workspace, parent.id).some(attribute => attribute.slug === given.api_slug))
        throw conflict(
          `An attribute with the same API slug already exists on this ${target === 'objects' ? 'object' : 'list'}. Please choose a different API slug.`,
          'slug_conflict',
        )
      const allowed = given.config.record_reference?.allowed_objects?.map(slug => requireObject(call.workspace, slug).id) ?? null
      const made = createAttribute(call.writer, {
        target,
        parentId: parent.id,
        slug: given.api_slug,
        title: given.title,
        type: given.type,
        description: given.description,
        required: given.is_required,
        unique: given.is_unique,
        multiselect: given.is_multiselect,
        currencyCode: given.type === 'currency' ? (given.config.currency?.default_currency_code ?? 'USD') : null,
        allowedObjectIds: allowed,
      })
      return { data: attributeOutput(call.workspace, made) }
    })
    routes.patch(`/${target}/:parent/attributes/:attribute`, { scopes: writing }, call => {
      const attribute = requireAttribute(call.workspace, parentOf(call, target).id, call.params.attribute ?? '')
      const given = call.body(dataOf(changes)).data
      const updated = updateAttribute(call.writer, attribute, {
        title: given.title ?? attribute.title,
        description: given.description === undefined ? attribute.description : given.description,
        slug: given.api_slug ?? attribute.slug,
        archived: given.is_archived ?? attribute.archived,
        required: given.is_required ?? attribute.required,
      })
      return { data: attributeOutput(call.workspace, updated) }
    })
    choiceRoutes(routes, target, 'options')
    choiceRoutes(routes, target, 'statuses')
  }
}
