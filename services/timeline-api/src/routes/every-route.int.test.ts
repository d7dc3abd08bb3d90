import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { json, startApi, type TestApi } from '../testing/api.ts'
import { insertOneOfEach, type OneOfEach } from '../testing/one-of-each.ts'
import { routes } from './index.ts'

type Problem = { code: string; status: number; request_id: string; type: string; errors?: { path: string }[] }
type Expectation = {
  role: 'public' | 'member' | 'admin'
  malformed: { path?: string; body?: unknown; errors: string[] } | null
  /** A request that is right in everything but that it names things of another organisation; null where a request can name nothing. */
  foreign: ((theirs: OneOfEach) => { path: string; body?: unknown }) | null
}

const attio = '/v1/integrations/attio'

const uuid = '0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10'

/** Who may call each route, and a request it must refuse with the paths it must name. A route that is not listed here fails the test. */
const expected: Record<string, Expectation> = {
  'get /v1/me': { foreign: null, role: 'member', malformed: { path: '/v1/me?x=1', errors: ['query.x'] } },
  'get /v1/timeline': {
    foreign: null,
    role: 'member',
    malformed: { path: '/v1/timeline?limit=201&kind=nonsense&page=2', errors: ['query.kind.0', 'query.limit', 'query.page'] },
  },
  'get /v1/timeline/stream': {
    foreign: null,
    role: 'member',
    malformed: { path: '/v1/timeline/stream?category=x&limit=5', errors: ['query.category.0', 'query.limit'] },
  },
  'get /v1/timeline/export': {
    foreign: null,
    role: 'member',
    malformed: { path: '/v1/timeline/export?format=xlsx&limit=5', errors: ['query.format', 'query.limit'] },
  },
  'post /v1/timeline/export-tickets': {
    foreign: null,
    role: 'member',
    malformed: { body: { category: ['nonsense'], x: 1 }, errors: ['body.category.0', 'body.format', 'body.x'] },
  },
  // A browser stands at the download with a ticket instead of a token: its own tests cover it.
  'get /v1/timeline/export/{ticket}': { foreign: null, role: 'public', malformed: null },
  'get /v1/timeline/summary': {
    foreign: null,
    role: 'member',
    malformed: { path: '/v1/timeline/summary?interval=week&limit=5', errors: ['query.interval', 'query.limit'] },
  },
  'get /v1/timeline/filters': { foreign: null, role: 'member', malformed: { path: '/v1/timeline/filters?x=1', errors: ['query.x'] } },
  'get /v1/timeline/filters/records': {
    foreign: null,
    role: 'member',
    malformed: { path: '/v1/timeline/filters/records?x=1', errors: ['query.q', 'query.x'] },
  },
  'get /v1/timeline/{id}': {
    foreign: ({ line }) => ({ path: `/v1/timeline/${line}` }),
    role: 'member',
    malformed: { path: '/v1/timeline/not-an-id?x=1', errors: ['params.id', 'query.x'] },
  },
  'get /v1/users': { foreign: null, role: 'member', malformed: { path: '/v1/users?x=1&limit=0', errors: ['query.limit', 'query.x'] } },
  'post /v1/users': {
    foreign: null,
    role: 'admin',
    malformed: { body: { users: [{ email: 'ada@example.com' }, { email: 'nobody' }], x: 1 }, errors: ['body.users.1.email', 'body.x'] },
  },
  'patch /v1/users/{id}': {
    foreign: ({ user }) => ({ path: `/v1/users/${user}`, body: { name: 'Renamed' } }),
    role: 'admin',
    malformed: { path: '/v1/users/not-an-id', body: { email: 'nobody', x: 1 }, errors: ['body.email', 'body.x', 'params.id'] },
  },
  'post /v1/integrations/attio/authorize': {
    foreign: null,
    role: 'admin',
    malformed: { path: '/v1/integrations/attio/authorize?x=1', errors: ['query.x'] },
  },
  // A browser stands at the callback: it answers everything with a redirect, which its own tests cover.
  'get /v1/integrations/attio/callback': { foreign: null, role: 'public', malformed: null },
  'get /v1/integrations/attio/connections': {
    foreign: null,
    role: 'member',
    malformed: { path: '/v1/integrations/attio/connections?x=1', errors: ['query.x'] },
  },
  'get /v1/integrations/attio/members': {
    foreign: ({ connection }) => ({ path: `${attio}/members?connection=${connection}` }),
    role: 'member',
    malformed: {
      path: '/v1/integrations/attio/members?connection=x&state=lost&limit=0',
      errors: ['query.connection', 'query.limit', 'query.state.0'],
    },
  },
  'patch /v1/integrations/attio/members/{id}': {
    foreign: ({ connection, member }) => ({ path: `${attio}/members/${member}?connection=${connection}`, body: { mapping: 'none' } }),
    role: 'admin',
    malformed: { body: { mapping: 'manual', user_id: 'ada' }, errors: ['body.user_id', 'query.connection'] },
  },
  'get /v1/integrations/attio/features': {
    foreign: null,
    role: 'member',
    malformed: { path: '/v1/integrations/attio/features?x=1', errors: ['query.x'] },
  },
  'patch /v1/integrations/attio/features/{area}': {
    foreign: null,
    role: 'admin',
    malformed: { body: { enabled: 'no' }, errors: ['body.enabled', 'params.area'] },
  },
  'get /v1/integrations/attio/lists': {
    foreign: ({ connection }) => ({ path: `${attio}/lists?connection=${connection}` }),
    role: 'member',
    malformed: { path: '/v1/integrations/attio/lists?connection=x', errors: ['query.connection'] },
  },
  'patch /v1/integrations/attio/lists': {
    foreign: ({ connection }) => ({ path: `${attio}/lists?connection=${connection}`, body: { shown: true } }),
    role: 'admin',
    malformed: { body: { shown: 1 }, errors: ['body.shown', 'query.connection'] },
  },
  'patch /v1/integrations/attio/lists/{id}': {
    foreign: ({ connection, list }) => ({ path: `${attio}/lists/${list}?connection=${connection}`, body: { shown: true } }),
    role: 'admin',
    malformed: { body: {}, errors: ['body.shown', 'query.connection'] },
  },
  'get /v1/timeline/gaps': {
    foreign: null,
    role: 'member',
    malformed: { path: '/v1/timeline/gaps?from=yesterday&limit=1', errors: ['query.from', 'query.limit'] },
  },
  'get /v1/integrations/attio': { foreign: null, role: 'member', malformed: { path: '/v1/integrations/attio?x=1', errors: ['query.x'] } },
  'get /v1/integrations/attio/connections/{id}': {
    foreign: ({ connection }) => ({ path: `${attio}/connections/${connection}` }),
    role: 'member',
    malformed: { path: '/v1/integrations/attio/connections/nonsense?x=1', errors: ['params.id', 'query.x'] },
  },
  'post /v1/integrations/attio/connections/{id}/refresh': {
    foreign: ({ connection }) => ({ path: `${attio}/connections/${connection}/refresh` }),
    role: 'admin',
    malformed: { path: '/v1/integrations/attio/connections/nonsense/refresh?x=1', errors: ['params.id', 'query.x'] },
  },
  'delete /v1/integrations/attio/connections/{id}': {
    foreign: ({ connection }) => ({ path: `${attio}/connections/${connection}?erase=true` }),
    role: 'admin',
    malformed: { path: '/v1/integrations/attio/connections/nonsense?erase=yes', errors: ['params.id', 'query.erase'] },
  },
  'get /v1/integrations/attio/connections/{id}/deliveries': {
    foreign: ({ connection }) => ({ path: `${attio}/connections/${connection}/deliveries` }),
    role: 'admin',
    malformed: {
      path: `/v1/integrations/attio/connections/${uuid}/deliveries?state=lost&to=tomorrow&page=2`,
      errors: ['query.page', 'query.state.0', 'query.to'],
    },
  },
  'get /v1/integrations/attio/connections/{id}/deliveries/{deliveryId}': {
    foreign: ({ connection, delivery }) => ({ path: `${attio}/connections/${connection}/deliveries/${delivery}` }),
    role: 'admin',
    malformed: { path: `/v1/integrations/attio/connections/${uuid}/deliveries/nonsense?x=1`, errors: ['params.deliveryId', 'query.x'] },
  },
  'post /v1/integrations/attio/connections/{id}/deliveries/{deliveryId}/replay': {
    foreign: ({ connection, delivery }) => ({ path: `${attio}/connections/${connection}/deliveries/${delivery}/replay` }),
    role: 'admin',
    malformed: { path: `/v1/integrations/attio/connections/${uuid}/deliveries/nonsense/replay`, errors: ['params.deliveryId'] },
  },
  'post /v1/integrations/attio/connections/{id}/deliveries/replay': {
    foreign: ({ connection }) => ({ path: `${attio}/connections/${connection}/deliveries/replay`, body: {} }),
    role: 'admin',
    malformed: { body: { states: ['received'], from: 'yesterday', x: 1 }, errors: ['body.from', 'body.states.0', 'body.x'] },
  },
  'get /v1/runs/{id}': {
    foreign: ({ run }) => ({ path: `/v1/runs/${run}` }),
    role: 'admin',
    malformed: { path: '/v1/runs/nonsense', errors: ['params.id'] },
  },
  'get /v1/runs/{id}/stream': {
    foreign: ({ run }) => ({ path: `/v1/runs/${run}/stream` }),
    role: 'admin',
    malformed: { path: '/v1/runs/nonsense/stream?x=1', errors: ['params.id', 'query.x'] },
  },
  'get /v1/audit': { foreign: null, role: 'admin', malformed: { path: '/v1/audit?limit=0&x=1', errors: ['query.limit', 'query.x'] } },
}

const table = routes.map(route => ({ name: `${route.method} ${route.path}`, route, path: route.path.replace(/\{\w+\}/g, uuid) }))

let api: TestApi

let theirs: OneOfEach

beforeAll(async () => {
  api = await startApi()
  theirs = await insertOneOfEach(api.database, 'globex')
})
afterAll(() => api.close())

test('every route is listed here', () => {
  expect(table.map(({ name }) => name).sort()).toEqual(Object.keys(expected).sort())
})

describe.each(table.filter(({ route }) => route.role !== 'public'))('$name', ({ name, route, path }) => {
  const method = route.method.toUpperCase()

  test('is refused without a token', async () => {
    const response = await fetch(api.url + path, { method })
    expect(response.status).toBe(401)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(await json<Problem>(response)).toMatchObject({ code: 'unauthenticated', status: 401 })
  })

  test('is open to the right role only', async () => {
    expect(route.role).toBe(expected[name]?.role)
    if (route.role !== 'admin') return
    const response = await api.call(path, { role: 'member' }, { method })
    expect([response.status, (await json<Problem>(response)).code]).toEqual([403, 'admins_only'])
  })

  test('refuses what it does not know or cannot read, and names each place', async () => {
    const malformed = expected[name]?.malformed
    const init =
      malformed?.body === undefined ? {} : { body: JSON.stringify(malformed.body), headers: { 'content-type': 'application/json' } }
    const response = await api.call(malformed?.path ?? path, { role: 'admin' }, { method, ...init })
    expect(response.status).toBe(400)
    const problem = await json<Problem>(response)
    expect(problem.code).toBe('invalid_request')
    expect(problem.errors?.map(error => error.path).sort()).toEqual(malformed?.errors)
    expect(response.headers.get('x-request-id')).toBe(problem.request_id)
  })
})

describe.each(table.filter(({ name }) => expected[name]?.foreign))('$name', ({ name, route }) => {
  const method = route.method.toUpperCase()
  const ask = async (org: string) => {
    const { path, body } = expected[name]?.foreign?.(theirs) ?? { path: '' }
    const init = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const response = await api.call(path, { role: 'admin', org, sub: org, email: `admin@${org}.example` }, { method, ...init })
    const text = await response.text()
    return { status: response.status, text }
  }

  test('answers 404 to whoever names a thing of another organisation, as if it were not there', async () => {
    const { status, text } = await ask('northwind')
    expect(status).toBe(404)
    expect((JSON.parse(text) as Problem).code).toBe('not_found')
  })

  test('answers the organisation whose thing it is, so that the request above was refused for that alone', async () => {
    const { status } = await ask('globex')
    expect([200, 202]).toContain(status)
  })
})

test('every route whose address holds an id is asked for a foreign one, save those that are open to the public or name an area', () => {
  const exempt = ['get /v1/timeline/export/{ticket}', 'patch /v1/integrations/attio/features/{area}']
  const holding = table.filter(({ route }) => route.path.includes('{')).map(({ name }) => name)
  expect(holding.filter(name => !expected[name]?.foreign)).toEqual(exempt)
})

test('a problem’s type leads to a page that explains its code; a code nobody answers has none', async () => {
  for (const path of ['/v1/me', '/v1/nothing']) {
    const { type, code } = await json<Problem>(await fetch(api.url + path))
    const page = await fetch(type)
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
    expect(await page.text()).toContain(`<code>${code}</code>`)
  }
  expect((await fetch(`${api.url}/problems/made_up`)).status).toBe(404)
})

test('every code that a route documents has its page', async () => {
  const documented = new Set(routes.flatMap(route => route.problems.map(({ code }) => code)))
  expect(documented.size).toBeGreaterThan(5)
  for (const code of documented) expect([code, (await fetch(`${api.url}/problems/${code}`)).status]).toEqual([code, 200])
})

test('what is not there is a problem too', async () => {
  const response = await fetch(`${api.url}/v1/nothing`)
  expect([response.status, (await json<Problem>(response)).code]).toEqual([404, 'no_such_route'])
})

test('a body that is not JSON, or of another content type, is refused with 400', async () => {
  const post = (body: string, type: string) =>
    api.call('/v1/users', { role: 'admin' }, { method: 'POST', body, headers: { 'content-type': type } })
  const answers = await Promise.all([post('{"users":', 'application/json'), post('users=ada', 'application/x-www-form-urlencoded')])
  expect(answers.map(answer => answer.status)).toEqual([400, 400])
})

test('while the database is away every route says 503 and when to try again, and none says why', async () => {
  const away = await startApi({ DATABASE_URL: 'postgres://worksights:hidden-password@127.0.0.1:9/worksights' })
  try {
    const response = await away.call('/v1/timeline')
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2'])
    const text = await response.text()
    expect(text).toContain('temporarily_unavailable')
    expect(`${text}${away.logs.join('')}`).not.toContain('hidden-password')
  } finally {
    await away.close()
  }
})
