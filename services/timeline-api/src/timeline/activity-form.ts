import {
  activityKinds,
  type Change,
  categories,
  change,
  featureAreas,
  nameStates,
  participant,
  relatedRecord,
  subject,
} from '@worksights/activity'
import type { TimelineRow } from '@worksights/database'
import { z } from 'zod'

const exampleId = '0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10'

/** A line of the timeline as the API gives it. */
export const activityForm = z
  .object({
    id: z.uuid(),
    source: z.literal('attio').meta({ description: 'The tool it comes from.' }),
    kind: z.enum(activityKinds).meta({ description: 'What was done to what.' }),
    category: z.enum(categories).meta({ description: 'People read: Default (CRM), Task, Meeting.' }),
    feature: z.enum(featureAreas).meta({ description: 'The feature area; `listFeatures` has their names.' }),
    title: z.string().meta({ description: 'The breadcrumb joined with ` > `.' }),
    breadcrumb: z.array(z.string()).meta({ description: 'What it was done to, from the outside in, and at last what was done.' }),
    detail: z.string().nullable().meta({
      description: 'A second line; of a task its whole text, whose first line is in the title too. Null where the title says it all.',
    }),
    summary: z.string().meta({ description: 'The whole line as one sentence.' }),
    changes: z.array(change).meta({
      description:
        'What each attribute went through, in order; `attribute_id` is null for what is no attribute in Attio (a note’s text, the completion of a task). `from` and `to` of a step are there where the values are known, and null for an empty value; without them the step says when it changed, and no more.',
    }),
    actor: z.object({
      member_id: z.string().meta({ description: "Attio's id of the member who acted." }),
      name: z.string().nullable(),
      avatar_url: z.string().nullable(),
      user: z
        .object({ id: z.uuid(), name: z.string().nullable(), email: z.string() })
        .nullable()
        .meta({ description: 'Who that is here: the name to show, where there is one.' }),
    }),
    subject: subject.extend({
      name_now: z.string().nullable().meta({ description: 'The name it has at present, where known; `name` is the one it had then.' }),
    }),
    related: z.array(relatedRecord).meta({ description: 'Other records it is about: what a note or task hangs on, what was merged.' }),
    participants: z.array(participant).meta({ description: 'Members who took part beside the actor.' }),
    url: z.string().nullable().meta({ description: 'Link into Attio; null where there is nothing to open (any more), and for tasks.' }),
    name_state: z.enum(nameStates).meta({
      description:
        'The worst of all names in the line. `known`. `pending`: a short id stands there for now, and the name comes by itself. `forbidden`: Attio does not show it to the integration; a permission is missing. `gone`: deleted in Attio; the last known name stays.',
    }),
    occurred_at: z.iso.datetime().meta({ description: "Time of the line's first event: its place in the timeline, which never moves." }),
    last_event_at: z.iso.datetime().meta({ description: 'Time of its last event: it grew until then.' }),
    updated_at: z.iso.datetime().meta({ description: 'When the line was last written here, be it for a name.' }),
    fields: z.int().meta({ description: 'Distinct attributes changed.' }),
    event_count: z.int().meta({ description: 'Events it is made of.' }),
    late: z.boolean().meta({ description: 'Arrived more than ten minutes after it happened.' }),
    connection: z.object({ id: z.uuid(), workspace_name: z.string() }),
  })
  .meta({ id: 'Activity', description: 'One line of the timeline: who acted, what they acted on, what changed.' })

export type ActivityForm = z.output<typeof activityForm>

/** Turns a row into the API's form; the only place that does. */
export function toActivityForm(row: TimelineRow): ActivityForm {
  // The enumerations and JSON columns were written from the activity package's schemas; reading them back needs no second check.
  return {
    id: row.id,
    source: 'attio',
    kind: row.kind as ActivityForm['kind'],
    category: row.category as ActivityForm['category'],
    feature: row.feature as ActivityForm['feature'],
    title: row.title,
    breadcrumb: row.breadcrumb,
    detail: row.detail,
    summary: row.summary,
    changes: row.changes as Change[],
    actor: {
      member_id: row.memberId,
      name: row.actorName,
      avatar_url: row.avatarUrl,
      user: { id: row.userId, name: row.userName, email: row.userEmail },
    },
    subject: { ...(row.subject as z.output<typeof subject>), name_now: row.subjectNameNow },
    related: row.related as ActivityForm['related'],
    participants: row.participants as ActivityForm['participants'],
    url: row.url,
    name_state: row.nameState as ActivityForm['name_state'],
    occurred_at: row.occurredAt.toISOString(),
    last_event_at: row.lastEventAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    fields: row.fieldCount,
    event_count: row.eventCount,
    late: row.late,
    connection: { id: row.connectionId, workspace_name: row.workspaceName },
  }
}

/** A line as the documentation shows it. */
export const activityExample: ActivityForm = {
  id: exampleId,
  source: 'attio',
  kind: 'record.updated',
  category: 'default',
  feature: 'deals',
  title: 'Acme Corp > Updated',
  breadcrumb: ['Acme Corp', 'Updated'],
  detail: 'Updated Stage and Deal Value',
  summary: 'Ada Lovelace updated Stage and Deal Value on Acme Corp',
  changes: [
    {
      attribute_id: '41252299-f8c7-4b5e-99c9-4ff8321d2f96',
      title: 'Stage',
      steps: [
        { at: '2026-11-24T09:12:04.120Z', event_id: '5a2f2f0e-64ce-5b0c-8a52-0f5a1f5ef4aa', from: 'Qualified', to: 'Negotiation' },
        { at: '2026-11-24T09:14:40.007Z', event_id: '0f7a3c11-9a60-5d4e-b1c8-6d2e5f4a3b2c', from: 'Negotiation', to: 'Won' },
      ],
    },
    {
      attribute_id: '7d0e6b1a-4c2f-4e8d-9b3a-1f2e3d4c5b6a',
      title: 'Deal Value',
      steps: [{ at: '2026-11-24T09:13:21.554Z', event_id: 'c3d4e5f6-a7b8-5c9d-8e0f-1a2b3c4d5e6f' }],
    },
  ],
  actor: {
    member_id: '50cf242c-7fa3-4cad-87d0-75b1af71c57b',
    name: 'Ada Lovelace',
    avatar_url: null,
    user: { id: '0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c', name: 'Ada Lovelace', email: 'ada.lovelace@northwind.example' },
  },
  subject: {
    type: 'record',
    id: 'bf071e1f-6035-429d-b874-d83ea64ea13b',
    object_id: '97052eb9-e65e-443f-a297-f2d9a4a7f795',
    name: 'Acme Corp',
    name_state: 'known',
    name_now: 'Acme Corp',
  },
  related: [],
  participants: [],
  url: 'https://app.attio.com/northwind/deals/record/bf071e1f-6035-429d-b874-d83ea64ea13b/overview',
  name_state: 'known',
  occurred_at: '2026-11-24T09:12:04.120Z',
  last_event_at: '2026-11-24T09:14:40.007Z',
  updated_at: '2026-11-24T09:14:40.102Z',
  fields: 2,
  event_count: 3,
  late: false,
  connection: { id: '0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e', workspace_name: 'Northwind Traders' },
}
