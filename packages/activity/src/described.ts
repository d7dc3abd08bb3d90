import type { EventFacts, Named, NameState, RecordRef } from './facts.ts'
import type { Group } from './groups.ts'
import type { ActivityKind, ActivityLine } from './line.ts'
import { nameOf, stateOf, worstState } from './names.ts'

/*
 * What every family of lines answers: what is it about, what happened to it, in which words.
 */

export type Described = Pick<
  ActivityLine,
  | 'subject'
  | 'objectId'
  | 'listId'
  | 'breadcrumb'
  | 'detail'
  | 'summary'
  | 'changes'
  | 'related'
  | 'participants'
  | 'attributeIds'
  | 'nameState'
>
export type Family<F extends EventFacts['family']> = Extract<EventFacts, { family: F }>

export const nothing = { objectId: null, listId: null, detail: null, changes: [], related: [], participants: [], attributeIds: [] }

/** The newest facts of the line's head family; the head is always among the events. */
export function factsOf<F extends EventFacts['family']>(group: Group, family: F): Family<F>[] {
  return group.events.flatMap(event => (event.facts.family === family ? [event.facts as Family<F>] : []))
}

export function recordSubject(record: RecordRef): Described['subject'] {
  return { type: 'record', id: record.id, object_id: record.objectId, name: nameOf(record), name_state: stateOf(record) }
}

export function newest<T extends Named>(items: readonly T[]): T {
  return (items.findLast(item => item.name !== null) ?? items.at(-1)) as T
}

export const states = (...things: (Named | null)[]): NameState => worstState(things.flatMap(thing => (thing ? stateOf(thing) : [])))
const ended: Partial<Record<ActivityKind, string>> = {
  'record.created': 'Created',
  'record.updated': 'Updated',
  'record.deleted': 'Deleted',
  'record.merged': 'Merged',
  'list-entry.created': 'List entry added',
  'list-entry.updated': 'List entry updated',
  'list-entry.deleted': 'List entry removed',
  'note.created': 'Note created',
  'note.updated': 'Note updated',
  'note.deleted': 'Note deleted',
  'comment.created': 'Comment added',
  'comment.resolved': 'Comment resolved',
  'comment.unresolved': 'Comment reopened',
  'comment.deleted': 'Comment deleted',
  'task.created': 'Task created',
  'task.updated': 'Task updated',
  'task.completed': 'Task completed',
  'task.reopened': 'Task reopened',
  'task.deleted': 'Task deleted',
  'call-recording.created': 'Call recorded',
}
/** The last part of the breadcrumb: what happened. */
export const endingOf = (kind: ActivityKind): string => ended[kind] ?? kind
