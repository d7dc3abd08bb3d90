import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { countHidden, mappingTransaction, upsertUsers, writeMembers } from '@worksights/database'
import { v7 as uuid } from 'uuid'
import { json, startApi, type TestApi } from '../testing/api.ts'
import { type Fixture, insertConnection, insertLine, insertMember } from '../testing/lines.ts'
import { openSight, type Sight } from '../testing/shows.ts'

type Member = {
  id: string
  name: string | null
  state: string
  mapping: string
  user: { id: string; email: string } | null
  hidden_activities: number
  connection: { id: string }
}
type Page = { data: Member[]; counts: Record<string, number>; next_cursor: string | null }

const members = '/v1/integrations/attio/members'
const recently = new Date(Date.now() - 60_000).toISOString()
let api: TestApi
let org: string
let place: Fixture
let sight: Sight

beforeAll(async () => {
  api = await startApi()
})
beforeEach(async () => {
  sight?.close()
  org = `org-${uuid()}`
  place = await insertConnection(api.database, org)
  sight = await openSight(api, place, org)
})
afterAll(async () => {
  sight.close()
  await api.close()
})

const list = async (query = '') => json<Page>(await api.call(members + query, { org }))
const patch = (id: string, body: object, connection = place.connectionId, claims: object = {}) =>
  api.call(
    `${members}/${id}?connection=${connection}`,
    { org, role: 'admin', ...claims },
    { method: 'PATCH', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
  )
const map = async (id: string, body: object) => {
  const response = await patch(id, body)
  expect(response.status).toBe(200)
  return await json<Member>(response)
}
const line = (memberId: string, more: { participantIds?: string[]; feature?: string } = {}) =>
  insertLine(api.database.pool, place, { memberId, occurredAt: recently, ...more })
const tenant = () => api.tenantOf(place.organizationId)
const hidden = () => tenant().transaction(countHidden)
/** A sync, as Attio has this member now. */
const sync = (id: string, email: string, connection: Fixture = place) =>
  mappingTransaction(api.database, connection.organizationId, client =>
    writeMembers(client, { id: connection.connectionId, organizationId: connection.organizationId }, [
      { id, firstName: id, lastName: null, email, avatarUrl: null, accessLevel: 'member' },
    ]),
  )
const audit = async () =>
  (await json<{ data: { action: string; details: object }[] }>(await api.call('/v1/audit', { org, role: 'admin' }))).data

describe('what an unmapped member does', () => {
  test('is hidden and counted, and shows at once when an admin maps the member', async () => {
    await insertMember(api.database, place, { id: 'grace', user: false })
    const { userId } = await insertMember(api.database, place, { id: 'ada' })
    const id = await line('grace')
    expect(await sight.shows(id)).toBe(false)
    expect(await hidden()).toEqual({ members: 1, activities: 1 })
    await sight.reset(() => map('grace', { mapping: 'manual', user_id: userId }))
    expect(await sight.shows(id)).toBe(true)
    expect(await hidden()).toEqual({ members: 0, activities: 0 })
  })

  test('shows when a user with the e-mail is registered, and when a sync brings the e-mail of a user', async () => {
    await insertMember(api.database, place, { id: 'grace', user: false })
    const id = await line('grace')
    await sight.reset(() => upsertUsers(tenant(), [{ email: ' Grace@Example.com' }]))
    expect(await sight.shows(id)).toBe(true)
    await sight.reset(() => sync('grace', 'somebody@else.example'))
    expect(await sight.shows(id)).toBe(false)
    await sight.reset(() => sync('grace', 'GRACE@example.com '))
    expect(await sight.shows(id)).toBe(true)
  })

  test('is not rewritten by any of this', async () => {
    await insertMember(api.database, place, { id: 'grace', user: false })
    const { userId } = await insertMember(api.database, place, { id: 'ada' })
    const id = await line('grace')
    const version = async () => (await api.database.pool.query('select xmin, ctid from activity where id = $1', [id])).rows
    const before = await version()
    for (const body of [{ mapping: 'manual', user_id: userId }, { mapping: 'excluded' }, { mapping: 'auto' }]) await map('grace', body)
    expect(await version()).toEqual(before)
  })

  test('does not count where it would not show anyway', async () => {
    await insertMember(api.database, place, { id: 'grace', user: false })
    await line('grace', { feature: 'tasks' })
    await line('grace', { feature: 'deals' })
    await api.database.pool.query(`insert into feature_switch (organization_id, area, enabled) values ($1, 'tasks', false)`, [
      place.organizationId,
    ])
    expect(await hidden()).toEqual({ members: 1, activities: 1 })
    expect((await list()).data).toMatchObject([{ id: 'grace', state: 'unmapped', hidden_activities: 1 }])
  })
})

describe('an admin’s word', () => {
  test('unmaps a member for good: no sync and no new user maps it again', async () => {
    await insertMember(api.database, place, { id: 'ada' })
    const id = await line('ada')
    expect(await sight.shows(id)).toBe(true)
    await sight.reset(() => map('ada', { mapping: 'none' }))
    await sync('ada', 'ada@example.com')
    await upsertUsers(tenant(), [{ email: 'ada@example.com' }])
    expect(await sight.shows(id)).toBe(false)
    expect((await list()).data).toMatchObject([{ state: 'unmapped', mapping: 'none', user: null, hidden_activities: 1 }])
    await sight.reset(() => map('ada', { mapping: 'auto' }))
    expect(await sight.shows(id)).toBe(true)
  })

  test('outweighs the e-mail, and shows the lines as the user it names', async () => {
    const { userId } = await insertMember(api.database, place, { id: 'ada' })
    await insertMember(api.database, place, { id: 'grace' })
    const id = await line('grace')
    await map('grace', { mapping: 'manual', user_id: userId })
    await sync('grace', 'grace@example.com')
    const { data } = await json<{ data: { id: string }[] }>(await api.call(`/v1/timeline?user=${userId}`, { org }))
    expect(data.map(row => row.id)).toEqual([id])
  })

  test('excludes a member: neither shown nor counted, named in no other’s call, and found by no filter', async () => {
    const { userId } = await insertMember(api.database, place, { id: 'ada' })
    const other = await insertMember(api.database, place, { id: 'grace' })
    const [own, call] = [await line('grace'), await line('ada', { participantIds: ['ada', 'grace', 'nobody-known'] })]
    await sight.reset(() => map('grace', { mapping: 'excluded' }))
    expect(await sight.shows(own)).toBe(false)
    expect(await hidden()).toEqual({ members: 0, activities: 0 })
    expect((await list()).counts).toEqual({ mapped: 1, unmapped: 0, excluded: 1, hidden_activities: 0 })
    const page = await json<{ data: { id: string; participants: object[] }[] }>(await api.call(`/v1/timeline?user=${userId}`, { org }))
    // Who acted is not said to have been there beside themselves.
    expect(page.data).toMatchObject([{ id: call, participants: [{ member_id: 'nobody-known' }] }])
    for (const filter of [`user=${other.userId}`, 'member=grace']) {
      expect((await json<Page>(await api.call(`/v1/timeline?${filter}`, { org }))).data).toEqual([])
    }
    await map('grace', { mapping: 'auto' })
    const again = await json<{ data: { id: string }[] }>(await api.call('/v1/timeline?member=grace', { org }))
    expect(again.data.map(row => row.id).sort()).toEqual([own, call].sort())
  })

  test('that lacks something is told what', async () => {
    const ask = (query: string, init: RequestInit) =>
      api.call(`/v1/integrations/attio/members/ada${query}`, { org, role: 'admin' }, { method: 'PATCH', ...init })
    const sent = { body: JSON.stringify({ mapping: 'manual' }), headers: { 'content-type': 'application/json' } }
    const errors = async (response: Response) => (await json<{ errors: object[] }>(response)).errors
    expect(await errors(await ask('', sent))).toEqual([
      { path: 'query.connection', message: 'is required' },
      { path: 'body.user_id', message: 'is required' },
    ])
    expect(await errors(await ask(`?connection=${place.connectionId}`, { body: 'mapping=none' }))).toEqual([
      { path: 'body', message: 'is required, with Content-Type: application/json' },
    ])
  })

  test('is written down once, with what was before', async () => {
    const { userId } = await insertMember(api.database, place, { id: 'ada' })
    await map('ada', { mapping: 'none' })
    await map('ada', { mapping: 'none' })
    await map('ada', { mapping: 'manual', user_id: userId })
    await map('ada', { mapping: 'excluded' })
    await map('ada', { mapping: 'auto' })
    const entries = await audit()
    expect(entries.map(entry => entry.action)).toEqual(['member.followed', 'member.excluded', 'member.mapped', 'member.unmapped'])
    expect(entries[2]).toMatchObject({
      connection_id: place.connectionId,
      details: { member: { id: 'ada' }, was: { mapping: 'none', user: null }, user: { id: userId, email: 'ada@example.com' } },
    })
  })
})

describe('members of two workspaces', () => {
  test('with one e-mail are one user’s, and each is mapped by itself', async () => {
    const second = await insertConnection(api.database, org, 'Second CRM')
    const { userId } = await insertMember(api.database, place, { id: 'ada' })
    await sync('ada', 'ada@example.com', second)
    const [one, two] = [await line('ada'), await insertLine(api.database.pool, second, { memberId: 'ada', occurredAt: recently })]
    const ofUser = async () =>
      (await json<{ data: { id: string }[] }>(await api.call(`/v1/timeline?user=${userId}`, { org }))).data.map(row => row.id).sort()
    expect(await ofUser()).toEqual([one, two].sort())
    await patch('ada', { mapping: 'none' }, second.connectionId)
    expect(await ofUser()).toEqual([one])
    expect((await list(`?connection=${second.connectionId}`)).counts).toEqual({ mapped: 0, unmapped: 1, excluded: 0, hidden_activities: 1 })
    expect((await list(`?connection=${place.connectionId}`)).counts).toEqual({ mapped: 1, unmapped: 0, excluded: 0, hidden_activities: 0 })
  })
})

describe('the list of members', () => {
  test('is by name whatever the case, in pages that neither repeat nor skip one, with the counts of all', async () => {
    for (const name of ['eve', 'Bob', 'alice', 'Dan', 'carol']) {
      await insertMember(api.database, place, { id: name.toLowerCase(), name, user: name !== 'Dan' })
    }
    const names: (string | null)[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Page = await list(`?limit=2${cursor ? `&cursor=${cursor}` : ''}`)
      expect(page.counts).toEqual({ mapped: 4, unmapped: 1, excluded: 0, hidden_activities: 0 })
      names.push(...page.data.map(member => member.name))
      cursor = page.next_cursor
    }
    expect(names).toEqual(['alice', 'Bob', 'carol', 'Dan', 'eve'])
    expect((await list('?state=unmapped')).data.map(member => member.name)).toEqual(['Dan'])
  })

  test('refuses a cursor of another list', async () => {
    const response = await api.call(`${members}?cursor=bm90aGluZw`, { org })
    expect(await json<object>(response)).toMatchObject({ status: 400, errors: [{ path: 'query.cursor' }] })
  })
})

test('what belongs to another organisation is not there: connection, member and user', async () => {
  const elsewhere = await insertConnection(api.database, `other-${org}`)
  const foreign = await insertMember(api.database, elsewhere, { id: 'hedy' })
  await insertMember(api.database, place, { id: 'ada' })
  const answers = await Promise.all([
    api.call(`${members}?connection=${elsewhere.connectionId}`, { org }),
    patch('hedy', { mapping: 'none' }, elsewhere.connectionId),
    patch('hedy', { mapping: 'none' }),
    patch('ada', { mapping: 'manual', user_id: foreign.userId }),
  ])
  expect(answers.map(answer => answer.status)).toEqual([404, 404, 404, 404])
  expect(await audit()).toEqual([])
  expect((await list()).data.map(member => member.id)).toEqual(['ada'])
})
