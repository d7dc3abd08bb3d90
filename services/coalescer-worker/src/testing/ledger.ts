import { type ActivityLine, consolidate, lanesOf, pendingNames, type StoredEvent } from '@worksights/activity'
import { type Database, insertEvents } from '@worksights/database'
import { v7 as uuid } from 'uuid'

/*
 * A connection's deliveries and events in a real database, for tests.
 */

export type StoredEventRow = {
  id: string
  state: string
  activity_id: string | null
  reason: string | null
  attempts: number
  due_in: number | null
}
export type Change = { type: string; activity_id: string }

export type Ledger = {
  connectionId: string
  organizationId: string
  /** Stores events as a resolver does, in one transaction; those already there stay as they are. */
  store(events: readonly StoredEvent[]): Promise<void>
  /** Makes every event pending and due again. */
  reopen(): Promise<void>
  /** Lets the pauses of what is put off go by. */
  letPausesPass(): Promise<void>
  /** By id; `due_in` is in seconds. */
  events(): Promise<StoredEventRow[]>
  /** By id, all that is stored of them but when they were written. */
  activities(): Promise<StoredLine[]>
  /** The change feed, in order. */
  changes(): Promise<Change[]>
  /** From an id to where it leads; null is nowhere. */
  aliases(): Promise<Map<string, string | null>>
}

export type StoredLine = ReturnType<typeof toStoredLine>

function toStoredLine(line: ActivityLine, lane: string) {
  return {
    ...{ id: line.id, lane, kind: line.kind, category: line.category, feature: line.feature },
    ...{ member_id: line.memberId, actor_name: line.actorName, subject_type: line.subject.type as string, subject_id: line.subject.id },
    ...{ object_id: line.objectId, list_id: line.listId, record_ids: line.recordIds, attribute_ids: line.attributeIds },
    ...{ title: line.title, breadcrumb: line.breadcrumb, detail: line.detail, summary: line.summary, url: line.url },
    ...{ changes: line.changes, related: line.related, subject: line.subject, name_state: line.nameState },
    ...{ participants: line.participants, participant_ids: line.participants.map(person => person.member_id) },
    ...{ occurred_at: new Date(line.occurredAt), last_event_at: new Date(line.lastEventAt), late: line.late },
    ...{ field_count: line.fields, event_count: line.eventCount },
  }
}

/** What pure consolidation makes of the events, as it is stored. */
export function linesOf(events: readonly StoredEvent[]): StoredLine[] {
  return [...new Set(events.map(event => lanesOf(event.facts).lane))]
    .flatMap(lane => consolidate(lane, events).lines.map(line => toStoredLine(line, lane)))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

export async function openLedger(database: Database): Promise<Ledger> {
  const [organizationId, connectionId] = [uuid(), uuid()]
  const { pool } = database
  await pool.query(`insert into organization (id, external_id, name) values ($1, $2, 'Test')`, [organizationId, organizationId])
  await pool.query(
    `insert into connection (id, organization_id, workspace_id, workspace_name, workspace_slug, state, scopes)
     values ($1, $2, $3, 'Test', 'test', 'connected', '{}')`,
    [connectionId, organizationId, connectionId],
  )
  const webhooks = new Map<string, string>()
  function webhookOf(name: string): string {
    const id = webhooks.get(name) ?? uuid()
    webhooks.set(name, id)
    return id
  }
  const rows = async <T extends object>(sql: string, id: string) => (await pool.query<T>(sql, [id])).rows
  return {
    connectionId,
    organizationId,
    async store(events) {
      await database.transaction(async client => {
        await client.query(
          `insert into delivery (id, organization_id, connection_id, webhook_id, body, event_types, received_at, state)
           select d.id, $1, $2, d.webhook_id, '', '{}', d.received_at, 'processed'
           from unnest($3::uuid[], $4::uuid[], $5::timestamptz[]) d(id, webhook_id, received_at) on conflict do nothing`,
          [
            organizationId,
            connectionId,
            events.map(event => event.deliveryId),
            events.map(event => webhookOf(event.webhookId)),
            events.map(event => new Date(event.receivedAt)),
          ],
        )
        await insertEvents(
          client,
          { id: connectionId, organizationId },
          events.map(event => ({
            ...{ id: event.id, deliveryId: event.deliveryId, deliveryIndex: event.index, eventType: event.facts.kind },
            ...{ fingerprint: event.fingerprint, state: 'pending' as const, reason: null, ...lanesOf(event.facts), facts: event.facts },
            ...{ pendingNames: pendingNames(event.facts), receivedAt: new Date(event.receivedAt) },
            ...{ happenedAt: new Date(event.happenedAt), windowMs: event.windowMs },
          })),
        )
      })
    },
    async reopen() {
      await pool.query(`update event set state = 'pending', due_at = now() - interval '1 ms' where connection_id = $1`, [connectionId])
    },
    async letPausesPass() {
      await pool.query(`update event set due_at = now() - interval '1 ms' where connection_id = $1 and due_at > now()`, [connectionId])
    },
    events: () =>
      rows(
        `select id, state, activity_id, reason, attempts, extract(epoch from due_at - now())::float8 as due_in
         from event where connection_id = $1 order by id`,
        connectionId,
      ),
    activities: () =>
      rows(
        `select id, lane, kind, category, feature, member_id, actor_name, subject_type, subject_id, object_id, list_id, record_ids, attribute_ids, title,
           breadcrumb, detail, summary, url, changes, related, subject, name_state, participants, participant_ids, occurred_at, last_event_at, late,
           field_count, event_count
         from activity where connection_id = $1 order by id`,
        connectionId,
      ),
    changes: () => rows('select type, activity_id from activity_change where organization_id = $1 order by seq', organizationId),
    async aliases() {
      const found = await rows<{ id: string; activity_id: string | null }>(
        'select id, activity_id from activity_alias where organization_id = $1',
        organizationId,
      )
      return new Map(found.map(row => [row.id, row.activity_id]))
    },
  }
}
