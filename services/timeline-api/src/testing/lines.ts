import type { Database } from '@worksights/database'
import { v7 as uuid } from 'uuid'

/*
 * Rows as the workers write them, by plain SQL, so that reading is tested without the workers.
 */

export type Fixture = { organizationId: string; connectionId: string; workspaceName: string }

/** An organisation (as the claim `org` names it) with one connected workspace. */
export async function insertConnection(database: Database, org: string, workspaceName = `${org} CRM`): Promise<Fixture> {
  const { rows } = await database.pool.query<{ id: string }>(
    `insert into organization (id, external_id, name) values ($1, $2, $2)
     on conflict (external_id) do update set name = excluded.name returning id`,
    [uuid(), org],
  )
  const organizationId = rows[0]?.id ?? ''
  const connectionId = uuid()
  await database.pool.query(
    `insert into connection (id, organization_id, workspace_id, workspace_name, workspace_slug, state, scopes)
     values ($1, $2, $3, $4, $5, 'connected', '{}')`,
    [connectionId, organizationId, `workspace-${connectionId}`, workspaceName, org],
  )
  return { organizationId, connectionId, workspaceName }
}

/** A member of a connection, mapped to a new user of the same e-mail unless `mapping` or `user` say otherwise. */
export async function insertMember(
  database: Database,
  to: Fixture,
  member: { id: string; name?: string; mapping?: string; user?: boolean },
): Promise<{ memberId: string; userId: string | null }> {
  const email = `${member.id}@example.com`
  const userId = member.user === false ? null : uuid()
  if (userId) {
    await database.pool.query(`insert into app_user (id, organization_id, email, email_folded, name) values ($1, $2, $3, $3, $4)`, [
      userId,
      to.organizationId,
      email,
      member.name ?? member.id,
    ])
  }
  await database.pool.query(
    `insert into member (connection_id, id, organization_id, first_name, email, email_folded, user_id, mapping)
     values ($1, $2, $3, $4, $5, $5, $6, $7)`,
    [to.connectionId, member.id, to.organizationId, member.name ?? member.id, email, userId, member.mapping ?? 'auto'],
  )
  return { memberId: member.id, userId }
}

export type LineFixture = {
  id?: string
  memberId: string
  title?: string
  kind?: string
  category?: string
  feature?: string
  subjectType?: string
  subjectId?: string
  recordIds?: string[]
  participantIds?: string[]
  objectId?: string
  attributeIds?: string[]
  listId?: string
  detail?: string | null
  occurredAt?: string
}

/** What `insertLine` runs on: the pool, or a client inside a transaction. */
type Runs = Pick<Database['pool'], 'query'>

/** A line, with its notice for the stream; answers with its id. */
export async function insertLine(runs: Runs, to: Fixture, line: LineFixture): Promise<string> {
  const id = line.id ?? uuid()
  const subjectId = line.subjectId ?? `record-${id}`
  const title = line.title ?? 'Acme Corp > Created'
  const type = line.subjectType ?? 'record'
  const participants = (line.participantIds ?? []).map(member_id => ({ member_id, name: null }))
  const occurredAt = line.occurredAt ?? '2026-11-24T09:00:00.000Z'
  await runs.query(
    `insert into activity (id, organization_id, connection_id, lane, kind, category, feature, member_id, actor_name, subject_type, subject_id,
       record_ids, title, breadcrumb, detail, summary, changes, related, participants, participant_ids, subject, attribute_ids, name_state,
       occurred_at, last_event_at, field_count, event_count, list_id, object_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11, $12, $13, $14, $15, '[]', '[]', $16, $17, $18, $21, 'known', $19, $19, 0, 1, $20, $22)`,
    [
      ...[id, to.organizationId, to.connectionId, `lane-${id}`, line.kind ?? 'record.created', line.category ?? 'default'],
      ...[line.feature ?? 'crm', line.memberId, type, subjectId, line.recordIds ?? [subjectId], title, title.split(' > ')],
      ...[line.detail ?? null, `${line.memberId}: ${title}.`, JSON.stringify(participants), line.participantIds ?? []],
      JSON.stringify({ type, id: subjectId, object_id: null, name: title.split(' > ')[0], name_state: 'known' }),
      occurredAt,
      ...[line.listId ?? null, line.attributeIds ?? [], line.objectId ?? null],
    ],
  )
  await noteChange(runs, to, id)
  return id
}

export async function noteChange(runs: Runs, to: Fixture, activityId: string, type = 'activity'): Promise<void> {
  await runs.query('insert into activity_change (organization_id, activity_id, type) values ($1, $2, $3)', [
    to.organizationId,
    activityId,
    type,
  ])
}

/** An event of a line. */
export async function insertEvent(
  database: Database,
  to: Fixture,
  event: { activityId: string; type: string; happenedAt: string; attribute?: { id: string; name: string } },
): Promise<string> {
  const id = uuid()
  await database.pool.query(
    `insert into event (id, organization_id, connection_id, delivery_id, delivery_index, event_type, state, facts, received_at, happened_at,
       window_ms, activity_id, fingerprint)
     values ($1, $2, $3, $4, 0, $5, 'projected', $6, $7, $7, 600000, $8, $9)`,
    [
      ...[id, to.organizationId, to.connectionId, uuid(), event.type],
      ...[JSON.stringify({ attribute: event.attribute ?? null }), event.happenedAt, event.activityId, id],
    ],
  )
  return id
}
