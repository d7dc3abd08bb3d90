import { z } from 'zod'
import { categories, featureAreas, nameStates } from './facts.ts'

/** What people filter by: Attio's event types, with completion of a task told apart and both edits of a note as one. */
export const activityKinds = [
  'record.created',
  'record.updated',
  'record.deleted',
  'record.merged',
  'list-entry.created',
  'list-entry.updated',
  'list-entry.deleted',
  'note.created',
  'note.updated',
  'note.deleted',
  'comment.created',
  'comment.resolved',
  'comment.unresolved',
  'comment.deleted',
  'task.created',
  'task.updated',
  'task.completed',
  'task.reopened',
  'task.deleted',
  'call-recording.created',
] as const
export type ActivityKind = (typeof activityKinds)[number]

export const subjectTypes = ['record', 'note', 'task', 'meeting'] as const

/** One step of one attribute: when, by which event, and the values where they are known. */
export const changeStep = z.object({
  at: z.iso.datetime(),
  event_id: z.uuid(),
  from: z.string().nullable().optional(),
  to: z.string().nullable().optional(),
})

/** What one attribute went through within a line, in order. */
export const change = z.object({ attribute_id: z.string().nullable(), title: z.string(), steps: z.array(changeStep) })
export type Change = z.infer<typeof change>

export const subject = z.object({
  type: z.enum(subjectTypes),
  id: z.string(),
  object_id: z.string().nullable(),
  /** The name it had then. */
  name: z.string(),
  name_state: z.enum(nameStates),
})
export type Subject = z.infer<typeof subject>

export const relatedRecord = z.object({
  type: z.literal('record'),
  id: z.string(),
  object_id: z.string().nullable(),
  name: z.string(),
  name_state: z.enum(nameStates),
})
export type RelatedRecord = z.infer<typeof relatedRecord>

export const participant = z.object({ member_id: z.string(), name: z.string().nullable() })

/** One line of the timeline, as consolidation makes it. Times are whole ms since the epoch. */
export const activityLine = z.object({
  id: z.uuid(),
  kind: z.enum(activityKinds),
  category: z.enum(categories),
  feature: z.enum(featureAreas),
  memberId: z.string(),
  actorName: z.string().nullable(),
  subject,
  objectId: z.string().nullable(),
  listId: z.string().nullable(),
  /** Every record the line is about: subject, parent, linked. */
  recordIds: z.array(z.string()),
  breadcrumb: z.array(z.string()),
  /** The breadcrumb joined with ` > `. */
  title: z.string(),
  detail: z.string().nullable(),
  /** One sentence. */
  summary: z.string(),
  changes: z.array(change),
  related: z.array(relatedRecord),
  participants: z.array(participant),
  attributeIds: z.array(z.string()),
  url: z.string().nullable(),
  nameState: z.enum(nameStates),
  occurredAt: z.number().int(),
  lastEventAt: z.number().int(),
  /** Distinct attributes changed. */
  fields: z.number().int(),
  eventCount: z.number().int(),
  late: z.boolean(),
  /** The events it is made of, in order. */
  eventIds: z.array(z.uuid()),
})
export type ActivityLine = z.infer<typeof activityLine>
