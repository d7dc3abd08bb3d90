import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import { v7 as uuid } from 'uuid'
import { type Database, openDatabase } from './connect.ts'
import { type Tenant, tenantOf } from './tenant.ts'
import { changeUser, findOrCreateOrganization, findUser, findUserBySubject, listUsers, noteSignIn, upsertUsers } from './users.ts'

let testDatabase: TestDatabase
/** The owner's view. */
let database: Database
/** As the timeline API signs in. */
let api: Database
let tenant: Tenant
let connectionId: string

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase({ url: testDatabase.url, applicationName: 'users-test' })
  api = openDatabase({ url: testDatabase.apiUrl, applicationName: 'users-test' })
})
afterAll(async () => {
  await Promise.all([database.close(), api.close()])
  await testDatabase.drop()
})
beforeEach(async () => {
  tenant = tenantOf(api, (await findOrCreateOrganization(database.pool, uuid())).id)
  connectionId = uuid()
  await database.pool.query(
    `insert into connection (id, organization_id, workspace_id, workspace_name, workspace_slug, state, scopes) values ($1::uuid, $2, $1::text, '', '', 'connected', '{}')`,
    [connectionId, tenant.organizationId],
  )
})

/** An Attio member of this e-mail. */
async function member(email: string): Promise<void> {
  await database.pool.query(
    `insert into member (connection_id, id, organization_id, first_name, email, email_folded) values ($1, $2, $3, '', $4, $4)`,
    [connectionId, email, tenant.organizationId, email],
  )
}
/** The user each member maps to. */
async function mapped(): Promise<Record<string, string | null>> {
  const { rows } = await database.pool.query<{ id: string; userId: string | null }>(
    'select id, user_id as "userId" from member where connection_id = $1',
    [connectionId],
  )
  return Object.fromEntries(rows.map(row => [row.id, row.userId]))
}
const signIn = (subject: string, email: string, name: string | null = null) =>
  noteSignIn(tenant, { subject: `issuer|${subject}`, email, name })
const bySubject = (subject: string) => tenant.transaction(scope => findUserBySubject(scope, `issuer|${subject}`))
const everybody = () => tenant.transaction(scope => listUsers(scope, { limit: 100 }))

describe('signing in', () => {
  test('for the first time makes a user; registered before, it is that user', async () => {
    const { users } = await upsertUsers(tenant, [{ email: 'ada@example.com', name: 'Ada' }])
    expect((await signIn('ada', ' ADA@example.com')).id).toBe(users[0]?.id)
    await signIn('grace', 'grace@example.com', 'Grace')
    expect((await everybody()).map(({ name, signedIn }) => [name, signedIn])).toEqual([
      ['Ada', true],
      ['Grace', true],
    ])
  })

  test('again writes nothing, and another name is taken', async () => {
    const rowVersion = async () => (await database.pool.query(`select xmin from app_user where email_folded = 'ada@example.com'`)).rows
    await signIn('ada', 'ada@example.com', 'Ada')
    const before = await rowVersion()
    await signIn('ada', 'Ada@example.com', 'Ada')
    await signIn('ada', 'ada@example.com')
    expect(await rowVersion()).toEqual(before)
    expect(await signIn('ada', 'ada@example.com', 'Ada King')).toMatchObject({ name: 'Ada King' })
  })

  test('with a changed e-mail keeps the user, and members follow', async () => {
    await member('old@example.com')
    await member('new@example.com')
    const { id } = await signIn('ada', 'old@example.com', 'Ada')
    expect(await mapped()).toEqual({ 'old@example.com': id, 'new@example.com': null })
    expect(await signIn('ada', 'New@example.com')).toEqual({ id, email: 'New@example.com', name: 'Ada' })
    expect(await mapped()).toEqual({ 'old@example.com': null, 'new@example.com': id })
    expect(await everybody()).toHaveLength(1)
  })

  test('with the e-mail of somebody registered makes them that user; the one of before stays, without the subject', async () => {
    await member('old@example.com')
    const before = await signIn('ada', 'old@example.com')
    const { users } = await upsertUsers(tenant, [{ email: 'new@example.com' }])
    const after = await signIn('ada', 'new@example.com')
    expect([after.id, (await bySubject('ada'))?.id]).toEqual([users[0]?.id, users[0]?.id])
    expect(await everybody()).toMatchObject([
      { id: after.id, signedIn: true },
      { id: before.id, signedIn: false, memberCount: 1 },
    ])
  })

  test('with the e-mail another subject had takes over that user, as an e-mail is one person', async () => {
    const [ada, grace] = [await signIn('ada', 'ada@example.com'), await signIn('grace', 'grace@example.com')]
    expect((await signIn('ada', 'grace@example.com')).id).toBe(grace.id)
    expect([(await bySubject('ada'))?.id, await bySubject('grace')]).toEqual([grace.id, null])
    expect((await signIn('grace', 'ada@example.com')).id).toBe(ada.id)
  })

  test('by two subjects of one e-mail is one user each time, and the last is remembered', async () => {
    const ids = []
    for (const subject of ['password', 'google', 'password', 'google']) ids.push((await signIn(subject, 'ada@example.com')).id)
    expect(new Set(ids).size).toBe(1)
    expect([await bySubject('password'), (await bySubject('google'))?.id]).toEqual([null, ids[0]])
  })

  test('of many at once, crossing each other’s e-mails, ends with one user an e-mail and one subject a user', async () => {
    const people = Array.from({ length: 24 }, (_, n) => [`s${n % 4}`, `e${n % 3}@example.com`] as const)
    await Promise.all(people.map(([subject, email]) => signIn(subject, email)))
    const users = await everybody()
    expect(users.map(({ email }) => email)).toEqual(['e0@example.com', 'e1@example.com', 'e2@example.com'])
  })

  test('in one organisation is nothing in another', async () => {
    const other = tenantOf(api, (await findOrCreateOrganization(database.pool, uuid())).id)
    const { id } = await signIn('ada', 'ada@example.com')
    expect((await noteSignIn(other, { subject: 'issuer|ada', email: 'ada@example.com', name: null })).id).not.toBe(id)
    expect(await other.transaction(scope => findUser(scope, id))).toBeNull()
  })
})

test('changing two people to one e-mail at once succeeds for one of them', async () => {
  const { users } = await upsertUsers(tenant, [{ email: 'one@example.com' }, { email: 'two@example.com' }])
  const outcomes = await Promise.all(users.map(({ id }) => changeUser(tenant, id, { email: 'three@example.com' }, async () => undefined)))
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['changed', 'email_taken'])
})

test('a change whose note fails is not made', async () => {
  const { id } = await signIn('ada', 'ada@example.com')
  const failing = changeUser(tenant, id, { email: 'other@example.com' }, () => Promise.reject(new Error('no trail')))
  await expect(failing).rejects.toThrow('no trail')
  expect(await everybody()).toMatchObject([{ email: 'ada@example.com' }])
})
