import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { at, list, type OpenSimulator, openSimulator, text, until } from './harness.ts'

let attio: OpenSimulator
beforeAll(async () => {
  attio = await openSimulator()
})
afterAll(() => attio.close())
beforeEach(async () => {
  await attio.control('DELETE', '/faults')
})

const limited = { status: 429, body: { status_code: 429, type: 'rate_limit_error', code: 'rate_limit_exceeded' } }

/** Fires until one is refused; the budget is of the clock's second, so a few more than the limit may pass. */
async function refusal(request: () => ReturnType<OpenSimulator['api']>, atMost: number) {
  for (let sent = 0; sent < atMost; sent += 1) {
    const reply = await request()
    if (reply.status === 429) return { sent, reply }
  }
  throw new Error(`none of ${atMost} requests was refused`)
}

describe('budgets', () => {
  test('reads past the limit of a second are 429 until the HTTP date of the next; writes have their own budget', async () => {
    await attio.faults({ read_limit: 5, write_limit: 2 })
    const read = await refusal(() => attio.api('GET', '/objects'), 40)
    expect(read.sent).toBeGreaterThanOrEqual(5)
    expect(read.reply).toMatchObject(limited)
    const until = Date.parse(read.reply.headers.get('retry-after') ?? '')
    expect(until % 1_000).toBe(0)
    expect(until).toBeLessThanOrEqual(Date.now() + 1_000)
    const write = await refusal(() => attio.api('PATCH', '/lists/hot_leads', { data: { name: 'Hot Leads' } }), 40)
    expect(write.sent).toBeGreaterThanOrEqual(2)
  })

  test('queries count as reads; another token has a budget of its own; Retry-After can be seconds', async () => {
    await attio.faults({ read_limit: 1, rate_limit_retry_after: 'seconds' })
    const { reply } = await refusal(() => attio.api('POST', '/objects/deals/records/query', { limit: 1 }), 20)
    expect(reply.headers.get('retry-after')).toBe('1')
    const other = text((await attio.control('POST', '/tokens', { workspace: 'northwind' })).body, 'access_token')
    expect((await attio.ask('GET', '/v2/objects', undefined, { authorization: `Bearer ${other}` })).status).toBe(200)
  })

  test('a storm refuses everything until it is over', async () => {
    await attio.faults({ rate_limit_storm: { for_ms: 200, retry_after: 'seconds', retry_in_s: 7 } })
    const reply = await attio.api('GET', '/objects')
    expect(reply).toMatchObject(limited)
    expect(reply.headers.get('retry-after')).toBe('7')
    await until('the end of the storm', async () => (await attio.api('GET', '/objects')).status === 200)
  })
})

describe('tokens', () => {
  test('an unknown token is 401 everywhere but at self, which says inactive', async () => {
    const stranger = { authorization: 'Bearer nonsense' }
    expect(await attio.ask('GET', '/v2/objects', undefined, stranger)).toMatchObject({ status: 401, body: { type: 'auth_error' } })
    expect(await attio.ask('GET', '/v2/self', undefined, stranger)).toMatchObject({ status: 200, body: { active: false } })
  })

  test('token_revoked makes a good token look like that, for the workspace it is switched for', async () => {
    await attio.control('PUT', '/faults?workspace=globex', { token_revoked: true })
    expect(await attio.api('GET', '/self')).toMatchObject({ body: { active: true } })
    await attio.control('PUT', '/faults?workspace=northwind', { token_revoked: true })
    expect(await attio.api('GET', '/self')).toMatchObject({ status: 200, body: { active: false } })
    expect((await attio.api('GET', '/objects')).status).toBe(401)
  })

  test('a revoked token is dead for good', async () => {
    const access_token = text((await attio.control('POST', '/tokens', { workspace: 'globex' })).body, 'access_token')
    await attio.control('POST', '/tokens/revoke', { access_token })
    expect(await attio.ask('GET', '/v2/self', undefined, { authorization: `Bearer ${access_token}` })).toMatchObject({
      body: { active: false },
    })
  })

  test('missing_scopes is a 403 that names the scope, and self no longer lists it', async () => {
    await attio.faults({ missing_scopes: ['note:read'] })
    const reply = await attio.api('GET', '/notes')
    expect(reply).toMatchObject({ status: 403, body: { type: 'auth_error', code: 'unauthorized' } })
    expect(text(reply.body, 'message')).toContain('note:read')
    expect(text((await attio.api('GET', '/self')).body, 'scope')).not.toContain('note:')
    expect((await attio.api('GET', '/tasks')).status).toBe(200)
  })

  test('missing_scopes can take the writing alone', async () => {
    await attio.faults({ missing_scopes: ['webhook:read-write'] })
    expect((await attio.api('GET', '/webhooks')).status).toBe(200)
    const body = { data: { target_url: 'https://example.com', subscriptions: [{ event_type: 'task.created', filter: null }] } }
    expect((await attio.api('POST', '/webhooks', body)).status).toBe(403)
  })

  test('a token works as Basic user name, after a restart with the same seed, and only in its workspace', async () => {
    const basic = `Basic ${Buffer.from(`${attio.token}:`).toString('base64')}`
    expect((await attio.ask('GET', '/v2/objects', undefined, { authorization: basic })).status).toBe(200)
    const again = await openSimulator()
    const reply = await again.ask('GET', '/v2/self', undefined, { authorization: `Bearer ${attio.token}` })
    await again.close()
    expect(at(reply.body, 'workspace_slug')).toBe('northwind')
    const globex = text((await attio.control('POST', '/tokens', { workspace: 'globex' })).body, 'access_token')
    const company = text((await attio.api('POST', '/objects/companies/records/query', { limit: 1 })).body, 'data', 0, 'id', 'record_id')
    expect(
      (await attio.ask('GET', `/v2/objects/companies/records/${company}`, undefined, { authorization: `Bearer ${globex}` })).status,
    ).toBe(404)
  })
})

describe('answers that go wrong', () => {
  test('spurious_401 hits as often as told', async () => {
    await attio.faults({ spurious_401: { times: 2 } })
    const statuses = [await attio.api('GET', '/objects'), await attio.api('GET', '/lists'), await attio.api('GET', '/objects')].map(
      ({ status }) => status,
    )
    expect(statuses).toEqual([401, 401, 200])
  })

  test.each([
    ['json', 'application/json; charset=utf-8'],
    ['html', 'text/html; charset=utf-8'],
    ['empty', 'text/html; charset=utf-8'],
  ])('server_errors answers 5xx with a body in %s', async (body, type) => {
    await attio.faults({ server_errors: { times: 1, status: 502, body } })
    const reply = await attio.api('GET', '/objects')
    expect(reply.status).toBe(502)
    expect(reply.headers.get('content-type')).toBe(type)
    expect((await attio.api('GET', '/objects')).status).toBe(200)
  })

  test('odd_error_bodies spells it statusCode', async () => {
    await attio.faults({ odd_error_bodies: true })
    expect((await attio.api('GET', '/notes/nothing')).body).toMatchObject({ statusCode: 404, code: 'not_found' })
  })

  test('a path fault hits its path and method, as often as told, with the body given', async () => {
    await attio.faults({ paths: [{ path: '^/v2/tasks', method: 'get', status: 200, times: 1, body: '<html>', content_type: 'text/html' }] })
    expect((await attio.api('GET', '/objects')).status).toBe(200)
    expect((await attio.api('GET', '/tasks')).body).toBe('<html>')
    expect(list((await attio.api('GET', '/tasks')).body, 'data').length).toBeGreaterThan(0)
  })

  test('hang accepts and never answers', async () => {
    await attio.faults({ hang: true })
    const request = fetch(`${attio.url}/v2/objects`, {
      headers: { authorization: `Bearer ${attio.token}` },
      signal: AbortSignal.timeout(150),
    })
    await expect(request).rejects.toThrow()
  })

  test('slow_ms holds an answer back', async () => {
    await attio.faults({ slow_ms: 120 })
    const started = performance.now()
    await attio.api('GET', '/objects')
    expect(performance.now() - started).toBeGreaterThanOrEqual(115)
  })

  test('an unknown switch or a wrong value is 400 with its path, and changes nothing', async () => {
    const reply = await attio.faults({ slow_ms: -1, nonsense: true })
    expect(reply.status).toBe(400)
    expect(list(reply.body, 'issues').map(issue => at(issue, 'path'))).toContain('slow_ms')
    expect(at((await attio.control('GET', '/faults')).body, 'switched')).toEqual({})
  })
})

describe('reads that lag', () => {
  test('show the state of then, say so, and catch up; what is deleted is still there', async () => {
    const made = await attio.api('POST', '/objects/companies/records', { data: { values: { name: 'Early' } } })
    const id = text(made.body, 'data', 'id', 'record_id')
    const read = () => attio.api('GET', `/objects/companies/records/${id}`)
    await until('the record', async () => (await read()).status === 200)
    await attio.faults({ read_lag_ms: 60_000 })
    const lagging = await read()
    expect(lagging.status).toBe(404)
    expect(Date.parse(lagging.headers.get('x-accurate-at') ?? '')).toBeLessThanOrEqual(Date.now() - 60_000)
    await attio.faults({ read_lag_ms: 400 })
    await attio.api('DELETE', `/objects/companies/records/${id}`)
    await until('the deletion to show', async () => (await read()).status === 404)
  })
})

describe('value history', () => {
  test('tells every step with its time and actor; a lagging read does not see the newest', async () => {
    const deal = text((await attio.api('POST', '/objects/deals/records/query', { limit: 1 })).body, 'data', 0, 'id', 'record_id')
    for (const stage of ['Negotiation', 'Lost'])
      await attio.person('grace.hopper@northwind.example', 'PATCH', `/objects/deals/records/${deal}`, { data: { values: { stage } } })
    const path = `/objects/deals/records/${deal}/attributes/stage/values`
    const history = list((await attio.api('GET', `${path}?show_historic=true`)).body, 'data')
    expect(history.map(value => at(value, 'status', 'title'))).toEqual(['Lead', 'Negotiation', 'Lost'])
    expect(history.map(value => at(value, 'active_until') === null)).toEqual([false, false, true])
    expect(at(history[1], 'active_until')).toBe(at(history[2], 'active_from'))
    expect(at(history[2], 'created_by_actor', 'type')).toBe('workspace-member')
    expect(list((await attio.api('GET', path)).body, 'data')).toHaveLength(1)
  })

  test('is refused for what Attio computes itself', async () => {
    const person = text((await attio.api('POST', '/objects/people/records/query', { limit: 1 })).body, 'data', 0, 'id', 'record_id')
    const reply = await attio.api('GET', `/objects/people/records/${person}/attributes/first_interaction/values?show_historic=true`)
    expect(reply).toMatchObject({
      status: 400,
      body: { message: 'Cannot set show_historic param to true when querying a COMINT attribute.' },
    })
  })
})
