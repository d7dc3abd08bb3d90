import type { ConnectionState, Standing, StateReason } from './connection-state.ts'
import type { GapReason } from './gaps.ts'
import type { Scope } from './tenant.ts'
import type { WebhookPurpose } from './webhooks.ts'

/*
 * What the integration page reads of connections. Whatever is counted is counted along an index and up to a limit, so that a busy workspace costs no more
 * than a quiet one.
 */

export type ConnectionDetails = {
  id: string
  state: ConnectionState
  stateReason: StateReason | null
  stateSince: Date
  workspaceId: string
  workspaceName: string
  workspaceSlug: string
  scopes: string[]
  lastEventAt: Date | null
  lastActivityAt: Date | null
  checkedAt: Date | null
  createdAt: Date
  /** The Attio member who authorised it, as far as known. */
  memberId: string | null
  memberName: string | null
  memberAccess: string | null
  /** The person of the organisation who did. */
  userId: string | null
  userName: string | null
}

/** The connections of an organisation, or the one with `id`, oldest first. */
export async function selectConnections(scope: Scope, id?: string): Promise<ConnectionDetails[]> {
  const { rows } = await scope.query<ConnectionDetails>(
    `select c.id, c.state, c.state_reason as "stateReason", c.state_since as "stateSince", c.workspace_id as "workspaceId",
       c.workspace_name as "workspaceName", c.workspace_slug as "workspaceSlug", c.scopes, c.last_event_at as "lastEventAt",
       c.last_activity_at as "lastActivityAt", c.checked_at as "checkedAt", c.created_at as "createdAt",
       c.authorized_by_member_id as "memberId", coalesce(nullif(concat_ws(' ', m.first_name, m.last_name), ''), m.email) as "memberName",
       m.access_level as "memberAccess", c.authorized_by_user_id as "userId", coalesce(u.name, u.email) as "userName"
     from connection c
     left join member m on m.connection_id = c.id and m.id = c.authorized_by_member_id
     left join app_user u on u.id = c.authorized_by_user_id and u.organization_id = $1
     where c.organization_id = $1 and ($2::uuid is null or c.id = $2) order by c.created_at, c.id`,
    [scope.organizationId, id ?? null],
  )
  return rows
}

export type WebhookDetails = {
  id: string
  connectionId: string
  purpose: WebhookPurpose
  status: string
  checkedAt: Date | null
  degradedSince: Date | null
  retiredAt: Date | null
  createdAt: Date
}

/** The webhooks of the given connections, those in use first; not one that was never made at Attio. */
export async function selectWebhooks(scope: Scope, connectionIds: readonly string[]): Promise<WebhookDetails[]> {
  const { rows } = await scope.query<WebhookDetails>(
    `select id, connection_id as "connectionId", purpose, status, checked_at as "checkedAt", degraded_since as "degradedSince",
       retired_at as "retiredAt", created_at as "createdAt"
     from webhook where organization_id = $1 and connection_id = any($2::uuid[]) and attio_webhook_id is not null
     order by retired_at is not null, purpose desc, id desc`,
    [scope.organizationId, connectionIds],
  )
  return rows
}

/** A number that is exact up to a limit, and `atLeast` that beyond. */
export type Count = { count: number; isExact: boolean }

const most = 10_000
const counted = (count: number): Count => ({ count: Math.min(count, most), isExact: count <= most })

export type Traffic = { events24h: Count; backlog: { deliveries: Count; events: Count; oldestDueAt: Date | null } }

/** What a connection received in the last 24 hours, and what of all it received is still to be worked. */
export async function readTraffic(scope: Scope, connectionId: string): Promise<Traffic> {
  const { rows } = await scope.query<{ received: number; deliveries: number; events: number; oldest: Date | null }>(
    `select
       (select coalesce(sum(greatest(1, (select count(*) from event e where e.delivery_id = d.id))), 0)::int from (
          select id from delivery where organization_id = $1 and connection_id = $2 and received_at > now() - interval '24 hours'
          order by received_at desc, id desc limit $3
        ) d) as received,
       (select count(*)::int from (select from delivery where organization_id = $1 and connection_id = $2 and due_at is not null limit $3) d) as deliveries,
       (select count(*)::int from (select from event where organization_id = $1 and connection_id = $2 and due_at is not null limit $3) e) as events,
       least((select min(due_at) from delivery where organization_id = $1 and connection_id = $2 and due_at is not null),
         (select min(due_at) from event where organization_id = $1 and connection_id = $2 and due_at is not null)) as oldest`,
    [scope.organizationId, connectionId, most + 1],
  )
  const { received = 0, deliveries = 0, events = 0, oldest = null } = rows[0] ?? {}
  return { events24h: counted(received), backlog: { deliveries: counted(deliveries), events: counted(events), oldestDueAt: oldest } }
}

export type GapDetails = {
  id: string
  connectionId: string
  workspaceName: string
  purpose: WebhookPurpose
  reason: GapReason
  startedAt: Date
  endedAt: Date | null
}

/** Times in which deliveries must have been lost, newest first: those that touch the time from `from` up to `to`, of one connection or of all. */
export async function selectGaps(
  scope: Scope,
  query: { connectionId?: string | undefined; from: Date; to?: Date | undefined; limit: number },
): Promise<GapDetails[]> {
  const { rows } = await scope.query<GapDetails>(
    `select g.id, g.connection_id as "connectionId", c.workspace_name as "workspaceName", g.purpose, g.reason, g.started_at as "startedAt",
       g.ended_at as "endedAt"
     from connection c join delivery_gap g on g.connection_id = c.id
     where c.organization_id = $1 and g.organization_id = $1 and ($2::uuid is null or c.id = $2)
       and coalesce(g.ended_at, 'infinity') >= $3 and ($4::timestamptz is null or g.started_at < $4)
     order by g.started_at desc, g.id desc limit $5`,
    [scope.organizationId, query.connectionId ?? null, query.from, query.to ?? null, query.limit],
  )
  return rows
}

/** How a connection's state changed, newest first. */
export async function selectStateChanges(
  scope: Scope,
  connectionId: string,
  limit: number,
): Promise<{ at: Date; from: Standing; to: Standing }[]> {
  type Row = { at: Date; fs: ConnectionState; fr: StateReason | null; ts: ConnectionState; tr: StateReason | null }
  const { rows } = await scope.query<Row>(
    `select at, from_state as fs, from_reason as fr, to_state as ts, to_reason as tr from connection_state_change
     where organization_id = $1 and connection_id = $2 order by at desc, id desc limit $3`,
    [scope.organizationId, connectionId, limit],
  )
  return rows.map(({ at, fs, fr, ts, tr }) => ({ at, from: { state: fs, reason: fr }, to: { state: ts, reason: tr } }))
}
