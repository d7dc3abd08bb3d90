import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { json, startApi, type TestApi } from '../testing/api.ts'
import { type Fixture, insertConnection, insertLine, insertMember } from '../testing/lines.ts'

type User = { id: string; email: string; name: string | null; signed_in: boolean; member_count: number }
type Problem = { code: string; errors?: { path: string }[] }
type Entry = { action: string; actor: { name: string }; details: Record<string, unknown> }

let api: TestApi
let northwind: Fixture

beforeAll(async () => {
  api = await startApi()
  northwind = await insertConnection(api.database, 'northwind')
})
afterAll(() => api.close())

const content = { 'content-type': 'application/json' }
const patch = (id: string, body: unknown, claims: Record<string, unknown> = {}) =>
  api.call(`/v1/users/${id}`, { role: 'admin', ...claims }, { method: 'PATCH', body: JSON.stringify(body), headers: content })
async function register(email: string, name?: string): Promise<User> {
  const body = JSON.stringify({ users: [{ email, name }] })
  const response = await api.call('/v1/users', { role: 'admin' }, { method: 'POST', body, headers: content })
  const user = (await json<{ data: User[] }>(response)).data[0]
  if (!user) throw new Error('Nobody was registered.')
  return user
}
const trail = async (action: string) =>
  (await json<{ data: Entry[] }>(await api.call(`/v1/audit?action=${action}`, { role: 'admin' }))).data
const shown = async () => (await json<{ data: { id: string }[] }>(await api.call('/v1/timeline'))).data.map(({ id }) => id)

describe('changing a person', () => {
  test('sets what is given and keeps what is not', async () => {
    const { id } = await register('hopper@example.com', 'G. Hopper')
    expect(await json<User>(await patch(id, { name: 'Grace Hopper' }))).toMatchObject({
      id,
      email: 'hopper@example.com',
      name: 'Grace Hopper',
    })
    expect(await json<User>(await patch(id, { email: ' Grace@Example.com ' }))).toMatchObject({
      email: 'Grace@Example.com',
      name: 'Grace Hopper',
    })
    expect(await json<User>(await patch(id, { name: null }))).toEqual({
      ...{ id, email: 'Grace@Example.com', name: null },
      ...{ signed_in: false, member_count: 0 },
    })
  })

  test('with another e-mail shows what the members of it did, hides what those of the old one did, and leaves those mapped by hand', async () => {
    const { id } = await register('before@example.com')
    const lines: Record<string, string> = {}
    for (const name of ['before', 'after', 'hand']) {
      await insertMember(api.database, northwind, { id: name, user: false })
      lines[name] = await insertLine(api.database.pool, northwind, { memberId: name })
    }
    await api.database.pool.query(`update member set mapping = 'manual', user_id = $1 where id = 'hand'`, [id])
    await register('before@example.com')
    expect((await shown()).sort()).toEqual([lines.before, lines.hand].sort())
    expect(await json<User>(await patch(id, { email: 'after@example.com' }))).toMatchObject({ member_count: 2 })
    expect((await shown()).sort()).toEqual([lines.after, lines.hand].sort())
  })

  test('to the e-mail of somebody else, however it is written, is refused with 409 and changes nothing', async () => {
    const [one] = [await register('one@example.com', 'One'), await register('two@example.com')]
    const response = await patch(one.id, { email: ' TWO@example.com', name: 'Changed' })
    expect([response.status, (await json<Problem>(response)).code]).toEqual([409, 'email_taken'])
    expect(await json<User>(await patch(one.id, { email: 'ONE@example.com' }))).toMatchObject({ email: 'ONE@example.com', name: 'One' })
  })

  test('of another organisation, or of nowhere, is 404', async () => {
    const { id } = await register('ours@example.com', 'Ours')
    for (const response of [
      await patch(id, { name: 'Theirs' }, { org: 'globex' }),
      await patch('0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c', { name: 'x' }),
    ]) {
      expect([response.status, (await json<Problem>(response)).code]).toEqual([404, 'not_found'])
    }
    expect(await register('ours@example.com')).toMatchObject({ name: 'Ours' })
  })

  test.each<[unknown, string]>([
    [{}, 'body'],
    [{ email: 'nobody' }, 'body.email'],
    [{ name: '' }, 'body.name'],
    [{ name: 'A\u0000da' }, 'body.name'],
  ])('by %j is refused with 400', async (body, path) => {
    const response = await patch('0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c', body)
    expect([response.status, (await json<Problem>(response)).errors?.map(error => error.path)]).toEqual([400, [path]])
  })

  test('is written down with what it was and is, and not where nothing changed', async () => {
    const { id } = await register('audit@example.com', 'Audit')
    await patch(id, { email: 'audited@example.com', name: 'Audit' })
    await patch(id, { name: 'Audit' })
    const entries = (await trail('user.changed')).filter(({ details }) => details.user_id === id)
    expect(entries).toMatchObject([
      { actor: { name: 'Ada Lovelace' }, details: { email: { from: 'audit@example.com', to: 'audited@example.com' } } },
    ])
    expect(entries[0]?.details).not.toHaveProperty('name')
  })
})

test('registering people is written down with how many were new or renamed, and not where nothing changed', async () => {
  const before = (await trail('users.registered')).length
  await register('new@example.com', 'New')
  await register('new@example.com', 'New')
  await register('NEW@example.com')
  await register('new@example.com', 'Newer')
  const entries = await trail('users.registered')
  expect(entries.slice(0, entries.length - before).map(({ details }) => details)).toEqual([
    { registered: 0, renamed: 1 },
    { registered: 1, renamed: 0 },
  ])
})

describe('the list of people', () => {
  const list = async (query: string, org = 'initech') =>
    await json<{ data: User[]; next_cursor: string | null }>(await api.call(`/v1/users?${query}`, { org, email: undefined }))

  beforeAll(async () => {
    const users = Array.from({ length: 7 }, (_, n) => ({
      email: `person${n}@initech.example`,
      name: n === 3 ? 'Ödön 100%_\\' : `Person ${n}`,
    }))
    await api.call(
      '/v1/users',
      { org: 'initech', role: 'admin', email: undefined },
      { method: 'POST', body: JSON.stringify({ users }), headers: content },
    )
  })

  test('goes on by pages, each person once, by e-mail', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await list(`limit=3${cursor ? `&cursor=${cursor}` : ''}`)
      seen.push(...page.data.map(({ email }) => email))
      cursor = page.next_cursor
    } while (cursor)
    expect(seen).toEqual(Array.from({ length: 7 }, (_, n) => `person${n}@initech.example`))
  })

  test('finds by e-mail and name, ignoring case, and takes every character as it is', async () => {
    const found = async (q: string) => (await list(`q=${encodeURIComponent(q)}`)).data.length
    expect(await Promise.all(['PERSON5@', 'person 5', 'ÖDÖN', '0%_\\', '%', 'nobody'].map(found))).toEqual([1, 1, 1, 1, 1, 0])
  })

  test('refuses a cursor it did not give', async () => {
    const response = await api.call('/v1/users?cursor=nonsense')
    expect([response.status, (await json<Problem>(response)).errors?.[0]?.path]).toEqual([400, 'query.cursor'])
  })
})
