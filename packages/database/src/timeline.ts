import type { EventState } from './delivery-log.ts'
import type { Scope } from './tenant.ts'
import { filterConditions, type TimelineFilters } from './timeline-filters.ts'
import { unhidden } from './visibility.ts'

/*
 * Reading the timeline. Whoever asks (list, detail, stream) asks through `selectLines`, so what an organisation may see is said once, in `visible`.
 */

export type TimelineRow = {
  id: string
  kind: string
  category: string
  feature: string
  title: string
  breadcrumb: string[]
  detail: string | null
  summary: string
  /** As consolidation wrote them: schemas of the activity package. */
  changes: unknown
  related: unknown
  participants: unknown
  subject: unknown
  subjectNameNow: string | null
  memberId: string
  actorName: string | null
  avatarUrl: string | null
  userId: string
  userName: string | null
  userEmail: string
  url: string | null
  nameState: string
  occurredAt: Date
  lastEventAt: Date
  updatedAt: Date
  fieldCount: number
  eventCount: number
  late: boolean
  connectionId: string
  workspaceName: string
}

/**
 * What an organisation sees: its own lines, by members who map to one of its users and are not excluded, in areas that are not switched off, and about
 * no private list unless an admin allowed it.
 * Read `in order`, `offset 0` keeps the planner from beginning with the few members and sorting all their lines: lines are read in the order of their index,
 * and who acted is looked up for each until the page is full. `at once` is for counting them.
 */
export const visible = (read: 'in order' | 'at once') => `
  from activity a
  cross join lateral (
    select m.first_name, m.last_name, m.avatar_url, u.id as user_id, u.name as user_name, u.email as user_email, c.workspace_name
    from member m
    join app_user u on u.id = m.user_id and u.organization_id = $1
    join connection c on c.id = m.connection_id and c.organization_id = $1
    where m.connection_id = a.connection_id and m.id = a.member_id and m.mapping <> 'excluded'
    ${read === 'in order' ? 'offset 0' : ''}
  ) who
  left join label n on n.connection_id = a.connection_id and n.type = a.subject_type and n.id = a.subject_id
  where a.organization_id = $1 and ${unhidden}`

/** Those who took part beside who acted, without whoever is excluded. */
const participants = `case when a.participants = '[]' then a.participants else (
    select coalesce(jsonb_agg(person order by place), '[]') from jsonb_array_elements(a.participants) with ordinality as p (person, place)
    where person->>'member_id' <> a.member_id and not exists (select from member m where m.connection_id = a.connection_id and m.id = person->>'member_id' and m.mapping = 'excluded')) end`

const columns = `
  a.id, a.kind, a.category, a.feature, a.title, a.breadcrumb, a.detail, a.summary, a.changes, a.related, ${participants} as participants, a.subject,
  n.name as "subjectNameNow", a.member_id as "memberId",
  coalesce(a.actor_name, nullif(concat_ws(' ', who.first_name, who.last_name), '')) as "actorName", who.avatar_url as "avatarUrl",
  who.user_id as "userId", who.user_name as "userName", who.user_email as "userEmail", a.url, a.name_state as "nameState",
  a.occurred_at as "occurredAt", a.last_event_at as "lastEventAt", a.updated_at as "updatedAt", a.field_count as "fieldCount",
  a.event_count as "eventCount", a.late, a.connection_id as "connectionId", who.workspace_name as "workspaceName"`

/**
 * Reads visible lines newest first by (occurred_at, id): at most `limit`, older than `before`, only those of `ids`, as the filters say. Keyset, so
 * the ten-thousandth page costs what the first one does.
 */
export async function selectLines(
  scope: Scope,
  query: {
    filters?: TimelineFilters
    ids?: readonly string[]
    before?: { occurredAt: Date; id: string }
    limit: number
  },
): Promise<TimelineRow[]> {
  const values: unknown[] = [scope.organizationId]
  const bind = (value: unknown) => `$${values.push(value)}`
  const conditions = await filterConditions(scope, query.filters ?? {}, bind, query.ids ? 'few lines' : 'any lines')
  if (query.ids) conditions.push(`a.id = any(${bind(query.ids)}::uuid[])`)
  if (query.before)
    conditions.push(`(a.occurred_at, a.id) < (${bind(query.before.occurredAt)}::timestamptz, ${bind(query.before.id)}::uuid)`)
  const { rows } = await scope.query<TimelineRow>(
    `select ${columns} ${[visible('in order'), ...conditions].join('\n  and ')}\n  order by a.occurred_at desc, a.id desc limit ${bind(query.limit)}`,
    values,
  )
  return rows
}

export type TimelineEvent = {
  id: string
  deliveryId: string
  type: string
  state: EventState
  reason: string | null
  receivedAt: Date
  happenedAt: Date
  attributeId: string | null
  attributeTitle: string | null
}

/** The events a line is made of, in the order they happened. */
export async function selectEventsOfLine(scope: Scope, activityId: string): Promise<TimelineEvent[]> {
  const { rows } = await scope.query<TimelineEvent>(
    `select id, delivery_id as "deliveryId", event_type as type, state, reason, received_at as "receivedAt", happened_at as "happenedAt",
            facts #>> '{attribute,id}' as "attributeId", facts #>> '{attribute,name}' as "attributeTitle"
     from event where organization_id = $1 and activity_id = $2
     order by happened_at, received_at, delivery_id, delivery_index`,
    [scope.organizationId, activityId],
  )
  return rows
}

/** The id of the line that `id` names now: itself, or the line that absorbed it, however often that one was absorbed in turn. */
export async function followAliases(scope: Scope, id: string): Promise<string> {
  const { rows } = await scope.query<{ id: string }>(
    `with recursive chain(id, step) as (
       select $2::uuid, 0
       union all
       select l.activity_id, chain.step + 1 from activity_alias l join chain on l.id = chain.id
       where l.organization_id = $1 and chain.step < 100
     )
     select id from chain order by step desc limit 1`,
    [scope.organizationId, id],
  )
  return rows[0]?.id ?? id
}
