import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import { v7 as uuid } from 'uuid'
import { type Database, type Executor, openDatabase } from './connect.ts'
import { readTraffic } from './connection-details.ts'
import { selectDeliveries, selectEventsOf } from './delivery-log.ts'
import { countNameless, readNameless } from './nameless.ts'
import { countReplay, isBacklogBeyond, replayBatch } from './replay.ts'
import { tenantOf } from './tenant.ts'

/*
 * What the activity log, a connection's figures and a replay cost with 40,000 deliveries of one connection and as many of another: rows looked at, counted by
 * Postgres; the API's own login under row-level security, and a worker's.
 */

const own = { organizationId: uuid(), connectionId: uuid() }
const other = { organizationId: uuid(), connectionId: uuid() }

let testDatabase: TestDatabase
let owner: Database
let api: Database
let worker: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  const open = (url: string) => openDatabase({ url, applicationName: 'log-plans' })
  ;[owner, api, worker] = [open(testDatabase.url), open(testDatabase.apiUrl), open(testDatabase.workerUrl)]
  for (const { organizationId, connectionId } of [own, other]) {
    const ids = [organizationId, connectionId]
    await owner.pool.query(`insert into organization (id, external_id, name) values ($1::uuid, $1::text, 'Test')`, [organizationId])
    await owner.pool.query(
      `insert into connection (id, organization_id, workspace_id, workspace_name, workspace_slug, state, scopes)
       values ($2, $1, $2::uuid::text, 'CRM', 'crm', 'connected', '{}')`,
      ids,
    )
    await owner.pool.query(
      `insert into delivery (id, organization_id, connection_id, webhook_id, body, event_types, received_at, state, due_at)
       select gen_random_uuid(), $1, $2, $2, '{}', array[case when n % 100 = 0 then 'note.created' else 'record.updated' end],
         now() - make_interval(mins => n), case when n > 39990 then 'dead' when n <= 20 then 'received' when n % 3 = 0 then 'filtered' else 'processed' end,
         case when n <= 20 then now() end
       from generate_series(1, 40000) n`,
      ids,
    )
    await owner.pool.query(
      `insert into event (id, organization_id, connection_id, delivery_id, delivery_index, event_type, fingerprint, state, lane, facts, pending_names, received_at,
         happened_at, window_ms, due_at)
       select gen_random_uuid(), organization_id, connection_id, id, 0, 'record.updated', 'f', 'projected', 'lane', '{}',
         case when received_at < now() - interval '39990.5 minutes' then array['record/x'] else '{}' end, received_at, received_at, 0, null
       from delivery where connection_id = $1`,
      [connectionId],
    )
  }
  await owner.pool.query('vacuum analyze')
}, 120_000)
afterAll(async () => {
  await Promise.all([owner.close(), api.close(), worker.close()])
  await testDatabase.drop()
})

type Cost = { whole: number; rows: number }

/** How often `work` read deliveries or events from end to end, and how many of them it looked at. */
async function costOf<T>(executor: Executor, work: () => Promise<T>): Promise<Cost & { result: T }> {
  const count = async (): Promise<Cost> => {
    const { rows } = await executor.query<Cost>(
      `select sum(seq_scan)::int as whole, sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_xact_user_tables
       where relname in ('delivery', 'event')`,
    )
    return rows[0] ?? { whole: 0, rows: 0 }
  }
  const before = await count()
  const result = await work()
  const after = await count()
  return { whole: after.whole - before.whole, rows: after.rows - before.rows, result }
}

describe('as the API', () => {
  const { connectionId } = own
  const tenant = () => tenantOf(api, own.organizationId)
  test.each([
    ['everything', {}, 50, 1_000],
    ['dead ones', { states: ['dead'] as const }, 10, 100],
    ['two states, one of them rare', { states: ['dead', 'filtered'] as const }, 50, 400],
    ['a state nothing is in', { states: ['failed'] as const }, 0, 10],
    ['a time long ago', { to: new Date(Date.now() - 39_000 * 60_000) }, 50, 1_000],
    ['far down', { before: { at: new Date(Date.now() - 30_000 * 60_000), id: uuid() } }, 50, 1_000],
    [
      'a type that is rare, which is not looked for further than said',
      { states: ['processed'] as const, eventTypes: ['note.created'] },
      20,
      4_100,
    ],
  ])('a page of the log costs what it shows: %s', async (_name, query, found, most) => {
    const page = await tenant().transaction(scope =>
      costOf(scope, async () => {
        const { deliveries } = await selectDeliveries(scope, { connectionId, limit: 50, ...query })
        await selectEventsOf(
          scope,
          deliveries.map(({ id }) => id),
        )
        return deliveries.length
      }),
    )
    expect([page.result, page.whole]).toEqual([found, 0])
    expect(page.rows).toBeLessThanOrEqual(most)
  })

  test('figures of a connection cost what 24 hours brought and what waits, not what there is', async () => {
    const traffic = await tenant().transaction(scope => costOf(scope, () => readTraffic(scope, connectionId)))
    expect(traffic.result).toMatchObject({ events24h: { isExact: true }, backlog: { deliveries: { count: 20 }, events: { count: 0 } } })
    expect([traffic.whole, traffic.result.events24h.count > 1_430]).toEqual([0, true])
    expect(traffic.rows).toBeLessThanOrEqual(3_200)
  })
})

describe('as a worker', () => {
  const { connectionId } = own
  test('a replay costs a batch what the batch is', async () => {
    const params = { states: ['filtered' as const, 'dead' as const] }
    await worker.transaction(async client => {
      const counted = await costOf(client, () => countReplay(client, connectionId, { states: ['dead'] }))
      expect([counted.result, counted.whole, counted.rows <= 20]).toEqual([10, 0, true])
      const batch = await costOf(client, () => replayBatch(client, connectionId, params, { state: 0, after: null }, 500, new Date()))
      expect([batch.result.due, batch.whole]).toEqual([500, 0])
      expect(batch.rows).toBeLessThanOrEqual(2_500)
      const backlog = await costOf(client, () => isBacklogBeyond(client, connectionId, 100))
      expect([backlog.result, backlog.whole, backlog.rows <= 1_200]).toEqual([true, 0, true])
    })
  })

  test('events without a name are found without looking at the others', async () => {
    await worker.transaction(async client => {
      const read = await costOf(client, async () => {
        return [await countNameless(client, connectionId), (await readNameless(client, connectionId, null, 100)).length]
      })
      expect([read.result, read.whole]).toEqual([[10, 10], 0])
      expect(read.rows).toBeLessThanOrEqual(100)
    })
  })
})
