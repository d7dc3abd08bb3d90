import { randomBytes, randomUUID } from 'node:crypto'
import { type EventFacts, eventFacts } from '@worksights/activity'
import { insertDeliveries, openDatabase, tokenSealContext } from '@worksights/database'
import { createTestDatabase } from '@worksights/dev-stack/testing'
import { createKeyRing, createLogger, type KeyRing } from '@worksights/runtime'
import { v7 as uuid } from 'uuid'
import { createConnections } from '../connections.ts'
import { createLabelBook } from '../labels/book.ts'
import { resolveTurn, type Turn, type TurnOptions } from '../turn.ts'
import { openAttio, type TestAttio } from './attio.ts'

/*
 * A resolver's workbench: a real database, Attio's simulator, connections with deliveries, and workers whose turns a test takes one by one.
 */

export type Bench = Awaited<ReturnType<typeof openBench>>
export type Worker = ReturnType<Bench['worker']>
export type TestConnection = Awaited<ReturnType<Bench['connect']>>
export type StoredEvent = {
  id: string
  delivery_id: string
  state: string
  reason: string | null
  lane: string | null
  also_lane: string | null
  pending_names: string[]
  received_at: Date
  happened_at: Date
  window_ms: number
  activity_id: string | null
  event_type: string
}
export type StoredDelivery = { id: string; state: string; reason: string | null; attempts: number; due_at: Date | null; due_in_ms: number }
type WorkerSettings = { holdMs?: number; windowMs?: number; keyRing?: KeyRing }

export const newKeyRing = () => createKeyRing(`test:${randomBytes(32).toString('base64')}`)

export async function openBench() {
  const testDatabase = await createTestDatabase()
  const attio = await openAttio()
  const database = openDatabase({ url: testDatabase.url, applicationName: 'resolver-test', max: 8 })
  const keyRing = newKeyRing()
  const logged: string[] = []
  const log = createLogger({ service: 'test', level: 'debug', destination: { write: line => void logged.push(line) } })
  const workers: { settle(): Promise<void> }[] = []

  /** A worker with labels and flights of its own, as a pod has. Look-ups may hold a line for ten seconds, so that tests need no luck; see `holdMs`. */
  function worker({ holdMs = 10_000, windowMs = 600_000, keyRing: keys = keyRing }: WorkerSettings = {}) {
    const runs: string[] = []
    const book = createLabelBook({ database, log, runsDue: connectionId => void runs.push(connectionId) })
    const findConnection = createConnections({ database, keyRing: keys, attioApiUrl: attio.url, log })
    const afterwards = new Set<Promise<unknown>>()
    const coalesce: string[] = []
    const options: TurnOptions = {
      ...{ database, book, holdMs, windowMs, log, findConnection },
      later: work => void afterwards.add(work),
      eventsDue: connectionId => void coalesce.push(connectionId),
    }
    async function finished(): Promise<void> {
      for (const work of afterwards) await work
      afterwards.clear()
    }
    const self = {
      /** Connections whose events were said to be due. */
      coalesce,
      /** Connections whose runs were said to be due. */
      runs,
      /** One turn, without what goes on after it. */
      begin: (connectionId: string): Promise<Turn> => resolveTurn(options, connectionId),
      /** Waits for what goes on after turns. */
      finished,
      /** One turn and what goes on after it. */
      async turn(connectionId: string): Promise<Turn> {
        const turn = await resolveTurn(options, connectionId)
        await finished()
        return turn
      },
      async settle() {
        await book.settle()
        await finished()
      },
    }
    workers.push(self)
    return self
  }

  async function connect(settings: { token?: string | null; state?: string } = {}) {
    const [organizationId, connectionId, webhookId] = [uuid(), uuid(), uuid()]
    const { pool } = database
    const token = settings.token === undefined ? await attio.token() : settings.token
    const sealed = token === null ? null : keyRing.seal(token, tokenSealContext(connectionId))
    await pool.query('insert into organization (id, external_id, name) values ($1, $2, $3)', [organizationId, organizationId, 'Test'])
    await pool.query(
      `insert into connection (id, organization_id, workspace_id, workspace_name, workspace_slug, state, scopes, token_sealed, token_key_id)
       values ($1, $2, $3, 'Northwind', 'northwind', $4, '{}', $5, $6)`,
      [connectionId, organizationId, randomUUID(), settings.state ?? 'connected', sealed?.sealed ?? null, sealed?.keyId ?? null],
    )
    await pool.query(`insert into webhook (id, organization_id, connection_id, endpoint_id, purpose) values ($1, $2, $3, $4, 'records')`, [
      webhookId,
      organizationId,
      connectionId,
      randomUUID(),
    ])
    const rows = async <T extends object>(sql: string, ...values: unknown[]): Promise<T[]> =>
      (await pool.query<T>(sql, [connectionId, ...values])).rows
    return {
      connectionId,
      organizationId,
      token,
      rows,
      /** Stores deliveries as the gateway does, one for each list of events; a text or bytes are a body as it is. Gives their ids. */
      async deliver(...bodies: (object[] | string)[]): Promise<string[]> {
        const deliveries = bodies.map(body => ({
          ...{
            id: uuid(),
            organizationId,
            connectionId,
            webhookId,
            idempotencyKey: randomUUID(),
            eventTypes: [],
            ignoredBecause: null,
            traceContext: null,
          },
          body: Buffer.from(typeof body === 'string' ? body : JSON.stringify({ webhook_id: webhookId, events: body })),
        }))
        await insertDeliveries(pool, deliveries)
        return deliveries.map(delivery => delivery.id)
      },
      /** Makes everything due that waits or is leased. */
      async makeDue(): Promise<void> {
        // The column rounds to the millisecond, so that plain now() can be a moment ahead.
        await pool.query(`update delivery set due_at = now() - interval '1 millisecond' where connection_id = $1 and due_at is not null`, [
          connectionId,
        ])
      },
      deliveries: () =>
        rows<StoredDelivery>(
          `select id, state, reason, attempts, due_at, (extract(epoch from due_at - now()) * 1000)::float8 as due_in_ms
           from delivery where connection_id = $1 order by id`,
        ),
      events: () => rows<StoredEvent>('select * from event where connection_id = $1 order by received_at, delivery_id, delivery_index'),
      /** The facts of the events that make lines, in order. */
      async facts(): Promise<EventFacts[]> {
        const stored = await rows<{ facts: unknown }>(
          'select facts from event where connection_id = $1 and facts is not null order by received_at, delivery_id, delivery_index',
        )
        return stored.map(row => eventFacts.parse(row.facts))
      },
      label: async (type: string, id: string) =>
        (
          await rows<{ state: string; name: string | null; alias_of: string | null }>(
            'select state, name, alias_of from label where connection_id = $1 and type = $2 and id = $3',
            type,
            id,
          )
        )[0],
    }
  }

  return {
    ...{ url: testDatabase.url, database, attio, keyRing, logged, log, worker, connect },
    async close() {
      for (const one of workers) await one.settle()
      await attio.close()
      await database.close()
      await testDatabase.drop()
    },
  }
}

/** The events of Attio's webhooks, by what they name. */
export function eventsBy(actor: { type: string; id: string | null }, attio: TestAttio) {
  const event = (event_type: string, id: object, more: object = {}) => ({ event_type, id: { workspace_id: 'w', ...id }, ...more, actor })
  const company = attio.objects.companies
  return {
    event,
    record: (what: string, recordId: string, objectId: string = company) =>
      event(`record.${what}`, { object_id: objectId, record_id: recordId }),
    updated: (recordId: string, attributeId: string, objectId: string = company) =>
      event('record.updated', { object_id: objectId, record_id: recordId, attribute_id: attributeId }),
    merged: (recordId: string, duplicateId: string, objectId: string = company) =>
      event(
        'record.merged',
        { object_id: objectId, record_id: recordId },
        { duplicate_object_id: objectId, duplicate_record_id: duplicateId },
      ),
    entry: (what: string, listId: string, parentId: string, more: { attribute_id?: string; entry_id?: string } = {}, objectId = company) =>
      event(
        `list-entry.${what}`,
        { list_id: listId, entry_id: randomUUID(), ...more },
        { parent_object_id: objectId, parent_record_id: parentId },
      ),
    note: (type: string, noteId: string, parentId: string) =>
      event(type, { note_id: noteId }, { parent_object_id: company, parent_record_id: parentId }),
    comment: (what: string, recordId: string, listId: string | null = null, objectId: string = company) =>
      event(
        `comment.${what}`,
        { comment_id: randomUUID() },
        { thread_id: randomUUID(), object_id: objectId, record_id: recordId, list_id: listId, entry_id: listId && randomUUID() },
      ),
    task: (what: string, taskId: string) => event(`task.${what}`, { task_id: taskId }),
    recorded: (ids: { meeting_id?: string; call_recording_id?: string }) => event('call-recording.created', ids),
  }
}
