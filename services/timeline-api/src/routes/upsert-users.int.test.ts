import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { json, startApi, type TestApi } from '../testing/api.ts'
import { type Fixture, insertConnection, insertLine, insertMember } from '../testing/lines.ts'

type Upserted = { data: { id: string; email: string; name: string | null }[]; mapped_members: number }
type Page = { data: { id: string; actor: { user: { id: string; email: string } } }[] }

let api: TestApi
let northwind: Fixture
let line: string

const post = (users: unknown[], org = 'northwind') =>
  api.call(
    '/v1/users',
    { org, role: 'admin' },
    { method: 'POST', body: JSON.stringify({ users }), headers: { 'content-type': 'application/json' } },
  )
const timeline = async (org = 'northwind') => (await json<Page>(await api.call('/v1/timeline', { org }))).data

beforeAll(async () => {
  api = await startApi()
  northwind = await insertConnection(api.database, 'northwind')
  await insertMember(api.database, northwind, { id: 'grace', user: false })
  line = await insertLine(api.database.pool, northwind, { memberId: 'grace' })
})
afterAll(() => api.close())

describe('registering people', () => {
  test('of another organisation shows nothing of ours', async () => {
    const body = await json<Upserted>(await post([{ email: 'grace@example.com' }], 'globex'))
    expect(body.mapped_members).toBe(0)
    expect(await timeline()).toEqual([])
    expect(await timeline('globex')).toEqual([])
  })

  test('maps members by e-mail, and what they did appears', async () => {
    const body = await json<Upserted>(await post([{ email: ' Grace@Example.com ', name: 'Grace Hopper' }]))
    expect(body).toMatchObject({ data: [{ email: 'Grace@Example.com', name: 'Grace Hopper' }], mapped_members: 1 })
    expect(await timeline()).toMatchObject([{ id: line, actor: { user: { id: body.data[0]?.id } } }])
  })

  test('is the same however often it is sent, and is listed', async () => {
    const [again] = (await json<Upserted>(await post([{ email: 'grace@example.com' }]))).data
    const { data } = await json<Upserted>(await api.call('/v1/users'))
    expect(data.filter(({ email }) => email.toLowerCase() === 'grace@example.com')).toMatchObject([{ id: again?.id, name: 'Grace Hopper' }])
    expect(data.filter(({ email }) => email.includes('globex'))).toEqual([])
  })

  test('takes a thousand at once and refuses one more', async () => {
    const people = Array.from({ length: 1_001 }, (_, n) => ({ email: `person${n}@example.com`, name: 'n'.repeat(200) }))
    expect((await post(people)).status).toBe(400)
    const accepted = await post(people.slice(1))
    expect([accepted.status, (await json<Upserted>(accepted)).data.length]).toEqual([200, 1_000])
  })

  test('refuses text the database cannot hold', async () => {
    const response = await post([{ email: 'ada@example.com', name: 'A\u0000da' }])
    expect(response.status).toBe(400)
  })
})
