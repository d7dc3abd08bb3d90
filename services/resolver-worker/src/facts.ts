import type { EventFacts, FeatureArea, RecordRef } from '@worksights/activity'
import type { AttioEvent } from '@worksights/attio'
import { type Details, detailsOf, type Label, type LabelRef, named, snapshotOf } from './labels/label.ts'
import type { KnownObjects } from './labels/objects.ts'
import { type KnownMember, type Members, memberByEmail } from './members.ts'
import { attributeRef, listRef, meetingRef, noteRef, objectRef, recordingRef, recordRef, taskRef } from './wants.ts'

/*
 * From an event and the labels it needs to the facts its line is made of.
 */

export type Get = (ref: LabelRef) => Label
/** Facts need an actor; `actor` is the member the line belongs to. */
export type FactsInput = {
  event: AttioEvent
  actor: KnownMember
  get: Get
  members: Members
  objects: KnownObjects
}

function object(get: Get, id: string) {
  const known = detailsOf(get(objectRef(id)), 'object')
  return { id, singular: known?.singular?.toLowerCase() ?? null, plural: known?.plural?.toLowerCase() ?? null }
}

function areaOf(get: Get, objectId: string): FeatureArea {
  return detailsOf(get(objectRef(objectId)), 'object')?.slug === 'deals' ? 'deals' : 'crm'
}

function record(get: Get, objectId: string, id: string): RecordRef {
  return { ...named(get(recordRef(objectId, id))), objectId }
}

const recordUrl = (get: Get, objectId: string, id: string) => detailsOf(get(recordRef(objectId, id)), 'record')?.url ?? null

function attribute(get: Get, ref: LabelRef) {
  const label = get(ref)
  return { ...named(label), type: detailsOf(label, 'attribute')?.type ?? null }
}

/** A thing an event deleted is gone whatever the label table still says; it keeps its name. */
const gone = <T extends { state: string }>(thing: T) => ({ ...thing, state: 'gone' as const })

type Linked = { linked: { objectId: string; recordId: string }[] } | null

/** Linked records in Attio's order, which names their object by id or by slug. */
export function linkedRecords(get: Get, objects: KnownObjects, details: Linked): RecordRef[] {
  return (details?.linked ?? []).map(link => ({
    ...named(get(recordRef(link.objectId, link.recordId))),
    objectId: objects.find(link.objectId)?.ref.id ?? link.objectId,
  }))
}

/** What a call's line takes from its meeting: linked records, deal, else company, else person first, otherwise in Attio's order; and who was there. */
export function meetingParts(get: Get, objects: KnownObjects, members: Members, meeting: Details<'meeting'> | null) {
  const rank = (item: RecordRef) => {
    const object = item.objectId === null ? undefined : objects.find(item.objectId)
    const place = object ? ['deals', 'companies', 'people'].indexOf(detailsOf(object, 'object')?.slug ?? '') : -1
    return place === -1 ? 3 : place
  }
  const present = (meeting?.participantEmails ?? []).flatMap(email => memberByEmail(members, email) ?? [])
  return {
    linked: linkedRecords(get, objects, meeting).sort((a, b) => rank(a) - rank(b)),
    participants: present.map(member => ({ memberId: member.id, name: member.name })),
  }
}

/** The facts of a supported event; null for those that make no line (lists, attributes, members). */
export function factsOf({ event, actor, get, members, objects }: FactsInput): EventFacts | null {
  const shared = { v: 1 as const, actor: { memberId: actor.id, name: actor.name } }
  switch (event.event_type) {
    case 'record.created':
    case 'record.updated':
    case 'record.deleted':
    case 'record.merged': {
      const { object_id: objectId, record_id: id } = event.id
      const subject = record(get, objectId, id)
      const deleted = event.event_type === 'record.deleted'
      return {
        ...shared,
        family: 'record',
        kind: event.event_type,
        feature: areaOf(get, objectId),
        object: object(get, objectId),
        record: deleted ? gone(subject) : subject,
        attribute: event.event_type === 'record.updated' ? attribute(get, attributeRef('objects', objectId, event.id.attribute_id)) : null,
        duplicate: event.event_type === 'record.merged' ? gone(record(get, event.duplicate_object_id, event.duplicate_record_id)) : null,
        url: deleted ? null : recordUrl(get, objectId, id),
      }
    }
    case 'list-entry.created':
    case 'list-entry.updated':
    case 'list-entry.deleted': {
      const { list_id: listId, entry_id: entryId } = event.id
      return {
        ...shared,
        family: 'entry',
        kind: event.event_type,
        feature: 'crm',
        entryId,
        list: named(get(listRef(listId))),
        record: record(get, event.parent_object_id, event.parent_record_id),
        attribute: event.event_type === 'list-entry.updated' ? attribute(get, attributeRef('lists', listId, event.id.attribute_id)) : null,
        url: recordUrl(get, event.parent_object_id, event.parent_record_id),
      }
    }
    case 'note.created':
    case 'note.updated':
    case 'note-content.updated':
    case 'note.deleted': {
      const note = named(get(noteRef(event.id.note_id)))
      return {
        ...shared,
        family: 'note',
        kind: event.event_type,
        feature: 'notes',
        note: event.event_type === 'note.deleted' ? gone(note) : note,
        record: record(get, event.parent_object_id, event.parent_record_id),
        url: recordUrl(get, event.parent_object_id, event.parent_record_id),
      }
    }
    case 'comment.created':
    case 'comment.resolved':
    case 'comment.unresolved':
    case 'comment.deleted':
      return {
        ...shared,
        family: 'comment',
        kind: event.event_type,
        feature: 'notes',
        commentId: event.id.comment_id,
        record: record(get, event.object_id, event.record_id),
        list: event.list_id === null ? null : named(get(listRef(event.list_id))),
        url: recordUrl(get, event.object_id, event.record_id),
      }
    case 'task.created':
    case 'task.updated':
    case 'task.deleted': {
      const label = get(taskRef(event.id.task_id))
      const deleted = event.event_type === 'task.deleted'
      return {
        ...shared,
        family: 'task',
        kind: event.event_type,
        feature: 'tasks',
        taskId: event.id.task_id,
        // Only a reading made for this event says anything of the moment of the event: without one, it is still to come.
        taskState: deleted ? 'gone' : label.state === 'known' && !label.fresh ? 'pending' : label.state,
        text: label.name,
        snapshot: !deleted && label.fresh && label.state === 'known' ? snapshotOf(label) : null,
        linked: linkedRecords(get, objects, detailsOf(label, 'task')),
        url: null,
      }
    }
    case 'call-recording.created': {
      const label = get(meetingRef(event.id.meeting_id))
      return {
        ...shared,
        family: 'call',
        kind: event.event_type,
        feature: 'calls',
        recordingId: event.id.call_recording_id,
        meeting: named(label),
        ...meetingParts(get, objects, members, detailsOf(label, 'meeting')),
        url: detailsOf(get(recordingRef(event.id.meeting_id, event.id.call_recording_id)), 'call-recording')?.url ?? null,
      }
    }
    default:
      return null
  }
}
