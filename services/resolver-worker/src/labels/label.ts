import type { Named, NameState, TaskSnapshot } from '@worksights/activity'
import { namingSlugs } from '@worksights/attio'
import type { LabelRow, LabelType } from '@worksights/database'
import { z } from 'zod'

/** What a label is found and read by: `parentId` is the object of a record, `objects/<id>` or `lists/<id>` of an attribute, the meeting of a recording. */
export type LabelRef = { type: LabelType; id: string; parentId: string }
export const labelKey = (ref: { type: LabelType; id: string }) => `${ref.type}/${ref.id}`

/** What is kept of each type beside its name. Written by us, read back through these. */
export const details = {
  object: z.object({ slug: z.string().nullable(), singular: z.string().nullable(), plural: z.string().nullable() }),
  attribute: z.object({ slug: z.string().nullable(), type: z.string().nullable() }),
  list: z.object({ access: z.string().nullable(), objects: z.array(z.string()).default([]) }),
  record: z.object({ url: z.string().nullable() }),
  note: z.object({}),
  task: z.object({
    isCompleted: z.boolean(),
    completedAt: z.number().nullable(),
    deadlineAt: z.number().nullable(),
    assigneeIds: z.array(z.string()),
    linked: z.array(z.object({ objectId: z.string(), recordId: z.string() })),
  }),
  meeting: z.object({
    organizerEmail: z.string().nullable(),
    participantEmails: z.array(z.string()),
    linked: z.array(z.object({ objectId: z.string(), recordId: z.string() })),
  }),
  'call-recording': z.object({
    url: z.string().nullable(),
    createdAt: z.number().nullable(),
    creator: z.object({ type: z.string(), id: z.string().nullable() }),
  }),
} satisfies Record<LabelType, z.ZodType>
export type Details<T extends LabelType> = z.infer<(typeof details)[T]>

/** What is known of a thing now. */
export type Label = {
  ref: LabelRef
  state: NameState
  name: string | null
  details: unknown
  /** Attio answered within this very look-up. */
  fresh: boolean
  /** It was to be read again in this look-up and has not been: name and details are those from before. */
  outdated: boolean
  /** Attio's last answer was 404. */
  missing: boolean
}

export const unknownLabel = (ref: LabelRef): Label => ({
  ...{ ref, state: 'pending', name: null, details: null },
  ...{ fresh: false, outdated: false, missing: false },
})

export function fromRow(row: LabelRow): Label {
  return {
    ref: { type: row.type, id: row.id, parentId: row.parentId },
    state: row.state,
    name: row.name,
    details: row.details,
    fresh: false,
    outdated: false,
    missing: row.missingForMs !== null,
  }
}

/** Whether Attio has said all that is to be said of it for now. A list that Attio does not show is private, at once. */
export function isSettled(label: Label): boolean {
  return label.state !== 'pending' || (label.ref.type === 'list' && label.missing)
}

/** The details of a label, or null while nothing is known of it. */
export function detailsOf<T extends LabelType>(label: Label, type: T): Details<T> | null {
  const parsed = details[type].safeParse(label.details)
  return label.ref.type === type && parsed.success ? (parsed.data as Details<T>) : null
}

export function named(label: Label): Named {
  return { id: label.ref.id, name: label.name, state: label.state }
}

/** The task as it reads now, null while unread. */
export function snapshotOf(label: Label): TaskSnapshot | null {
  const task = detailsOf(label, 'task')
  if (!task || label.name === null) return null
  const { linked, ...rest } = task
  return { text: label.name, ...rest, linkedRecordIds: linked.map(record => record.recordId) }
}

/** Attributes that give a record its name: a change of one makes the record's label doubtful. */
export function isNaming(attribute: Label): boolean {
  const slug = detailsOf(attribute, 'attribute')?.slug
  return slug !== null && slug !== undefined && namingSlugs.includes(slug)
}
