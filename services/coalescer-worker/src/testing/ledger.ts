import { lanesOf, pendingNames, type StoredEvent } from '@worksights/activity'
import { type Database, insertEvents } from '@worksights/database'
import { v7 as uuid } from 'uuid'

/*
 * A connection's deliveries and events in a real database, for tests.
 */

export type Ledger = {
  connectionId: string
  organizationId: string
  /** Stores events as a resolver does, in one transaction; those already there stay as they are. */
  store(events: readonly StoredEvent[]): Promise<void>
  /** Makes every event due again. */
  reopen(): Promise<void>
  events(): Promise<{ id: string; state: string; activity_id: string | null; reason: string | null }[]>
  activities(): Promise<StoredLine[]>
  changes(): Promise<{ type: string; activity_id: string }[]>
  aliases(): Promise<Map<string, string>>
}
export type StoredLine = {
  id: string
  kind: string
  title: string
  detail: string | null
  summary: string
  member_id: string
  occurred_at: Date
  last_event_at: Date
  field_count: number
  event_count: number
  late: boolean
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
  const webhookOf = (name: string) => webhooks.get(name) ?? webhooks.set(name, uuid()).get(name)
  const rows = async <T extends object>(sql: string) => (await pool.query<T>(sql, [connectionId])).rows
  return {
    connectionId,
    organizationId,
    async store(events) {
      await database.transaction(async client => {
        for (const { deliveryId, webhookId, receivedAt } of events) {
          await client.query(
            `insert into delivery (id, organization_id, connection_id, webhook_id, body, event_types, received_at, state)
             values ($1, $2, $3, $4, '', '{}', $5, 'processed') on conflict do nothing`,
            [deliveryId, organizationId, connectionId, webhookOf(webhookId), new Date(receivedAt)],
          )
        }
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
      await pool.query(`update event set state = 'pending', due_at = now() where connection_id = $1`, [connectionId])
    },
    events: () => rows('select id, state, activity_id, reason from event where connection_id = $1 order by id'),
    activities: () =>
      rows(`select id, kind, title, detail, summary, member_id, occurred_at, last_event_at, field_count, event_count, late
            from activity where connection_id = $1 order by id`),
    changes: () =>
      rows(
        `select type, activity_id from activity_change where organization_id = (select organization_id from connection where id = $1) order by seq`,
      ),
    aliases: async () =>
      new Map(
        (
          await rows<{ id: string; activity_id: string }>(
            'select id, activity_id from activity_alias where organization_id = (select organization_id from connection where id = $1)',
          )
        ).map(row => [row.id, row.activity_id]),
      ),
  }
}
