import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import { v7 as uuid } from 'uuid'
import { type Database, openDatabase } from './connect.ts'
import { mappingTransaction } from './mapping.ts'
import { type SyncedMember, writeMembers } from './members.ts'
import { type Tenant, tenantOf } from './tenant.ts'
import { findOrCreateOrganization, listUsers, noteSignIn, upsertUsers } from './users.ts'

let testDatabase: TestDatabase
/** The owner's view. */
let database: Database
/** As the timeline API signs in. */
let api: Database
let tenant: Tenant
let organizationId: string
let connection: { id: string; organizationId: string }

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase({ url: testDatabase.url, applicationName: 'mapping-test' })
  api = openDatabase({ url: testDatabase.apiUrl, applicationName: 'mapping-test' })
})
afterAll(async () => {
  await Promise.all([database.close(), api.close()])
  await testDatabase.drop()
})
beforeEach(async () => {
  organizationId = (await findOrCreateOrganization(database.pool, uuid())).id
  tenant = tenantOf(api, organizationId)
  connection = { id: uuid(), organizationId }
  await database.pool.query(
    `insert into connection (id, organization_id, workspace_id, workspace_name, workspace_slug, state, scopes) values ($1::uuid, $2, $1::text, '', '', 'connected', '{}')`,
    [connection.id, organizationId],
  )
})

const member = (id: string, email: string | null): SyncedMember => ({
  id,
  email,
  firstName: null,
  lastName: null,
  avatarUrl: null,
  accessLevel: 'member',
})
const sync = (...members: SyncedMember[]) => mappingTransaction(tenant, organizationId, client => writeMembers(client, connection, members))

const everybody = () => tenant.transaction(scope => listUsers(scope, { limit: 100 }))

/** Which user's e-mail each member maps to. */
async function mapped(): Promise<Record<string, string | null>> {
  const { rows } = await database.pool.query<{ id: string; email: string | null }>(
    'select m.id, u.email from member m left join app_user u on u.id = m.user_id where m.connection_id = $1',
    [connection.id],
  )
  return Object.fromEntries(rows.map(row => [row.id, row.email]))
}

async function resets(): Promise<number> {
  const { rowCount } = await database.pool.query(`select from activity_change where organization_id = $1 and type = 'reset'`, [
    organizationId,
  ])
  return rowCount ?? 0
}

describe('members map to users by e-mail', () => {
  test('whichever comes first, ignoring case and surrounding space', async () => {
    await upsertUsers(tenant, [{ email: 'Ada@Example.com' }])
    await sync(member('ada', ' ada@example.COM '), member('grace', 'grace@example.com'))
    expect(await mapped()).toEqual({ ada: 'Ada@Example.com', grace: null })
    await noteSignIn(tenant, { email: 'GRACE@example.com', name: 'Grace', subject: 'issuer|grace' })
    expect(await mapped()).toEqual({ ada: 'Ada@Example.com', grace: 'GRACE@example.com' })
  })

  test('also where user and member arrive at once and neither sees the other', async () => {
    const names = Array.from({ length: 8 }, (_, n) => `person${n}`)
    await Promise.all(
      names.flatMap(name => [upsertUsers(tenant, [{ email: `${name}@example.com` }]), sync(member(name, `${name}@example.com`))]),
    )
    expect(await mapped()).toEqual(Object.fromEntries(names.map(name => [name, `${name}@example.com`])))
  })

  test('and follow a changed e-mail, to another user or to none', async () => {
    await upsertUsers(tenant, [{ email: 'one@example.com' }, { email: 'two@example.com' }])
    await sync(member('m', 'one@example.com'))
    await sync(member('m', 'two@example.com'))
    expect(await mapped()).toEqual({ m: 'two@example.com' })
    await sync(member('m', 'three@example.com'))
    expect(await mapped()).toEqual({ m: null })
  })

  test.each(['manual', 'none', 'excluded'])('save those an admin set to %s, through every sync', async mapping => {
    await upsertUsers(tenant, [{ email: 'one@example.com' }])
    await sync(member('m', 'other@example.com'))
    await database.pool.query('update member set mapping = $2 where connection_id = $1', [connection.id, mapping])
    await sync(member('m', 'one@example.com'))
    expect(await mapped()).toEqual({ m: null })
  })

  test('of their own organisation only', async () => {
    const other = await findOrCreateOrganization(database.pool, uuid())
    await upsertUsers(tenantOf(api, other.id), [{ email: 'ada@example.com' }])
    await sync(member('ada', 'ada@example.com'))
    expect(await mapped()).toEqual({ ada: null })
  })

  test('and open streams are told exactly when that changed something', async () => {
    await sync(member('ada', 'ada@example.com'))
    expect(await resets()).toBe(0)
    await upsertUsers(tenant, [{ email: 'ada@example.com' }])
    expect(await resets()).toBe(1)
    await upsertUsers(tenant, [{ email: 'ada@example.com', name: 'Ada' }])
    await sync(member('ada', 'ada@example.com'))
    expect(await resets()).toBe(1)
  })
})

describe('users', () => {
  test('given twice count once, the last name wins, and a missing name keeps the one known', async () => {
    const { users } = await upsertUsers(tenant, [
      { email: 'ada@example.com', name: 'Wrong' },
      { email: ' ADA@example.com', name: 'Ada' },
    ])
    expect(users).toHaveLength(1)
    await upsertUsers(tenant, [{ email: 'ada@example.com' }])
    expect(await everybody()).toMatchObject([{ id: users[0]?.id, name: 'Ada', signedIn: false }])
    await noteSignIn(tenant, { email: 'ada@example.com', name: null, subject: 'issuer|ada' })
    expect(await everybody()).toMatchObject([{ id: users[0]?.id, name: 'Ada', signedIn: true }])
  })

  test('upserted many at once, in any order, never block each other', async () => {
    const people = Array.from({ length: 50 }, (_, n) => ({ email: `p${n}@example.com` }))
    await Promise.all([upsertUsers(tenant, people), upsertUsers(tenant, people.toReversed())])
    expect(await everybody()).toHaveLength(50)
  })
})
