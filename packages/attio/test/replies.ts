// Replies as Attio really gave them (names and addresses changed), or as its OpenAPI document gives them where none was recorded.

const workspace_id = '74716136-8b3f-4b28-b67f-75d3212684e1'
const object_id = 'ee436058-77a1-49f0-ad36-1fd67798d7db'
const member = { type: 'workspace-member', id: '635cebb2-d0d3-4c03-8485-44354bdf4cb1' }
const app = { type: 'app', id: '0061e423-8347-4ba0-a23c-286fdbd54a8c' }
const active_from = '2025-12-16T15:32:42.770000000Z'
const value = { active_from, active_until: null, created_by_actor: member }
const data = <T>(content: T) => ({ data: content })

export const self = {
  ...{ active: true, scope: 'comment:read-write webhook:read-write', client_id: 'df642098-becc-4c2b-b9c4-e5fff55a7049' },
  ...{ token_type: 'Bearer', exp: null, iat: 1778892789, sub: workspace_id, aud: 'df642098-becc-4c2b-b9c4-e5fff55a7049' },
  ...{ iss: 'attio.com', authorized_by_workspace_member_id: member.id, workspace_id, workspace_name: 'Test Workspace' },
  ...{ workspace_slug: 'test-workspace', workspace_logo_url: null },
}

export const deal = data({
  id: { workspace_id, object_id, record_id: '4bb12418-c26b-463b-9548-ec3ba6143448' },
  created_at: active_from,
  web_url: 'https://app.attio.com/test-workspace/deals/record/4bb12418-c26b-463b-9548-ec3ba6143448',
  values: {
    name: [{ ...value, value: 'Test Deal 2', attribute_type: 'text' }],
    stage: [
      {
        ...value,
        status: {
          id: {
            workspace_id,
            object_id,
            attribute_id: '62223a68-9a27-4176-a5a7-acd83ce36dc8',
            status_id: '5fe9ed26-d25a-478d-970d-cf599d02b23f',
          },
          ...{ title: 'Discovery', is_archived: false, target_time_in_status: null, celebration_enabled: false },
        },
        attribute_type: 'status',
      },
    ],
    owner: [{ ...value, referenced_actor_type: 'workspace-member', referenced_actor_id: member.id, attribute_type: 'actor-reference' }],
    value: [],
    associated_people: [],
    associated_company: [],
  },
})

/** A person that nobody named; Attio linked the company by itself half a second later. */
export const namelessPerson = data({
  id: { workspace_id, object_id, record_id: 'a5a3b432-da2f-4768-90b4-8d6ad8a91ca8' },
  created_at: '2026-05-15T21:49:04.642000000Z',
  web_url: 'https://app.attio.com/test-workspace/person/a5a3b432-da2f-4768-90b4-8d6ad8a91ca8',
  values: {
    name: [],
    email_addresses: [
      {
        ...{ active_from, active_until: null, created_by_actor: app, original_email_address: 'nameless@example.com' },
        ...{ email_address: 'nameless@example.com', email_domain: 'example.com', email_root_domain: 'example.com' },
        ...{ email_local_specifier: 'nameless', attribute_type: 'email-address' },
      },
    ],
    company: [
      {
        ...{ active_from: '2026-05-15T21:49:05.131000000Z', active_until: null, created_by_actor: { type: 'system', id: null } },
        ...{ target_object: 'companies', target_record_id: '9bd1ef0b-a4d1-4978-bc15-9c9e5cf382a2', attribute_type: 'record-reference' },
      },
    ],
  },
})

export const list = data({
  id: { workspace_id, list_id: '39723680-f534-4fe7-ab80-c5278e20e37b' },
  ...{ api_slug: 'seed_list_1', created_at: '2026-05-15T21:08:01.386000000Z', name: 'Updated Seed List 1' },
  ...{ workspace_access: 'full-access', workspace_member_access: [], parent_object: ['people'], created_by_actor: app },
})

export const entry = data({
  id: { workspace_id, list_id: '39723680-f534-4fe7-ab80-c5278e20e37b', entry_id: '9e578106-8f64-509c-81f7-c7fc85f327bd' },
  ...{ parent_record_id: '0e339d90-1b8d-436e-9305-7c08620dc212', parent_object: 'people', created_at: '2026-05-15T21:50:07.515000000Z' },
  entry_values: { created_at: [{ ...value, value: active_from, attribute_type: 'timestamp' }], test_text_attribute: [] },
})

export const note = data({
  id: { workspace_id, note_id: '449006f2-4109-43bc-9dd1-65108f3c775f' },
  ...{ parent_object: 'people', parent_record_id: 'a5a3b432-da2f-4768-90b4-8d6ad8a91ca8', title: 'Test note', meeting_id: null },
  ...{ content_plaintext: 'Private words.', content_markdown: 'Private words.', tags: [], created_by_actor: app },
  created_at: '2026-05-15T21:47:36.386000000Z',
})

export const task = data({
  id: { workspace_id, task_id: 'a5adf04d-13a3-4457-957c-023ea6d148bb' },
  ...{ content_plaintext: 'Seed task 2', is_completed: false, completed_at: null, deadline_at: null, linked_records: [], assignees: [] },
  ...{ created_by_actor: app, created_at: '2026-05-15T21:08:12.937000000Z' },
})

export const comment = data({
  id: { workspace_id, comment_id: 'f7f2e5f7-7d7a-4e14-9be8-9bbd53807fe6' },
  ...{ thread_id: 'f7f2e5f7-7d7a-4e14-9be8-9bbd53807fe6', created_at: '2026-05-15T21:51:52.318000000Z', resolved_at: null },
  record: { record_id: '002e639b-bc09-4548-912c-084f0e61c817', object_id },
  ...{ entry: null, content_plaintext: 'Private words.', resolved_by: null, author: member },
})

export const meeting = data({
  id: { workspace_id, meeting_id: 'cb59ab17-ad15-460c-a126-0715617c0853' },
  ...{ title: 'Q2 sync', description: 'Private words.', is_all_day: false },
  ...{ start: { datetime: '2026-05-15T21:00:00.000000000Z', timezone: 'Europe/London' }, end: { date: '2026-05-15' } },
  participants: [
    { status: 'accepted', is_organizer: true, email_address: 'ada@example.com' },
    { status: 'pending', is_organizer: false, email_address: null },
  ],
  linked_records: [{ object_slug: 'companies', object_id, record_id: '9bd1ef0b-a4d1-4978-bc15-9c9e5cf382a2' }],
  ...{ created_at: active_from, created_by_actor: { type: 'system', id: null } },
})

export const callRecording = data({
  id: {
    workspace_id,
    ...{ meeting_id: 'cb59ab17-ad15-460c-a126-0715617c0853', call_recording_id: 'e8f2a3b7-9b4d-4c5e-8a1f-3d7b2c5e8f9a' },
  },
  ...{
    status: 'completed',
    web_url: 'https://app.attio.com/test-workspace/calls/cb59/e8f2',
    created_by_actor: member,
    created_at: active_from,
  },
})

export const workspaceMember = data({
  id: { workspace_id, workspace_member_id: '641ecd33-0a48-4b7b-ba48-bbb7a649a8ee' },
  ...{ first_name: 'API', last_name: 'Robot', avatar_url: null, email_address: 'api@example.com', access_level: 'admin' },
  created_at: '2026-05-15T20:39:12.453000000Z',
})

export const object = {
  id: { workspace_id, object_id: '30ff61f7-6b37-414e-8d6f-fb42f963e996' },
  ...{ api_slug: 'people', singular_noun: 'Person', plural_noun: 'People', created_at: '2026-05-15T20:39:08.686000000Z' },
}

export const attribute = {
  id: { workspace_id, object_id, attribute_id: '41252299-f8c7-4b5e-99c9-4ff8321d2f96' },
  ...{ title: 'Deal Value', description: null, api_slug: 'value', type: 'currency', is_system_attribute: true, is_writable: true },
  ...{ is_required: false, is_unique: false, is_multiselect: false, is_default_value_enabled: false, is_archived: true },
  ...{ default_value: null, relationship: null, created_at: active_from },
  config: { currency: { default_currency_code: 'USD', display_type: 'symbol' }, record_reference: { allowed_object_ids: null } },
}

export const webhook = data({
  id: { workspace_id, webhook_id: '61da62a7-f6c5-4182-8392-59ecb1e0f47a' },
  ...{ target_url: 'https://example.com/test-webhook', status: 'active', created_at: '2026-05-16T01:34:05.738000000Z' },
  subscriptions: [{ event_type: 'record.created', filter: null }],
})
