import type { AttioEventType } from './event-schema.ts'

/** Subscriptions of the first webhook: what an import or an enrichment multiplies. */
export const recordSubscriptionTypes = [
  'record.created',
  'record.updated',
  'record.merged',
  'record.deleted',
  'list-entry.created',
  'list-entry.updated',
  'list-entry.deleted',
] as const satisfies readonly AttioEventType[]

/** Subscriptions of the second webhook: what must not wait behind an import, since Attio paces each target URL. */
export const otherSubscriptionTypes = [
  'note.created',
  'note.updated',
  'note-content.updated',
  'note.deleted',
  'comment.created',
  'comment.resolved',
  'comment.unresolved',
  'comment.deleted',
  'task.created',
  'task.updated',
  'task.deleted',
  'call-recording.created',
  'list.created',
  'list.updated',
  'list.deleted',
  'list-attribute.created',
  'list-attribute.updated',
  'object-attribute.created',
  'object-attribute.updated',
  'workspace-member.created',
] as const satisfies readonly AttioEventType[]

/**
 * Every type that parses as a known event. The `activity.*` family (alpha; its shapes may still move) is not among them: it arrives
 * as unknown, like any type of tomorrow.
 */
export const supportedEventTypes: readonly AttioEventType[] = [...recordSubscriptionTypes, ...otherSubscriptionTypes]
