/** Who did something, as Attio names actors. */
export interface Actor {
  type: 'workspace-member' | 'api-token' | 'system' | 'app'
  id: string | null
}

export const attributeTypes = [
  'text',
  'number',
  'checkbox',
  'currency',
  'date',
  'timestamp',
  'rating',
  'status',
  'select',
  'record-reference',
  'actor-reference',
  'location',
  'domain',
  'email-address',
  'phone-number',
  'interaction',
  'personal-name',
] as const
export type AttributeType = (typeof attributeTypes)[number]

export interface Member {
  id: string
  firstName: string
  lastName: string
  email: string
  avatarUrl: string | null
  accessLevel: 'admin' | 'member' | 'suspended'
  createdAt: number
}

export interface ObjectType {
  id: string
  slug: string
  singular: string
  plural: string
  createdAt: number
}

export interface Choice {
  id: string
  title: string
  archived: boolean
  celebrate: boolean
}

export interface Attribute {
  id: string
  target: 'objects' | 'lists'
  /** Id of the object or list it belongs to. */
  parentId: string
  slug: string
  title: string
  description: string | null
  type: AttributeType
  system: boolean
  writable: boolean
  required: boolean
  unique: boolean
  multiselect: boolean
  archived: boolean
  currencyCode: string | null
  allowedObjectIds: string[] | null
  /** Select options or statuses. */
  choices: Choice[]
  /** Attio refuses the history of values it computes itself. */
  enriched: boolean
  createdAt: number
}

/** One value of an attribute with the time it held. `data` has the type's own keys; statuses and options hold only `choice`. */
export interface Value {
  activeFrom: number
  activeUntil: number | null
  actor: Actor
  data: Record<string, unknown>
}

/** Values by attribute id, the past ones first. */
export type Values = Record<string, Value[]>

export interface RecordRow {
  id: string
  objectId: string
  values: Values
  createdAt: number
  createdBy: Actor
  /** A merge's result answers `merge_in_progress` until then. */
  readableFrom: number
}

export interface List {
  id: string
  slug: string
  name: string
  parentObjects: string[]
  workspaceAccess: 'full-access' | 'read-and-write' | 'read-only' | null
  memberAccess: { workspace_member_id: string; level: 'full-access' | 'read-and-write' | 'read-only' }[]
  createdBy: Actor
  createdAt: number
}

export interface Entry {
  id: string
  listId: string
  objectId: string
  recordId: string
  values: Values
  createdAt: number
  createdBy: Actor
}

export interface Note {
  id: string
  objectId: string
  recordId: string
  title: string
  content: string
  meetingId: string | null
  createdBy: Actor
  createdAt: number
}

export interface Task {
  id: string
  content: string
  deadlineAt: number | null
  completedAt: number | null
  completed: boolean
  links: { objectId: string; recordId: string }[]
  assigneeIds: string[]
  createdBy: Actor
  createdAt: number
}

export interface Comment {
  id: string
  threadId: string
  content: string
  objectId: string
  recordId: string
  entry: { listId: string; entryId: string } | null
  author: Actor
  resolvedAt: number | null
  resolvedBy: Actor | null
  createdAt: number
}

export type MeetingMoment = { datetime: string; timezone: string | null } | { date: string }

export interface Meeting {
  id: string
  title: string
  description: string
  allDay: boolean
  start: MeetingMoment
  end: MeetingMoment
  participants: { status: 'accepted' | 'tentative' | 'declined' | 'pending'; is_organizer: boolean; email_address: string | null }[]
  links: { objectId: string; recordId: string }[]
  createdBy: Actor
  createdAt: number
}

export interface CallRecording {
  id: string
  meetingId: string
  status: 'processing' | 'completed' | 'failed'
  createdBy: Actor
  createdAt: number
}

export type FilterCondition = { field: string; operator: 'equals' | 'not_equals'; value: string }
export type EventFilter = { $and: FilterCondition[] } | { $or: FilterCondition[] } | null

export interface Webhook {
  id: string
  /** The app whose token made it: an app sees only its own webhooks (assumed). */
  clientId: string
  targetUrl: string
  subscriptions: { event_type: string; filter: EventFilter }[]
  secret: string
  createdAt: number
  /** When the retries of a message first ran out; null while active. */
  degradedAt: number | null
}
