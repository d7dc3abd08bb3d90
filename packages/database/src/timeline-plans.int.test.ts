import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import { v7 as uuid } from 'uuid'
import { type Database, openDatabase } from './connect.ts'
import { type Scope, type Tenant, tenantOf } from './tenant.ts'
import { selectLines } from './timeline.ts'
import { findRecords, selectChoices } from './timeline-choices.ts'
import type { TimelineFilters } from './timeline-filters.ts'
import { countLines, TooManyLinesError } from './timeline-summary.ts'

/*
 * What reading the timeline costs the API's own login, under row-level security: rows of `activity` and `label` that a page looks at, with 100,000 lines
 * of one organisation and as many of another, and 50,000 records of each. Counted by Postgres, so that what functions look at counts too.
 */

const own = { organizationId: uuid(), connectionId: uuid(), userId: uuid() }
const other = { organizationId: uuid(), connectionId: uuid(), userId: uuid() }

let testDatabase: TestDatabase
let owner: Database
let api: Database
let tenant: Tenant

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  owner = openDatabase({ url: testDatabase.url, applicationName: 'timeline-plans' })
  api = openDatabase({ url: testDatabase.apiUrl, applicationName: 'timeline-plans' })
  tenant = tenantOf(api, own.organizationId)
  for (const { organizationId, connectionId, userId } of [own, other]) {
    const ids = [organizationId, connectionId]
    await owner.pool.query('insert into organization (id, external_id, name) values ($1, $2, $2)', [
      organizationId,
      `org-${organizationId}`,
    ])
    await owner.pool.query(
      `insert into connection (id, organization_id, workspace_id, workspace_name, workspace_slug, state, scopes)
       values ($2, $1, $2::uuid::text, 'CRM', 'crm', 'connected', '{}')`,
      ids,
    )
    await owner.pool.query(`insert into app_user (id, organization_id, email, email_folded) values ($2, $1, 'ada@x', 'ada@x')`, [
      organizationId,
      userId,
    ])
    await owner.pool.query(`insert into member (connection_id, id, organization_id, user_id) values ($2, 'ada', $1, $3)`, [...ids, userId])
    await owner.pool.query(
      `insert into activity (id, organization_id, connection_id, lane, kind, category, feature, member_id, subject_type, subject_id, object_id, list_id,
         record_ids, title, breadcrumb, summary, changes, related, participants, participant_ids, subject, attribute_ids, name_state, occurred_at,
         last_event_at, field_count, event_count)
       select gen_random_uuid(), $1, $2, 'lane' || n, case when n % 4 = 0 then 'record.created' else 'record.updated' end,
         case when n % 5 = 0 then 'task' else 'default' end, case when n % 3 = 0 then 'deals' else 'crm' end, 'ada', 'record', 'record-' || n % 20000,
         'object-' || n % 3, case when n > 99970 then 'rare-list' when n % 10 = 0 then 'common-list' end, array['record-' || n % 20000], 'Acme > Updated', '{}',
         'Ada updated Acme.', '[]', '[]', '[]', '{}', '{}',
         case when n > 99960 then array['rare-attribute'] when n % 4 = 1 then array['common-attribute'] else '{}' end,
         'known', now() - make_interval(mins => n), now() - make_interval(mins => n), 1, 1
       from generate_series(1, 100000) n`,
      ids,
    )
    await owner.pool.query(
      `insert into label (connection_id, type, id, parent_id, state, name, details)
       select $1::uuid, 'record', 'record-' || n, 'object-1', 'known', case when n = 40000 then 'Zenith of (Acme) "GmbH" & Co' else 'Company ' || n || ' Inc' end, '{}'
       from generate_series(1, 50000) n
       union all select $1, 'object', 'object-' || n, '', 'known', 'Object', jsonb_build_object('slug', 'slug-' || n) from generate_series(0, 2) n
       union all select $1, 'list', name, '', 'known', name, '{"access": "full-access"}' from unnest(array['rare-list', 'common-list']) name
       union all select $1, 'attribute', 'attribute-' || n, 'objects/object-1', 'known', 'Attribute ' || n, '{}' from generate_series(1, 300) n`,
      [connectionId],
    )
  }
  await owner.pool.query('vacuum analyze')
}, 120_000)
afterAll(async () => {
  await Promise.all([owner.close(), api.close()])
  await testDatabase.drop()
})

type Looked = { whole: number; rows: number }

/** Runs `work` as the organisation and tells how often it read a table from end to end, and how many rows of it it looked at. */
async function looked<T>(table: 'activity' | 'label', work: (scope: Scope) => Promise<T>): Promise<Looked & { result: T }> {
  return await tenant.transaction(async scope => {
    const count = async (): Promise<Looked> => {
      const { rows } = await scope.query<Looked>(
        `select seq_scan::int as whole, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_xact_user_tables where relname = $1`,
        [table],
      )
      return rows[0] ?? { whole: 0, rows: 0 }
    }
    const before = await count()
    const result = await work(scope)
    const after = await count()
    return { whole: after.whole - before.whole, rows: after.rows - before.rows, result }
  })
}

describe('a page of the timeline reads no table from end to end and not many more lines than it shows', () => {
  test.each<[string, TimelineFilters, number, number]>([
    ['no filter', {}, 50, 60],
    ['category', { category: ['task'] }, 50, 300],
    ['area', { feature: ['deals'] }, 50, 200],
    ['kind', { kind: ['record.created'] }, 50, 300],
    ['user', { user: [own.userId] }, 50, 60],
    ['member', { member: ['ada'] }, 50, 60],
    ['connection', { connection: [own.connectionId] }, 50, 60],
    ['record', { record: ['record-7'] }, 5, 30],
    ['subject', { subject: ['record-7'] }, 5, 30],
    ['object, by id', { object: ['object-1'] }, 50, 200],
    ['object, by slug', { object: ['slug-1'] }, 50, 200],
    ['list with many lines', { list: ['common-list'] }, 50, 600],
    ['list with few lines, all of them old', { list: ['rare-list'] }, 30, 100],
    ['attribute that changes often', { attribute: ['common-attribute'] }, 50, 2_600],
    ['attribute that changes seldom, and last did long ago', { attribute: ['rare-attribute'] }, 40, 200],
    ['attribute nobody knows', { attribute: ['nothing'] }, 0, 10],
    ['time', { from: { at: '2000-01-01T00:00:00Z' }, to: { at: '2100-01-01T00:00:00Z' } }, 50, 60],
    ['text that is common', { words: ['acme'] }, 50, 60],
  ])('with the filter: %s', async (_name, filters, found, most) => {
    const page = await looked('activity', scope => selectLines(scope, { filters, limit: 50 }))
    expect([page.result.length, page.whole]).toEqual([found, 0])
    expect(page.rows).toBeLessThanOrEqual(most)
  })

  test('counting lines reads those of the range and no others', async () => {
    const range = { from: new Date(Date.now() - 1_000 * 60_000), to: new Date() }
    const counted = await looked('activity', scope =>
      countLines(scope, { filters: {}, range, interval: 'hour', timeZone: 'Europe/Berlin' }),
    )
    expect(counted.result.reduce((sum, bucket) => sum + bucket.lines, 0)).toBeGreaterThan(990)
    expect([counted.whole, counted.rows <= 1_100]).toEqual([0, true])
  })
})

test('counting that takes too long is given up, and said to be too much', async () => {
  const blocking = await owner.pool.connect()
  try {
    await blocking.query('begin')
    await blocking.query('lock table feature_switch in access exclusive mode')
    const range = { from: new Date(0), to: new Date() }
    const counting = tenant.transaction(scope => countLines(scope, { filters: {}, range, interval: 'day', timeZone: 'UTC', longestMs: 50 }))
    await expect(counting).rejects.toThrow(TooManyLinesError)
  } finally {
    await blocking.query('rollback')
    blocking.release()
  }
})

describe('what to narrow the timeline by', () => {
  test('is read without looking at a line, and at no records', async () => {
    expect(await looked('activity', selectChoices)).toMatchObject({ whole: 0, rows: 0 })
    const choices = await looked('label', selectChoices)
    expect([choices.result.attributes.length, choices.result.lists.length, choices.whole]).toEqual([300, 2, 0])
    expect(choices.rows).toBeLessThan(2_000)
  })

  test.each<[string, string[], number]>([
    ['company 77', ['Company 77 Inc', 'Company 770 Inc', 'Company 7700 Inc'], 200],
    ['zenith', ['Zenith of (Acme) "GmbH" & Co'], 60],
    ['gmbh ZEN', ['Zenith of (Acme) "GmbH" & Co'], 60],
    ['(acme) "gm', ['Zenith of (Acme) "GmbH" & Co'], 60],
    ["acme' & !co | (", ['Zenith of (Acme) "GmbH" & Co'], 60],
    // All of them match: only some are looked at.
    ['c', ['Company 1 Inc', 'Company 10 Inc', 'Company 100 Inc'], 2_100],
    ['%', [], 60],
    ['\\', [], 60],
    ["'", [], 60],
    ['nothing like it', [], 60],
  ])('records are found among 100,000 by typing: %s', async (typed, names, most) => {
    const found = await looked('label', scope => findRecords(scope, typed, 20))
    expect(found.result.slice(0, 3).map(record => record.name)).toEqual(names)
    expect(found.result.every(record => record.connectionId === own.connectionId)).toBe(true)
    expect(found.whole).toBe(0)
    expect(found.rows).toBeLessThanOrEqual(most)
  })

  test('a word that is in every name finds as many records as are asked for, of those that were looked at', async () => {
    const found = await looked('label', scope => findRecords(scope, 'inc', 20))
    expect(found.result).toHaveLength(20)
    expect([found.whole, found.rows <= 2_100]).toEqual([0, true])
  })
})
