import type { ActivityLine } from '@worksights/activity'
import type { Transaction } from './connect.ts'

/** The content of a line, in the order of the statement below; what a rewrite is compared by. */
const columns = `lane, kind, category, feature, member_id, actor_name, subject_type, subject_id, object_id, list_id, record_ids, title, breadcrumb,
  detail, summary, changes, related, participants, participant_ids, subject, attribute_ids, url, name_state, occurred_at, last_event_at,
  field_count, event_count, late`
const list = (names: string, prefix: string) =>
  names
    .split(',')
    .map(name => `${prefix}.${name.trim()}`)
    .join(', ')
const assign = columns
  .split(',')
  .map(name => `${name.trim()} = excluded.${name.trim()}`)
  .join(', ')

/** A line as it is to stand, and the `traceparent` of the delivery that has it written now, where that was traced. */
export type WrittenLine = ActivityLine & { lane: string; traceContext: string | null }

/**
 * Writes lines and tells the live stream of those that are new or changed; returns how many are new and how many are told otherwise. A line that is already there word for word is
 * left alone, so working events again makes no noise.
 */
export async function upsertActivities(
  client: Transaction,
  connection: { id: string; organizationId: string },
  lines: readonly WrittenLine[],
): Promise<{ created: number; changed: number }> {
  if (lines.length === 0) return { created: 0, changed: 0 }
  const rows = lines.map(line => ({
    id: line.id,
    lane: line.lane,
    kind: line.kind,
    category: line.category,
    feature: line.feature,
    member_id: line.memberId,
    actor_name: line.actorName,
    subject_type: line.subject.type,
    subject_id: line.subject.id,
    object_id: line.objectId,
    list_id: line.listId,
    record_ids: line.recordIds,
    title: line.title,
    breadcrumb: line.breadcrumb,
    detail: line.detail,
    summary: line.summary,
    changes: line.changes,
    related: line.related,
    participants: line.participants,
    participant_ids: line.participants.map(person => person.member_id),
    subject: line.subject,
    attribute_ids: line.attributeIds,
    url: line.url,
    name_state: line.nameState,
    occurred_at: new Date(line.occurredAt).toISOString(),
    last_event_at: new Date(line.lastEventAt).toISOString(),
    field_count: line.fields,
    event_count: line.eventCount,
    late: line.late,
    trace_context: line.traceContext,
  }))
  const { rows: written } = await client.query<{ created: number; changed: number }>({
    name: 'upsert-activities',
    text: `with written as (
        insert into activity as a (organization_id, connection_id, id, ${columns})
        select $1, $2, r.id, ${list(columns, 'r')}
        from jsonb_to_recordset($3::jsonb) as r(id uuid, lane text, kind text, category text, feature text, member_id text, actor_name text,
          subject_type text, subject_id text, object_id text, list_id text, record_ids text[], title text, breadcrumb text[], detail text,
          summary text, changes jsonb, related jsonb, participants jsonb, participant_ids text[], subject jsonb, attribute_ids text[], url text,
          name_state text, occurred_at timestamptz(3), last_event_at timestamptz(3), field_count int, event_count int, late boolean)
        on conflict (id) do update set ${assign}, updated_at = now()
          where (${list(columns, 'a')}) is distinct from (${list(columns, 'excluded')})
        returning id, xmax = 0 as is_new
      ), revived as (
        delete from activity_alias where id = any(array(select id from written))
      ), told as (
        insert into activity_change (organization_id, activity_id, type, trace_context)
          select $1, w.id, 'activity', t.trace_context from written w left join jsonb_to_recordset($3::jsonb) as t(id uuid, trace_context text) on t.id = w.id
      )
      select count(*) filter (where is_new)::int as created, count(*) filter (where not is_new)::int as changed from written`,
    values: [connection.organizationId, connection.id, JSON.stringify(rows)],
  })
  const { created, changed } = written[0] ?? { created: 0, changed: 0 }
  if (created + changed > 0) {
    // To the second: workers side by side do not wait for each other at this one row.
    await client.query(
      `update connection set last_activity_at = now() where id = $1 and (last_activity_at is null or last_activity_at < now() - interval '1 second')`,
      [connection.id],
    )
  }
  return { created, changed }
}

/** Where the id of a line that does not stand on its own leads: to the line its first event is told by now, or to none. */
export type LedOn = { id: string; into: string | null }

/**
 * Takes lines away that no longer stand on their own, leads their ids on, and does the same for ids that were led on before: `led` are all ids that events
 * of the lanes could have given a line and that no line has now. An id that leads to none is remembered too, since what it told may be told again.
 */
export async function removeActivities(
  client: Transaction,
  organizationId: string,
  removed: readonly string[],
  led: readonly LedOn[],
): Promise<void> {
  const values = [organizationId, led.map(line => line.id), led.map(line => line.into)]
  if (led.length > 0) {
    await client.query(
      `update activity_alias a set activity_id = l.into_id from unnest($2::uuid[], $3::uuid[]) as l(id, into_id)
       where a.organization_id = $1 and a.id = l.id and a.activity_id is distinct from l.into_id`,
      values,
    )
  }
  if (removed.length === 0) return
  await client.query('delete from activity where organization_id = $1 and id = any($2::uuid[])', [organizationId, removed])
  await client.query(
    `insert into activity_alias (organization_id, id, activity_id)
     select $1, l.id, l.into_id from unnest($2::uuid[], $3::uuid[]) as l(id, into_id) where l.id = any($4::uuid[])
     on conflict (id) do update set activity_id = excluded.activity_id`,
    [...values, removed],
  )
  await client.query(
    `insert into activity_change (organization_id, activity_id, type) select $1, id, 'removed' from unnest($2::uuid[]) id`,
    [organizationId, removed],
  )
}
