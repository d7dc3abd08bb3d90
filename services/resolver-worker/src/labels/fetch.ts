import { type AttioClient, type AttioError, type AttioResult, recordName } from '@worksights/attio'
import type { LabelType } from '@worksights/database'
import type { Details, LabelRef } from './label.ts'

/** A label as Attio tells it now. */
export type FoundLabel = { ref: LabelRef; name: string | null; details: object }

export type Fetched =
  | { outcome: 'found'; labels: FoundLabel[]; accurateAt: Date | null }
  | { outcome: 'missing'; accurateAt: Date | null }
  /** Attio has not finished making it. */
  | { outcome: 'unfinished' }
  | { outcome: 'forbidden' }
  | { outcome: 'unavailable'; kind: AttioError['kind']; retryAt: Date | null }

function failed(error: AttioError): Fetched {
  switch (error.kind) {
    case 'not_found':
      return { outcome: 'missing', accurateAt: error.accurateAt }
    // An id Attio will not even read (a made-up one of a test event) is not there.
    case 'invalid_request':
      return { outcome: 'missing', accurateAt: error.accurateAt }
    case 'merge_in_progress':
      return { outcome: 'unfinished' }
    case 'forbidden':
      return { outcome: 'forbidden' }
    default:
      return { outcome: 'unavailable', kind: error.kind, retryAt: error.kind === 'rate_limited' ? error.retryAt : null }
  }
}

function found<T>(result: AttioResult<T>, read: (data: T) => FoundLabel[]): Fetched {
  return result.ok ? { outcome: 'found', labels: read(result.data), accurateAt: result.accurateAt } : failed(result.error)
}

const label = <T extends LabelType>(type: T, id: string, parentId: string, name: string | null, details: Details<T>): FoundLabel => ({
  ref: { type, id, parentId },
  name,
  details,
})

/** What is read together: the key under which a look-up of a label is one flight. */
export function flightKey(ref: LabelRef): string {
  if (ref.type === 'object' || ref.type === 'list') return `${ref.type}s`
  return ref.type === 'attribute' ? `attributes/${ref.parentId}` : `${ref.type}/${ref.id}`
}

/** Reads a label from Attio; objects, attributes and lists come as whole sets. Note bodies, comments and transcripts are never kept. */
export async function fetchLabel(client: AttioClient, ref: LabelRef): Promise<Fetched> {
  switch (ref.type) {
    case 'object':
      return found(await client.listObjects(), objects =>
        objects.map(object =>
          label('object', object.id.object_id, '', object.singular_noun, {
            slug: object.api_slug,
            singular: object.singular_noun,
            plural: object.plural_noun,
          }),
        ),
      )
    case 'attribute': {
      const [target, id = ''] = ref.parentId.split('/')
      return found(await client.listAttributes(target === 'lists' ? 'lists' : 'objects', id), attributes =>
        attributes.map(attribute =>
          label('attribute', attribute.id.attribute_id, ref.parentId, attribute.title, { slug: attribute.api_slug, type: attribute.type }),
        ),
      )
    }
    case 'list':
      return found(await client.listLists(), lists =>
        lists.map(list => label('list', list.id.list_id, '', list.name, { access: list.workspace_access, objects: list.parent_object })),
      )
    case 'record':
      return found(await client.getRecord(ref.parentId, ref.id), record => [
        label('record', ref.id, record.id.object_id, recordName(record), { url: record.web_url }),
      ])
    case 'note':
      return found(await client.getNote(ref.id), note => [label('note', ref.id, '', note.title ?? '', {})])
    case 'task':
      return found(await client.getTask(ref.id), task => [
        label('task', ref.id, '', task.content_plaintext, {
          isCompleted: task.is_completed,
          completedAt: task.completed_at?.getTime() ?? null,
          deadlineAt: task.deadline_at?.getTime() ?? null,
          assigneeIds: task.assignees.flatMap(assignee => assignee.referenced_actor_id ?? []),
          linked: task.linked_records.map(record => ({ objectId: record.target_object_id, recordId: record.target_record_id })),
        }),
      ])
    case 'meeting':
      return found(await client.getMeeting(ref.id), meeting => [
        label('meeting', ref.id, '', meeting.title ?? '', {
          organizerEmail: meeting.participants.find(person => person.is_organizer)?.email_address ?? null,
          participantEmails: meeting.participants.flatMap(person => person.email_address ?? []),
          linked: meeting.linked_records.map(record => ({ objectId: record.object_id, recordId: record.record_id })),
        }),
      ])
    case 'call-recording':
      return found(await client.getCallRecording(ref.parentId, ref.id), recording => [
        label('call-recording', ref.id, ref.parentId, '', {
          url: recording.web_url,
          createdAt: recording.created_at?.getTime() ?? null,
          creator: recording.created_by_actor,
        }),
      ])
  }
}
