import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { json, startApi, type TestApi, until } from '../testing/api.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

test('an organisation that keeps the database busy is told so, and keeps it from nobody else', async () => {
  const as = (org: string) => ({ org, sub: `admin-${org}`, email: `admin@${org}.example`, role: 'admin' })
  const { organization } = await json<{ organization: { id: string } }>(await api.call('/v1/me', as('busy')))
  await api.call('/v1/me', as('quiet'))
  // Whoever registers people waits for this lock; a slow search would keep its connection just so.
  const holder = await api.database.pool.connect()
  const key = `member-mapping:${organization.id}`
  await holder.query('select pg_advisory_lock(hashtextextended($1, 0))', [key])
  try {
    const register = (n: number) =>
      api.call('/v1/users', as('busy'), {
        method: 'POST',
        body: JSON.stringify({ users: [{ email: `person-${n}@busy.example` }] }),
        headers: { 'content-type': 'application/json' },
      })
    const waiting = Array.from({ length: 20 }, (_, n) => register(n))
    await until(async () => {
      const { rows } = await api.database.pool.query<{ waiting: number }>(
        `select count(*)::int as waiting from pg_locks where locktype = 'advisory' and not granted`,
      )
      return (rows[0]?.waiting ?? 0) >= 5
    })
    expect((await api.call('/v1/timeline', as('quiet'))).status).toBe(200)
    const refused = await api.call('/v1/timeline', as('busy'))
    expect([refused.status, (await json<{ code: string }>(refused)).code, refused.headers.get('retry-after')]).toEqual([
      429,
      'organization_busy',
      '5',
    ])
    await holder.query('select pg_advisory_unlock(hashtextextended($1, 0))', [key])
    const answers = (await Promise.all(waiting)).map(({ status }) => status)
    expect(answers.filter(status => status === 200)).toHaveLength(5)
    expect(answers.filter(status => status === 429)).toHaveLength(15)
  } finally {
    holder.release(true)
  }
  expect((await api.call('/v1/timeline', as('busy'))).status).toBe(200)
}, 30_000)

test('a person has fifty streams at once and no more; one that is left makes room', async () => {
  // Kept, since a response nobody holds is closed when memory is swept.
  const streams: Response[] = []
  const open = async (sub: string) => {
    const response = await api.call('/v1/timeline/stream', { org: 'northwind', sub })
    if (response.status === 200) streams.push(response)
    return response.status === 200 ? 'open' : (await json<{ code: string }>(response)).code
  }
  try {
    for (let n = 0; n < 50; n += 1) expect(await open('eager')).toBe('open')
    expect(await open('eager')).toBe('too_many_streams')
    expect(await open('colleague')).toBe('open')
    await streams[0]?.body?.cancel()
    await until(async () => (await open('eager')) === 'open')
  } finally {
    await Promise.all(streams.map(stream => stream.body?.cancel()))
  }
}, 30_000)
