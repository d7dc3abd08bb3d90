import { type ActivityKind, activityKinds, categories, endingOf, featureAreas } from '@worksights/activity'
import { selectChoices } from '@worksights/database'
import { z } from 'zod'
import { connectionStates } from '../connections/connection-form.ts'
import { defineRoute } from '../http/define-route.ts'

const connectionId = z.uuid().meta({ description: 'The connection (workspace) it is of.' })

const choices = z
  .object({
    people: z
      .array(z.object({ user_id: z.uuid(), name: z.string().nullable(), email: z.string(), avatar_url: z.string().nullable() }))
      .meta({ description: 'Users whom Attio members map to: values of `user`.' }),
    workspaces: z
      .array(z.object({ connection_id: connectionId, name: z.string(), state: z.enum(connectionStates) }))
      .meta({ description: 'Values of `connection`; disconnected ones keep their lines.' }),
    categories: z.array(z.object({ value: z.enum(categories), name: z.string() })).meta({ description: 'Values of `category`.' }),
    features: z
      .array(z.object({ value: z.enum(featureAreas), name: z.string(), hidden: z.boolean().meta({ description: 'Switched off.' }) }))
      .meta({ description: 'Values of `feature`.' }),
    kinds: z
      .array(z.object({ value: z.enum(activityKinds), name: z.string(), features: z.array(z.enum(featureAreas)) }))
      .meta({ description: 'Values of `kind`, with the areas their lines can be in.' }),
    objects: z
      .array(
        z.object({
          ...{ connection_id: connectionId, id: z.string(), slug: z.string().nullable() },
          ...{ singular: z.string().nullable(), plural: z.string().nullable() },
        }),
      )
      .meta({ description: 'Values of `object`, by id or slug. A standard object has one slug in all workspaces and an id in each.' }),
    lists: z
      .array(z.object({ connection_id: connectionId, id: z.string(), name: z.string() }))
      .meta({ description: 'Values of `list`; without private lists that are hidden.' }),
    attributes: z
      .array(
        z.object({
          ...{ connection_id: connectionId, id: z.string(), name: z.string() },
          ...{ object_id: z.string().nullable(), list_id: z.string().nullable() },
        }),
      )
      .meta({ description: 'Values of `attribute`, each of an object or of a list.' }),
  })
  .meta({ id: 'TimelineChoices' })

const categoryNames: Record<(typeof categories)[number], string> = { default: 'Default (CRM)', task: 'Task', meeting: 'Meeting' }
const featureNames: Record<(typeof featureAreas)[number], string> = {
  crm: 'CRM',
  deals: 'Deals',
  tasks: 'Tasks',
  notes: 'Notes & Comments',
  calls: 'Calls',
}

/** What a kind of record lines is called; the others are called as in the breadcrumb of their lines. */
const recordKinds: Partial<Record<ActivityKind, string>> = {
  'record.created': 'Record created',
  'record.updated': 'Record updated',
  'record.deleted': 'Record deleted',
  'record.merged': 'Records merged',
}

/** The areas that lines of a kind can be in. */
function areasOf(kind: ActivityKind): (typeof featureAreas)[number][] {
  if (kind.startsWith('record.')) return ['crm', 'deals']
  if (kind.startsWith('list-entry.')) return ['crm']
  if (kind.startsWith('task.')) return ['tasks']
  return kind.startsWith('call-recording.') ? ['calls'] : ['notes']
}

const example = { connection_id: '0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e' }

export const getFilters = defineRoute({
  method: 'get',
  path: '/v1/timeline/filters',
  tag: 'Timeline',
  role: 'member',
  summary: 'What the timeline can be narrowed by',
  description:
    'For menus. Whatever is listed may be given as a filter, whether or not there are lines of it. At most 2,000 of each; records are found by typing (`/v1/timeline/filters/records`).',
  reply: {
    status: 200,
    description: 'Everything to choose from, by name.',
    schema: choices,
    example: {
      people: [
        {
          user_id: '0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c',
          name: 'Ada Lovelace',
          email: 'ada.lovelace@northwind.example',
          avatar_url: null,
        },
      ],
      workspaces: [{ ...example, name: 'Northwind Traders', state: 'connected' }],
      categories: [{ value: 'default', name: 'Default (CRM)' }],
      features: [{ value: 'deals', name: 'Deals', hidden: false }],
      kinds: [{ value: 'record.updated', name: 'Record updated', features: ['crm', 'deals'] }],
      objects: [{ ...example, id: '97052eb9-e65e-443f-a297-f2d9a4a7f795', slug: 'deals', singular: 'deal', plural: 'deals' }],
      lists: [{ ...example, id: '33ebdbe9-e529-47c9-b894-0ba25e9c15c0', name: 'Hot Leads' }],
      attributes: [
        {
          ...{ ...example, id: '41252299-f8c7-4b5e-99c9-4ff8321d2f96', name: 'Stage' },
          ...{ object_id: '97052eb9-e65e-443f-a297-f2d9a4a7f795', list_id: null },
        },
      ],
    },
  },
  async handler({ tenant }) {
    const found = await tenant.read(selectChoices)
    return {
      body: {
        people: found.people.map(person => ({
          ...{ user_id: person.userId, name: person.name, email: person.email, avatar_url: person.avatarUrl },
        })),
        workspaces: found.workspaces.map(({ connectionId, ...workspace }) => ({ connection_id: connectionId, ...workspace })),
        categories: categories.map(value => ({ value, name: categoryNames[value] })),
        features: featureAreas.map(value => ({ value, name: featureNames[value], hidden: found.hiddenAreas.includes(value) })),
        kinds: activityKinds.map(value => ({ value, name: recordKinds[value] ?? endingOf(value), features: areasOf(value) })),
        objects: found.objects.map(({ connectionId, ...object }) => ({ connection_id: connectionId, ...object })),
        lists: found.lists.map(({ connectionId, ...list }) => ({ connection_id: connectionId, ...list })),
        attributes: found.attributes.map(({ connectionId, objectId, listId, ...attribute }) => ({
          ...{ connection_id: connectionId, ...attribute, object_id: objectId, list_id: listId },
        })),
      },
    }
  },
})
