import type { EventFacts, Named, RecordRef, StoredEvent, TaskSnapshot } from '../facts.ts'
import { eventId } from '../ids.ts'
import { defaultWindowMs } from '../lanes.ts'

/*
 * Facts and stored events for tests: a small sales workspace with sane defaults, of which a test names only what it is about.
 */

type Family<F extends EventFacts['family']> = Extract<EventFacts, { family: F }>
type Given<F extends EventFacts['family']> = Partial<Omit<Family<F>, 'v' | 'family' | 'kind'>>

export const ann = { memberId: '50cf242c-7fa3-4cad-87d0-75b1af71c57b', name: 'Ann Lee' }
export const bob = { memberId: '10da1070-0695-484c-bd43-03720e993032', name: 'Bob Roy' }

export const known = (id: string, name: string): Named => ({ id, name, state: 'known' })
/** A thing without a name: on its way, refused, or gone before it was read. */
export const nameless = (id: string, state: Named['state']): Named => ({ id, name: null, state })

export const companies = { id: '97052eb9-e65e-443f-a297-f2d9a4a7f795', singular: 'company', plural: 'companies' }
export const people = { id: '0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f1', singular: 'person', plural: 'people' }
export const deals = { id: 'dea15000-1111-4222-8333-444455556666', singular: 'deal', plural: 'deals' }

export const acme: RecordRef = { ...known('bf071e1f-6035-429d-b874-d83ea64ea13b', 'Acme Corp'), objectId: companies.id }
export const renewalDeal: RecordRef = { ...known('d0a1e2f3-6035-429d-b874-d83ea64ea13b', 'Acme renewal'), objectId: deals.id }
export const jane: RecordRef = { ...known('9a0b1c2d-6035-429d-b874-d83ea64ea13b', 'Jane Doe'), objectId: people.id }
export const hotLeads = known('33ebdbe9-e529-47c9-b894-0ba25e9c15c0', 'Hot Leads')
export const review = known('ff3f3bd4-40f4-4f80-8187-cd02385af424', 'Q2 Business Review')
export const sync = known('cb59ab17-ad15-460c-a126-0715617c0853', 'Q2 sync')

/** An attribute with a name; `type` is Attio's. */
export const attribute = (name: string, type = 'text') => ({ ...known(`attribute-${name}`, name), type })

export const openTask: TaskSnapshot = {
  text: 'Renewal - Acme Corp',
  isCompleted: false,
  completedAt: null,
  deadlineAt: null,
  assigneeIds: [],
  linkedRecordIds: [],
}

const shared = { v: 1 as const, actor: ann, url: null }

export function recordFacts(kind: Family<'record'>['kind'], given: Given<'record'> = {}): EventFacts {
  return { ...shared, family: 'record', kind, feature: 'crm', object: companies, record: acme, attribute: null, duplicate: null, ...given }
}

/** A change of one attribute of a record. */
export function recordUpdate(name: string, given: Given<'record'> = {}): EventFacts {
  return recordFacts('record.updated', { attribute: attribute(name), ...given })
}

export function entryFacts(kind: Family<'entry'>['kind'], given: Given<'entry'> = {}): EventFacts {
  const entryId = '2e6e29ea-c4e0-4f44-842d-78a891f8c156'
  return { ...shared, family: 'entry', kind, feature: 'crm', entryId, list: hotLeads, record: acme, attribute: null, ...given }
}

export function noteFacts(kind: Family<'note'>['kind'], given: Given<'note'> = {}): EventFacts {
  return { ...shared, family: 'note', kind, feature: 'notes', note: review, record: acme, ...given }
}

export function commentFacts(kind: Family<'comment'>['kind'], given: Given<'comment'> = {}): EventFacts {
  const commentId = 'aa1dc1d9-93ac-4c6c-987e-16b6eea9aab2'
  return { ...shared, family: 'comment', kind, feature: 'notes', commentId, record: acme, list: null, ...given }
}

/** A task as it read at the event; `snapshot: null` where it could not be read. */
export function taskFacts(kind: Family<'task'>['kind'], given: Given<'task'> = {}): EventFacts {
  const snapshot = given.snapshot === undefined ? (kind === 'task.deleted' ? null : openTask) : given.snapshot
  const text = snapshot?.text ?? openTask.text
  const taskId = '649e34f4-c39a-4f4d-99ef-48a36bef8f04'
  return { ...shared, family: 'task', kind, feature: 'tasks', taskId, taskState: 'known', text, linked: [], ...given, snapshot }
}

export function callFacts(given: Given<'call'> = {}): EventFacts {
  const recordingId = 'e8f2a3b7-9b4d-4c5e-8a1f-3d7b2c5e8f9a'
  const kind = 'call-recording.created' as const
  return { ...shared, family: 'call', kind, feature: 'calls', recordingId, meeting: sync, linked: [acme], participants: [], ...given }
}

/** Equal for events that Attio would send with equal bodies: kind, actor and ids, no names and no readings. */
export function fingerprintOf(facts: EventFacts): string {
  const ids = {
    record: () => (facts.family === 'record' ? [facts.record.id, facts.attribute?.id, facts.duplicate?.id] : []),
    entry: () => (facts.family === 'entry' ? [facts.entryId, facts.attribute?.id] : []),
    note: () => (facts.family === 'note' ? [facts.note.id] : []),
    comment: () => (facts.family === 'comment' ? [facts.commentId] : []),
    task: () => (facts.family === 'task' ? [facts.taskId] : []),
    call: () => (facts.family === 'call' ? [facts.recordingId] : []),
  }[facts.family]()
  return [facts.kind, facts.actor.memberId, ...ids].join('|')
}

/** 09:00 of a working day, UTC: what the times below count from. */
export const dayStart = Date.UTC(2026, 10, 24, 9)
export const seconds = (count: number): number => count * 1000
export const minutes = (count: number): number => count * 60_000

/**
 * Makes stored events, each of its own delivery, received `atMs` after `dayStart` and happened at that very moment unless `given` says otherwise. Of
 * two made by one factory the first has the lower delivery id.
 */
export function eventFactory(): (facts: EventFacts, atMs?: number, given?: Partial<StoredEvent>) => StoredEvent {
  let made = 0
  return (facts, atMs = 0, given = {}) => {
    made += 1
    const deliveryId = given.deliveryId ?? `019a0000-0000-7000-8000-${String(made).padStart(12, '0')}`
    const index = given.index ?? 0
    const receivedAt = given.receivedAt ?? dayStart + atMs
    return {
      id: eventId(deliveryId, index),
      deliveryId,
      index,
      webhookId: 'webhook-1',
      fingerprint: fingerprintOf(facts),
      receivedAt,
      happenedAt: receivedAt,
      windowMs: defaultWindowMs,
      facts,
      ...given,
    }
  }
}
