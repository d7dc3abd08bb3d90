import type { Activity, Gap, TimelinePage } from '@worksights/api-client'

/** A time within the day of the tests: so many minutes after nine, UTC. */
export const minute = (at: number) => new Date(Date.UTC(2026, 10, 24, 9, at)).toISOString()

/** A line whose sentence is its id unless told otherwise. */
export function line(id: string, at: number, more: Partial<Activity> = {}): Activity {
  return {
    ...{ id, source: 'attio', kind: 'record.updated', category: 'default', feature: 'crm' },
    ...{ title: 'Acme Corp > Updated', breadcrumb: ['Acme Corp', 'Updated'], detail: 'Updated Stage', summary: id, changes: [] },
    actor: { member_id: 'ada', name: 'Ada Lovelace', avatar_url: null, user: null },
    subject: { type: 'record', id: 'acme', object_id: 'companies', name: 'Acme Corp', name_state: 'known', name_now: 'Acme Corp' },
    ...{ related: [], participants: [], url: null, name_state: 'known' },
    ...{ occurred_at: minute(at), last_event_at: minute(at), updated_at: minute(at) },
    ...{ fields: 1, event_count: 1, late: false },
    connection: { id: 'northwind', workspace_name: 'Northwind' },
    ...more,
  }
}

export function page(data: Activity[], next: string | null, streamCursor = 'place 0'): TimelinePage {
  return { data, next_cursor: next, stream_cursor: streamCursor }
}

export function gap(id: string, from: string, to: string | null, connection = 'northwind'): Gap {
  return {
    ...{ id, connection: { id: connection, workspace_name: connection }, from, to },
    ...{ affects: 'records', reason: 'webhook_missing', explanation: 'The webhook was gone at Attio.' },
  }
}
