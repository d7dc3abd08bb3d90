import type { AttioEvent } from '@worksights/attio'
import type { GoneLabel, LabelScope } from '@worksights/database'

/*
 * What an event does to what is known: names that must be read again, things that are gone, members to sync.
 */

/** Labels that an event makes doubtful, whoever caused it. A record's own name is seen to where its attribute is known. */
export function expiredBy(event: AttioEvent): LabelScope[] {
  switch (event.event_type) {
    case 'list.created':
    case 'list.updated':
      return [{ type: 'list', id: event.id.list_id }]
    case 'list-attribute.created':
    case 'list-attribute.updated':
      return [{ type: 'attribute', parentId: `lists/${event.id.list_id}` }]
    case 'object-attribute.created':
    case 'object-attribute.updated':
      return [{ type: 'attribute', parentId: `objects/${event.id.object_id}` }]
    default:
      return []
  }
}

/** Things an event says are gone. */
export function goneBy(event: AttioEvent): GoneLabel[] {
  switch (event.event_type) {
    case 'record.deleted':
      return [{ type: 'record', id: event.id.record_id, parentId: event.id.object_id, aliasOf: null }]
    case 'record.merged':
      return [{ type: 'record', id: event.duplicate_record_id, parentId: event.duplicate_object_id, aliasOf: event.id.record_id }]
    case 'note.deleted':
      return [{ type: 'note', id: event.id.note_id, parentId: '', aliasOf: null }]
    case 'task.deleted':
      return [{ type: 'task', id: event.id.task_id, parentId: '', aliasOf: null }]
    case 'list.deleted':
      return [{ type: 'list', id: event.id.list_id, parentId: '', aliasOf: null }]
    default:
      return []
  }
}

export function asksForMembers(event: AttioEvent): boolean {
  return event.event_type === 'workspace-member.created'
}

/** Events that make no line, whoever caused them: they tell of names and members. */
export function isNamesOnly(event: AttioEvent): boolean {
  return /^(list|list-attribute|object-attribute|workspace-member)\./.test(event.event_type)
}
