import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import { v7 as uuid } from 'uuid'
import { type Database, openDatabase } from './connect.ts'
import { readAreas } from './features.ts'
import { countHidden, countHiddenByMember } from './hidden.ts'
import { selectLists } from './lists.ts'
import { countMembers, selectMembers } from './member-mapping.ts'
import { type Scope, tenantOf } from './tenant.ts'

/*
 * What the integration page counts, and what that costs, as the API's own login: 30,000 lines and 30,000 records each of two organisations. Of ten members
 * five are mapped, two unmapped by e-mail, two by hand, one is excluded; of ten lists five are private and one of these is allowed.
 */

const organizations = [uuid(), uuid()] as const
let testDatabase: TestDatabase
let owner: Database
let api: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  owner = openDatabase({ url: testDatabase.url, applicationName: 'hidden' })
  api = openDatabase({ url: testDatabase.apiUrl, applicationName: 'hidden' })
  for (const organizationId of organizations) {
    const [connectionId, userId] = [uuid(), uuid()]
    const insert = (text: string, ...values: unknown[]) => owner.pool.query(text, values)
    await insert('insert into organization (id, external_id, name) values ($1::uuid, $1::text, $1::text)', organizationId)
    await insert(
      `insert into connection (id, organization_id, workspace_id, workspace_name, workspace_slug, state, scopes)
       values ($1::uuid, $2, $1::text, 'CRM', 'crm', 'connected', '{}')`,
      connectionId,
      organizationId,
    )
    await insert(
      `insert into app_user (id, organization_id, email, email_folded) values ($1, $2, 'ada@x', 'ada@x')`,
      userId,
      organizationId,
    )
    await insert(
      `insert into member (connection_id, id, organization_id, user_id, mapping)
       select $1, 'm' || n, $2, case when n < 5 then $3::uuid end, case when n in (7, 8) then 'none' when n = 9 then 'excluded' else 'auto' end
       from generate_series(0, 9) n`,
      ...[connectionId, organizationId, userId],
    )
    await insert(
      `insert into label (connection_id, type, id, parent_id, state, name, details)
       select $1::uuid, 'record', 'r' || n, 'o', 'known', 'Record', '{}' from generate_series(1, 30000) n
       union all select $1, 'list', 'l' || n, '', 'known', 'List ' || n, jsonb_build_object('access', case when n < 5 then 'full-access' end)
       from generate_series(0, 9) n`,
      connectionId,
    )
    await insert(
      `insert into list_permission (connection_id, list_id, organization_id, shown) values ($1, 'l9', $2, true)`,
      connectionId,
      organizationId,
    )
    // Line n is member n % 10's; every third is about list n / 3 % 10; areas go round; there is one an hour.
    await insert(
      `insert into activity (id, organization_id, connection_id, lane, kind, category, feature, member_id, subject_type, subject_id, list_id, record_ids, title,
         breadcrumb, summary, changes, related, participants, participant_ids, subject, attribute_ids, name_state, occurred_at, last_event_at, field_count, event_count)
       select gen_random_uuid(), $1, $2, 'lane' || n, 'record.updated', 'default', (array['crm', 'deals', 'tasks', 'notes', 'calls'])[n / 10 % 5 + 1], 'm' || n % 10,
         'record', 'r' || n, case when n % 3 = 0 then 'l' || n / 3 % 10 end, '{}', 'Updated', '{}', '', '[]', '[]', '[]', '{}', '{}', '{}', 'known',
         now() - make_interval(hours => n, mins => 30), now(), 1, 1 from generate_series(0, 29999) n`,
      organizationId,
      connectionId,
    )
  }
  await owner.pool.query(`insert into feature_switch (organization_id, area, enabled) values ($1, 'tasks', false)`, [organizations[0]])
  await owner.pool.query('vacuum analyze')
}, 120_000)
afterAll(async () => {
  await Promise.all([owner.close(), api.close()])
  await testDatabase.drop()
})

/** Whether a line with this number is about a list that is hidden. */
const isHiddenList = (n: number) => n % 3 === 0 && [5, 6, 7, 8].includes(Math.floor(n / 3) % 10)
const isTasks = (n: number) => Math.floor(n / 10) % 5 === 2
const lines = (holds: (n: number) => boolean, upTo = 30_000) => Array.from({ length: upTo }, (_, n) => n).filter(holds).length

/** Runs `work` as an organisation and tells how often it read a table from end to end, and how many rows of it it fetched. */
async function looked<T>(table: 'activity' | 'label', work: (scope: Scope) => Promise<T>, organizationId: string = organizations[0]) {
  return await tenantOf(api, organizationId).transaction(async scope => {
    const count = async () => {
      const { rows } = await scope.query<{ whole: number; rows: number }>(
        `select seq_scan::int as whole, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_xact_user_tables where relname = $1`,
        [table],
      )
      return rows[0] ?? { whole: 0, rows: 0 }
    }
    const before = await count()
    const result = await work(scope)
    const after = await count()
    return { result, whole: after.whole - before.whole, rows: after.rows - before.rows }
  })
}

describe('hidden activities', () => {
  test('are those of unmapped members, in areas that are on and lists that may be shown', async () => {
    const expected = (n: number) => [5, 6, 7, 8].includes(n % 10) && !isHiddenList(n)
    const [first, second] = organizations
    const one = await tenantOf(api, first).transaction(countHidden)
    expect(one).toEqual({ members: 4, activities: lines(n => expected(n) && !isTasks(n)) })
    const two = await tenantOf(api, second).transaction(countHidden)
    expect(two).toEqual({ members: 4, activities: lines(expected) })
  })

  test('are counted member by member, looking at nobody else’s lines and at no names of records', async () => {
    const counted = await looked('activity', scope => countHiddenByMember(scope, undefined))
    expect(counted.result.map(member => member.memberId).sort()).toEqual(['m5', 'm6', 'm7', 'm8'])
    expect([counted.whole, counted.rows <= lines(n => [5, 6, 7, 8].includes(n % 10))]).toEqual([0, true])
    const labels = await looked('label', countHidden)
    expect([labels.whole, labels.rows <= 20]).toEqual([0, true])
  })
})

test('members are counted by state, each once', async () => {
  const { result } = await looked('activity', scope => countMembers(scope, undefined))
  expect(result).toEqual({ mapped: 5, unmapped: 4, excluded: 1 })
  const { result: unmapped } = await looked('activity', scope => selectMembers(scope, { states: ['unmapped'], limit: 100 }))
  expect(unmapped.map(member => member.mapping)).toEqual(['auto', 'auto', 'none', 'none'])
})

test('areas count the lines of mapped members in seven days, on or off, and read no others', async () => {
  const read = await looked('activity', readAreas)
  const areas = Object.fromEntries(read.result.map(area => [area.area, area]))
  expect(areas.tasks).toEqual({
    area: 'tasks',
    enabled: false,
    recentActivities: lines(n => isTasks(n) && n % 10 < 5 && !isHiddenList(n), 168),
  })
  expect(read.result.reduce((sum, area) => sum + area.recentActivities, 0)).toBe(lines(n => n % 10 < 5 && !isHiddenList(n), 168))
  expect([read.whole, read.rows <= 200]).toEqual([0, true])
})

test('lists are read without looking at the names of records', async () => {
  const read = await looked('label', scope => selectLists(scope, undefined))
  expect(read.result.map(list => list.shown)).toEqual([true, true, true, true, true, false, false, false, false, true])
  expect([read.whole, read.rows <= 20]).toEqual([0, true])
})
