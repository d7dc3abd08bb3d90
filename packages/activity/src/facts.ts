import { z } from 'zod'

/*
 * What is known of one Attio event once it is resolved: the only input of consolidation. Stored with the event and never changed, save that a
 * missing name may be filled in later. Ids are Attio's, kept as they came.
 */

export const featureAreas = ['crm', 'deals', 'tasks', 'notes', 'calls'] as const
export type FeatureArea = (typeof featureAreas)[number]

export const categories = ['default', 'task', 'meeting'] as const
export type Category = (typeof categories)[number]

export const nameStates = ['known', 'pending', 'forbidden', 'gone'] as const
export type NameState = (typeof nameStates)[number]

/** An id with the name it had when the event was resolved; a gone thing keeps its last known name. */
const named = z.object({ id: z.string(), name: z.string().nullable(), state: z.enum(nameStates) })
export type Named = z.infer<typeof named>

const recordRef = named.extend({ objectId: z.string().nullable() })
export type RecordRef = z.infer<typeof recordRef>

/** An object's nouns as a sentence wants them: lower case, null while unknown. */
const object = z.object({ id: z.string(), singular: z.string().nullable(), plural: z.string().nullable() })

const attribute = named.extend({ type: z.string().nullable() })
export type AttributeRef = z.infer<typeof attribute>

const actor = z.object({ memberId: z.string(), name: z.string().nullable() })

/** A task as it read when the event was resolved. Times are ms since the epoch. */
const taskSnapshot = z.object({
  text: z.string(),
  isCompleted: z.boolean(),
  completedAt: z.number().nullable(),
  deadlineAt: z.number().nullable(),
  assigneeIds: z.array(z.string()),
  linkedRecordIds: z.array(z.string()),
})
export type TaskSnapshot = z.infer<typeof taskSnapshot>

const shared = { v: z.literal(1), actor, feature: z.enum(featureAreas), url: z.string().nullable() }

const recordFacts = z.object({
  ...shared,
  family: z.literal('record'),
  kind: z.enum(['record.created', 'record.updated', 'record.deleted', 'record.merged']),
  object,
  record: recordRef,
  /** Of record.updated. */
  attribute: attribute.nullable(),
  /** Of record.merged: one of the originals. */
  duplicate: recordRef.nullable(),
})

const entryFacts = z.object({
  ...shared,
  family: z.literal('entry'),
  kind: z.enum(['list-entry.created', 'list-entry.updated', 'list-entry.deleted']),
  entryId: z.string(),
  list: named,
  record: recordRef,
  attribute: attribute.nullable(),
})

const noteFacts = z.object({
  ...shared,
  family: z.literal('note'),
  kind: z.enum(['note.created', 'note.updated', 'note-content.updated', 'note.deleted']),
  /** A known empty name is a note without a title. */
  note: named,
  record: recordRef,
})

const commentFacts = z.object({
  ...shared,
  family: z.literal('comment'),
  kind: z.enum(['comment.created', 'comment.resolved', 'comment.unresolved', 'comment.deleted']),
  commentId: z.string(),
  record: recordRef,
  /** The list of the entry the comment hangs on, if it hangs on one. */
  list: named.nullable(),
})

const taskFacts = z.object({
  ...shared,
  family: z.literal('task'),
  kind: z.enum(['task.created', 'task.updated', 'task.deleted']),
  taskId: z.string(),
  taskState: z.enum(nameStates),
  /** Last known text; null while unknown. */
  text: z.string().nullable(),
  /** Null where the task could not be read (deleted, forbidden, not yet). */
  snapshot: taskSnapshot.nullable(),
  linked: z.array(recordRef),
})
export type TaskFacts = z.infer<typeof taskFacts>

const callFacts = z.object({
  ...shared,
  family: z.literal('call'),
  kind: z.literal('call-recording.created'),
  recordingId: z.string(),
  meeting: named,
  /** Linked records, the one the line is about first: deal, else company, else person. */
  linked: z.array(recordRef),
  participants: z.array(actor),
})

export const eventFacts = z.discriminatedUnion('family', [recordFacts, entryFacts, noteFacts, commentFacts, taskFacts, callFacts])
export type EventFacts = z.infer<typeof eventFacts>
export type EventKind = EventFacts['kind']

/** An event with what orders it. All times are whole ms since the epoch. */
export type StoredEvent = {
  id: string
  deliveryId: string
  /** Place in the delivery's `events[]`. */
  index: number
  webhookId: string
  /** Equal for equal event bodies: what tells that two webhooks brought one event. */
  fingerprint: string
  receivedAt: number
  happenedAt: number
  windowMs: number
  facts: EventFacts
}

export function categoryOf(facts: EventFacts): Category {
  if (facts.family === 'task') return 'task'
  return facts.family === 'call' ? 'meeting' : 'default'
}
