import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import { v7 as uuid } from 'uuid'
import { z } from 'zod'
import { removeActivities, upsertActivities } from './activities.ts'
import { type Database, openDatabase, type Transaction } from './connect.ts'
import { duePlaces, failPlace, insertEvents, loadLaneSegments, loadLanes, nextEventDue, saveEventResults } from './events.ts'
import { lockLanes } from './lane-locks.ts'

/*
 * The statements of projection on a table of 100,000 events of one connection, of which 1,000 are due: lanes of changes and of lives, merges, and one lane
 * of 5,000 events with a long pause after every tenth.
 */

const [organizationId, connectionId] = [uuid(), uuid()]
const longLane = 'record/long/updated/ann'
const pauseMs = 3_600_000

let testDatabase: TestDatabase
let database: Database
beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase({ url: testDatabase.url, applicationName: 'plans' })
  await database.pool.query(
    `insert into delivery (id, organization_id, connection_id, webhook_id, body, event_types, received_at, state)
     select md5('delivery' || n)::uuid, $1, $2, md5('webhook')::uuid, convert_to(repeat('x', 300), 'utf8'), '{}', now() - make_interval(mins => n), 'processed'
     from generate_series(1, 100000) n`,
    [organizationId, connectionId],
  )
  await database.pool.query(
    `insert into event (organization_id, connection_id, id, delivery_id, delivery_index, event_type, fingerprint, facts, pending_names, window_ms, received_at,
       happened_at, state, due_at, lane, also_lane, activity_id)
     select $1, $2, md5('event' || n)::uuid, md5('delivery' || n)::uuid, 0, 'record.updated', md5(n::text), '{}', '{}', 600000, now() - make_interval(mins => n),
       now() - make_interval(mins => n + n / 10 * 120),
       case when due then 'pending' else 'projected' end, case when due then now() - make_interval(secs => n) end,
       case when long then $3 when n % 20 = 0 then 'record/' || n else 'record/' || n % 20000 || '/updated/ann' end,
       case when not long and n % 200 = 0 then 'record/' || n + 20 end, case when not due then md5('line' || n)::uuid end
     from (select n, n > 95000 as long, case when n > 95000 then n = 97000 else n % 95 = 0 end as due from generate_series(1, 100000) n) seed`,
    [organizationId, connectionId, longLane],
  )
  await database.pool.query(
    `insert into activity_alias (id, organization_id, activity_id)
     select md5('alias' || n)::uuid, $1, md5('line' || n)::uuid from generate_series(1, 20000) n`,
    [organizationId],
  )
  await database.pool.query(
    `insert into activity (id, organization_id, connection_id, lane, kind, category, feature, member_id, subject_type, subject_id, record_ids, title, breadcrumb,
       summary, changes, related, participants, participant_ids, subject, attribute_ids, name_state, occurred_at, last_event_at, field_count, event_count)
     select md5('line' || n)::uuid, $1, $2, 'record/' || n, 'record.updated', 'default', 'crm', 'ann', 'record', n, array[n::text], 'Updated', '{}', '', '[]',
       '[]', '[]', '{}', '{}', '{}', 'known', now(), now(), 1, 1 from generate_series(1, 20000) n`,
    [organizationId, connectionId],
  )
  await database.pool.query('analyze')
}, 60_000)
afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

const node = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Actual Rows': z.number().optional(),
  'Actual Loops': z.number().optional(),
  'Rows Removed by Filter': z.number().optional(),
  get Plans() {
    return z.array(node).optional()
  },
})
type Node = z.infer<typeof node>
const explained = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: node })]) })])
const nodesOf = (plan: Node): Node[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

type Statement = { text: string; values: unknown[]; custom: Node[]; generic: Node[] }

/** Runs `work` in a transaction that is undone, and tells the plans of its statements: for these values, and for any (what prepared statements get). */
async function plansOf(work: (client: Transaction) => Promise<unknown>): Promise<Statement[]> {
  const client = await database.pool.connect()
  const explain = async (sql: string, values: unknown[] = []) =>
    nodesOf(explained.parse((await client.query(sql, values)).rows)[0]['QUERY PLAN'][0].Plan)
  const statements: Statement[] = []
  const watched = {
    query: async (query: string | { text: string; values: unknown[] }, given: unknown[] = []) => {
      const { text, values } = typeof query === 'string' ? { text: query, values: given } : query
      const name = `statement_${statements.length}`
      await client.query(`prepare ${name} as ${text}`)
      await client.query('savepoint before')
      const custom = await explain(`explain (analyze, timing off, format json) ${text}`, values)
      await client.query('rollback to before')
      await client.query('set local plan_cache_mode = force_generic_plan')
      const generic = await explain(`explain (format json) execute ${name}(${values.map(() => 'null').join(', ')})`)
      await client.query('set local plan_cache_mode = auto')
      await client.query(`deallocate ${name}`)
      statements.push({ text, values, custom, generic })
      return await client.query(text, values)
    },
  }
  await client.query('begin')
  await work(watched as unknown as Transaction).finally(async () => {
    await client.query('rollback')
    client.release()
  })
  return statements
}

/** Tables that a statement reads from end to end. */
const readWhole = ({ custom, generic }: Statement) =>
  [...custom, ...generic].filter(each => each['Node Type'].endsWith('Seq Scan')).map(each => each['Relation Name'])
/** Rows of `event` that a statement looked at. */
const looked = ({ custom }: Statement) =>
  custom
    .filter(each => each['Relation Name'] === 'event' && each['Node Type'].includes('Scan'))
    .reduce((sum, each) => sum + ((each['Actual Rows'] ?? 0) + (each['Rows Removed by Filter'] ?? 0)) * (each['Actual Loops'] ?? 1), 0)

const line = (id: string) => ({
  ...{
    id,
    lane: 'record/1/updated/ann',
    kind: 'record.updated' as const,
    category: 'default' as const,
    feature: 'crm' as const,
    memberId: 'ann',
  },
  ...{
    actorName: null,
    objectId: null,
    listId: null,
    recordIds: [],
    breadcrumb: [],
    title: '',
    detail: null,
    summary: '',
    changes: [],
    related: [],
  },
  ...{
    participants: [],
    attributeIds: [],
    url: null,
    nameState: 'known' as const,
    occurredAt: 0,
    lastEventAt: 0,
    fields: 0,
    eventCount: 1,
    late: false,
  },
  ...{ subject: { type: 'record' as const, id: '1', object_id: null, name: '1', name_state: 'known' as const }, eventIds: [] },
})

describe('the statements of projection', () => {
  test('find everything by an index, whatever the values, in a batch of 500 due events', async () => {
    const statements = await plansOf(async client => {
      const places = await duePlaces(client, connectionId, 500)
      const lanes = places.flatMap(place => [place.lane, ...(place.alsoLane === null ? [] : [place.alsoLane])])
      expect(lanes.length).toBeGreaterThan(400)
      await lockLanes(client, connectionId, lanes)
      const whole = lanes.filter(lane => !lane.includes('/updated/'))
      expect(whole.length).toBeGreaterThan(10)
      const events = [
        ...(await loadLanes(client, connectionId, whole)),
        ...(await loadLaneSegments(
          client,
          connectionId,
          lanes.filter(lane => lane.includes('/updated/')),
          pauseMs,
        )),
      ]
      expect(events.length).toBeGreaterThanOrEqual(500)
      await upsertActivities(client, { id: connectionId, organizationId }, [{ ...line(uuid()), traceContext: null }])
      await removeActivities(client, organizationId, [uuid()], [{ id: uuid(), into: uuid() }])
      await saveEventResults(
        client,
        events.map(event => ({ id: event.id, state: 'projected', reason: null, activityId: event.id })),
      )
      await failPlace(client, connectionId, { lane: longLane, alsoLane: null }, { reason: '', maxAttempts: 8, pauseMs: () => 1_000 })
      await nextEventDue(client, connectionId)
      const fresh = {
        id: uuid(),
        deliveryId: uuid(),
        deliveryIndex: 0,
        eventType: '',
        fingerprint: '',
        state: 'filtered' as const,
        reason: null,
      }
      const untold = {
        lane: null,
        alsoLane: null,
        facts: null,
        pendingNames: [],
        receivedAt: new Date(),
        happenedAt: new Date(),
        windowMs: 0,
      }
      await insertEvents(client, { id: connectionId, organizationId }, [{ ...fresh, ...untold }])
    })
    expect(statements.length).toBeGreaterThanOrEqual(14)
    // The one row of `connection` may be read as it likes.
    for (const statement of statements)
      expect([statement.text, readWhole(statement).filter(table => table !== 'connection')]).toEqual([statement.text, []])
  })

  test('look at no more than what is due, with a thousand waiting', async () => {
    const [due, next] = await plansOf(async client => {
      await duePlaces(client, connectionId, 100)
      await nextEventDue(client, connectionId)
    })
    expect(due && looked(due)).toBe(100)
    expect(next && looked(next)).toBe(1)
  })

  test('read of a lane of 5,000 events the stretch that the due one is in', async () => {
    let loaded = 0
    const [segments] = await plansOf(async client => {
      loaded = (await loadLaneSegments(client, connectionId, [longLane], pauseMs)).length
    })
    expect(loaded).toBe(10)
    expect(segments && looked(segments)).toBeLessThan(50)
  })

  test('lock a batch of any size with 64 locks at the most', async () => {
    const client = await database.pool.connect()
    try {
      await client.query('begin')
      await lockLanes(
        client,
        connectionId,
        Array.from({ length: 5_000 }, (_, number) => `record/${number}`),
      )
      const { rows } = await client.query(
        `select count(*)::int as held from pg_locks where pid = pg_backend_pid() and locktype = 'advisory'`,
      )
      expect(rows).toEqual([{ held: 64 }])
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})
