export type { Actor } from './attio-fields.ts'
export { createCallMetrics } from './call-metrics.ts'
export { type AttioClient, type AttioClientOptions, createAttioClient } from './client.ts'
export { buildAuthorizeUrl, exchangeCode, introspect } from './oauth.ts'
export type { CommentReply, ThreadReply } from './resources/comments.ts'
export type { ListReply } from './resources/lists.ts'
export type { CallRecordingReply, MeetingReply } from './resources/meetings.ts'
export type { MemberReply } from './resources/members.ts'
export type { NoteReply } from './resources/notes.ts'
export type { AttributeReply, AttributeTarget, ObjectReply, SelectOptionReply, StatusReply } from './resources/objects.ts'
export { namingSlugs, recordName } from './resources/record-name.ts'
export type { EntryReply, QueryBody, RecordReply, ValueOwner } from './resources/records.ts'
export type { SelfReply } from './resources/self.ts'
export type { TaskReply } from './resources/tasks.ts'
export type { AttributeValue } from './resources/values.ts'
export type { CreatedWebhookReply, WebhookReply } from './resources/webhooks.ts'
export type { AttioError, AttioErrorContext, AttioResult, ValidationIssue } from './result.ts'
export { excessScopes, missingScopes, type RequiredScope, requiredScopes } from './scopes.ts'
export type { AttioLog, CallOptions, ResponseInfo } from './transport.ts'
export { type JsonObject, type JsonValue, type ParsedDelivery, type ParsedEvent, parseDelivery } from './webhooks/delivery.ts'
export type {
  AttioEvent,
  AttioEventType,
  AttributeEvent,
  CallRecordingEvent,
  CommentEvent,
  ListAttributeEvent,
  ListEntryEvent,
  ListEntryUpdatedEvent,
  ListEvent,
  MemberEvent,
  NoteEvent,
  ObjectAttributeEvent,
  RecordEvent,
  RecordMergedEvent,
  RecordUpdatedEvent,
  TaskEvent,
} from './webhooks/event-schema.ts'
export { otherSubscriptionTypes, recordSubscriptionTypes, supportedEventTypes } from './webhooks/event-types.ts'
export { verifySignature } from './webhooks/signature.ts'
export {
  buildSilentSubscriptions,
  buildSubscriptions,
  type FilterCondition,
  type SubscriptionFilter,
  type WebhookSubscription,
} from './webhooks/subscriptions.ts'
