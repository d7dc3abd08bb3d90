// Events as Attio documents them, one for each type, and deliveries as they were really captured.

const workspace_id = '14beef7a-99f7-4534-a87e-70b564330a4c'
const object_id = '97052eb9-e65e-443f-a297-f2d9a4a7f795'
const record_id = 'bf071e1f-6035-429d-b874-d83ea64ea13b'
const attribute_id = '41252299-f8c7-4b5e-99c9-4ff8321d2f96'
const list_id = '33ebdbe9-e529-47c9-b894-0ba25e9c15c0'
const entry_id = '2e6e29ea-c4e0-4f44-842d-78a891f8c156'
const comment_id = 'aa1dc1d9-93ac-4c6c-987e-16b6eea9aab2'
const parent = { parent_object_id: object_id, parent_record_id: record_id }
const actor = { type: 'workspace-member', id: '50cf242c-7fa3-4cad-87d0-75b1af71c57b' }

const of = (types: string[], id: object, rest: object = {}) =>
  types.map(event_type => ({ event_type, id: { workspace_id, ...id }, ...rest, actor }))

export const documentedEvents = [
  ...of(['record.created', 'record.deleted'], { object_id, record_id }),
  ...of(['record.updated'], { object_id, record_id, attribute_id }),
  ...of(
    ['record.merged'],
    { object_id, record_id },
    { duplicate_object_id: object_id, duplicate_record_id: '3405be95-8375-46a0-bde0-03b3753f8c79' },
  ),
  ...of(
    ['note.created', 'note.updated', 'note.deleted', 'note-content.updated'],
    { note_id: 'ff3f3bd4-40f4-4f80-8187-cd02385af424' },
    parent,
  ),
  ...of(['task.created', 'task.updated', 'task.deleted'], { task_id: '649e34f4-c39a-4f4d-99ef-48a36bef8f04' }),
  ...of(
    ['comment.created', 'comment.resolved', 'comment.unresolved', 'comment.deleted'],
    { comment_id },
    { thread_id: 'a649e4d9-435c-43fb-83ba-847b4876f27a', object_id, record_id, list_id, entry_id },
  ),
  ...of(['list-entry.created', 'list-entry.deleted'], { list_id, entry_id }, parent),
  ...of(['list-entry.updated'], { list_id, entry_id, attribute_id }, parent),
  ...of(['list.created', 'list.updated', 'list.deleted'], { list_id }),
  ...of(['list-attribute.created', 'list-attribute.updated'], { list_id, attribute_id }),
  ...of(['object-attribute.created', 'object-attribute.updated'], { object_id, attribute_id }),
  ...of(['workspace-member.created'], { workspace_member_id: '50cf242c-7fa3-4cad-87d0-75b1af71c57b' }),
  ...of(['call-recording.created'], {
    meeting_id: 'cb59ab17-ad15-460c-a126-0715617c0853',
    call_recording_id: 'e8f2a3b7-9b4d-4c5e-8a1f-3d7b2c5e8f9a',
  }),
]

/** A comment on a record itself: no list, no entry. */
export const commentOnRecord = of(
  ['comment.created'],
  { comment_id },
  { thread_id: comment_id, object_id, record_id, list_id: null, entry_id: null },
)

export const activityEvents = [
  ...of(['activity.created', 'activity.updated', 'activity.deleted'], { activity_id: record_id }),
  ...of(['activity-attribute.created', 'activity-attribute.updated'], { activity_id: record_id, attribute_id }),
  ...of(['activity-record.created', 'activity-record.deleted'], { activity_id: record_id, record_id }),
]

export const capturedDeliveries: string[] = [
  `{"webhook_id":"2f7629b9-ca46-4719-9281-fa3032bc0144","events":[{"event_type":"task.created","id":{"workspace_id":"530fca5b-2cac-4d0f-8845-46cbad16fa42","task_id":"85fb2ebd-57dc-4262-8cfb-4ff7f6c0b844"},"actor":{"type":"workspace-member","id":"10da1070-0695-484c-bd43-03720e993032"}}]}`,
  `{"webhook_id":"04731154-70d3-42bb-8320-760304c9bbfd","events":[{"event_type":"note.updated","id":{"workspace_id":"e293215c-210a-4d4a-9913-e2b33da318ab","note_id":"f83d5cab-571b-47a8-8018-57146f848d19"},"parent_object_id":"ee1e6aa1-ec69-4ef4-a101-3a9abb12e281","parent_record_id":"9bcad14b-55a5-478d-963b-a4ec598265c6","actor":{"type":"workspace-member","id":"f0519378-80b8-4d7c-8874-c6acc1850442"}}]}`,
  ...[
    `{"event_type":"list-entry.updated","id":{"workspace_id":"21e6dc8b-aa9f-4970-bdce-fa207cf3a7d9","list_id":"dd41a385-c7cd-4832-ad57-c9a824b32ba4","entry_id":"d7b73c9c-5b91-45df-bf3f-677b9bd563eb","attribute_id":"82b07502-9c9d-4996-a46f-4a5b687015d5"},"parent_object_id":"6a3d5e81-0de0-4e96-a535-957b28ba8211","parent_record_id":"6a3cce50-9589-4f94-be16-8aa0a80c46e1","actor":{"type":"workspace-member","id":"3ccf848d-58e5-4ccb-88d7-d85944eda037"}}`,
    `{"event_type":"list-entry.deleted","id":{"workspace_id":"21e6dc8b-aa9f-4970-bdce-fa207cf3a7d9","list_id":"dd41a385-c7cd-4832-ad57-c9a824b32ba4","entry_id":"7ce64af0-9d4a-4899-88c8-6d74258ca8ef"},"parent_object_id":"6a3d5e81-0de0-4e96-a535-957b28ba8211","parent_record_id":"64561036-ee99-47f7-926c-66bf43808dcf","actor":{"type":"api-token","id":"76602e62-6767-4975-9e3f-751d5ce80a05"}}`,
    ...['note.created', 'note.updated'].map(
      type =>
        `{"event_type":"${type}","id":{"workspace_id":"21e6dc8b-aa9f-4970-bdce-fa207cf3a7d9","note_id":"cc2a06ee-61ae-4a9b-bf1b-4e9774270061"},"parent_object_id":"6a3d5e81-0de0-4e96-a535-957b28ba8211","parent_record_id":"64561036-ee99-47f7-926c-66bf43808dcf","actor":{"type":"workspace-member","id":"3ccf848d-58e5-4ccb-88d7-d85944eda037"}}`,
    ),
    ...['object-attribute.created', 'object-attribute.updated'].map(
      type =>
        `{"event_type":"${type}","id":{"workspace_id":"21e6dc8b-aa9f-4970-bdce-fa207cf3a7d9","object_id":"6a3d5e81-0de0-4e96-a535-957b28ba8211","attribute_id":"44a18da2-582e-4e65-9349-9b49b9bb7a14"},"actor":{"type":"workspace-member","id":"3ccf848d-58e5-4ccb-88d7-d85944eda037"}}`,
    ),
  ].map(event => `{"webhook_id":"2f7629b9-ca46-4719-9281-fa3032bc0144","events":[${event}]}`),
]
