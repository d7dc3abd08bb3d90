import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { requiredScopes } from '@worksights/attio'
import { v7 as uuid } from 'uuid'
import { json, startApi, type TestApi } from '../testing/api.ts'
import { type Fixture, insertConnection, insertLine, insertMember } from '../testing/lines.ts'
import { readStream } from '../testing/read-stream.ts'

/*
 * The integration page: connections, runs, what was lost, and the overview.
 */

let api: TestApi
let org: string
let place: Fixture
const attio = '/v1/integrations/attio'
const all = requiredScopes.map(({ scope }) => scope)

beforeAll(async () => {
  api = await startApi({ SUPPORT_CONTACT: 'crm-support@example.com', SETUP_GUIDE_URL: 'https://docs.example.com/attio' })
})
beforeEach(async () => {
  org = uuid()
  place = await insertConnection(api.database, org, 'Northwind Traders')
  await api.database.pool.query('update connection set scopes = $2 where id = $1', [place.connectionId, all])
})
afterAll(() => api.close())

type Body = Record<string, unknown> & { code?: string; id?: string }
async function ask(
  path: string,
  init: RequestInit & { role?: string; json?: unknown } = {},
): Promise<{ status: number; body: Body; response: Response }> {
  const { role = 'admin', json: sent, ...rest } = init
  const sending = sent === undefined ? {} : { body: JSON.stringify(sent), headers: { 'content-type': 'application/json' } }
  const response = await api.call(path, { org, sub: `${role}-${org}`, email: `${role}@${org}.example`, role }, { ...rest, ...sending })
  return { status: response.status, body: await json<Body>(response), response }
}
const post = (path: string, sent?: unknown) => ask(path, { method: 'POST', json: sent })
const sql = async <T extends object>(text: string, ...values: unknown[]) =>
  (await api.database.pool.query<T>(text, [place.connectionId, ...values])).rows
const connection = () => `${attio}/connections/${place.connectionId}`
const audited = async () =>
  (await sql<{ action: string }>('select action from audit_entry where connection_id = $1 order by id')).map(row => row.action)
async function deliver(state: string, more: { at?: string; types?: string[]; body?: object } = {}): Promise<string> {
  const id = uuid()
  await sql(
    `insert into delivery (id, organization_id, connection_id, webhook_id, body, event_types, received_at, state, reason, due_at, attempts)
     values ($2, $3, $1, $2, $4, $5, $6, $7, null, case when $7 in ('received', 'failed') then now() + interval '1 minute' end, 1)`,
    ...[id, place.organizationId, JSON.stringify(more.body ?? { webhook_id: 'w', events: [] }), more.types ?? ['record.updated']],
    ...[more.at ?? new Date(), state],
  )
  return id
}
async function insertEvent(deliveryId: string, index: number, state: string, activityId: string | null = null): Promise<void> {
  await sql(
    `insert into event (id, organization_id, connection_id, delivery_id, delivery_index, event_type, fingerprint, state, reason, received_at, happened_at, window_ms,
       activity_id, due_at, lane, facts)
     values (gen_random_uuid(), $2, $1, $3, $4, 'record.updated', 'f', $5, case when $5 = 'filtered' then 'automation' end, now(), now(), 0, $6,
       case when $5 = 'pending' then now() end, 'lane', '{}')`,
    ...[place.organizationId, deliveryId, index, state, activityId],
  )
}
const insertGap = (from: string, to: string | null, reason = 'webhook_missing') =>
  sql(
    `insert into delivery_gap (id, organization_id, connection_id, purpose, reason, started_at, ended_at) values ($2, $3, $1, 'records', $4, now() - $5::interval,
       now() - $6::interval)`,
    ...[uuid(), place.organizationId, reason, from, to],
  )
const ended = () => sql(`update connection set state = 'disconnected' where id = $1`)

describe('a connection in full', () => {
  test('says who authorised it, what came in, what waits, how its state changed and what is going on', async () => {
    const member = await insertMember(api.database, place, { id: uuid(), name: 'Ada' })
    await sql(
      `update connection set state = 'degraded', state_reason = 'webhook_degraded', authorized_by_member_id = $2, authorized_by_user_id = $3, checked_at = now()
       where id = $1`,
      ...[member.memberId, member.userId],
    )
    await sql(
      `insert into webhook (id, organization_id, connection_id, endpoint_id, attio_webhook_id, purpose, status, retired_at)
       select gen_random_uuid(), organization_id, id, 'endpoint-' || n || id, 'hook-' || n, 'records', 'active', case when n = 1 then now() end
       from connection, generate_series(1, 2) n where id = $1`,
    )
    await sql(
      `insert into connection_state_change (id, organization_id, connection_id, from_state, to_state, to_reason) select gen_random_uuid(), organization_id, id,
         'connected', 'degraded', 'webhook_degraded' from connection where id = $1`,
    )
    const worked = await deliver('processed')
    await insertEvent(worked, 0, 'projected')
    await insertEvent(worked, 1, 'pending')
    await deliver('received')
    await deliver('processed', { at: '2026-01-01T00:00:00Z' })
    const { status, body } = await ask(connection(), { role: 'member' })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      ...{ state: 'degraded', state_reason: 'webhook_degraded', explanation: expect.stringContaining('still delivers') },
      authorized_by: { member: { id: member.memberId, name: 'Ada', access_level: null }, user: { id: member.userId, name: 'Ada' } },
      webhooks: [{ status: 'active', retired_at: null }, { retired_at: expect.any(String) }],
      events_24h: { count: 3, is_exact: true },
      backlog: { deliveries: { count: 1, is_exact: true }, events: { count: 1, is_exact: true }, oldest_due_at: expect.any(String) },
      history: [{ from: { state: 'connected', reason: null }, to: { state: 'degraded', reason: 'webhook_degraded' } }],
      ...{ gaps: [], warnings: [], runs: [] },
    })
    expect(JSON.stringify(body)).not.toContain('endpoint-')
  })

  test('says of each permission whether it is granted and what its lack breaks, and warns of what a person should mend', async () => {
    const member = await insertMember(api.database, place, { id: uuid(), name: 'Ada' })
    await sql(`update member set access_level = 'suspended' where connection_id = $1 and id = $2`, member.memberId)
    const scopes = [...all.filter(scope => scope !== 'note:read'), 'task:read-write']
    await sql('update connection set scopes = $2, authorized_by_member_id = $3 where id = $1', scopes, member.memberId)
    await insertGap('1 hour', null, 'token_dead')
    const { body } = await ask(connection())
    expect(body.permissions).toMatchObject({ excessive: ['task:read-write'] })
    expect(body.permissions).toMatchObject({
      needed: expect.arrayContaining([
        { scope: 'note:read', granted: false, breaks: 'Notes show no titles.' },
        { scope: 'task:read', granted: true, breaks: expect.any(String) },
      ]),
    })
    expect((body.warnings as { code: string }[]).map(({ code }) => code)).toEqual([
      'deliveries_being_lost',
      'permissions_missing',
      'permissions_excessive',
      'authorizer_suspended',
    ])
    expect(body.gaps).toMatchObject([{ to: null, reason: 'token_dead', explanation: expect.stringContaining('token') }])
  })
})

describe('a refresh', () => {
  test('asked for twice is one run, hinted, told of by the connection and written down once', async () => {
    const one = await post(`${connection()}/refresh`)
    const two = await post(`${connection()}/refresh`)
    expect([one.status, one.body.kind, one.body.state]).toEqual([202, 'refresh', 'waiting'])
    expect(two.body.id).toBe(one.body.id)
    expect(one.response.headers.get('location')).toBe(`/v1/runs/${one.body.id}`)
    expect(api.hints).toContain(`runs ${place.connectionId}`)
    expect((await ask(connection())).body.runs).toMatchObject([{ id: one.body.id }])
    expect(await audited()).toEqual(['connection.refreshed'])
    expect((await ask(`/v1/runs/${one.body.id}`)).body).toEqual(two.body)
  })

  test('of a workspace that is not connected, or about to be disconnected, is refused with what to do', async () => {
    await ended()
    expect(await post(`${connection()}/refresh`)).toMatchObject({
      status: 409,
      body: { code: 'connection_disconnected', detail: expect.stringContaining('Connect it first') },
    })
    await sql(`update connection set state = 'connected' where id = $1`)
    await ask(connection(), { method: 'DELETE' })
    expect(await post(`${connection()}/refresh`)).toMatchObject({ status: 409, body: { code: 'connection_ending' } })
    expect(await post(`${connection()}/deliveries/replay`, {})).toMatchObject({ status: 409, body: { code: 'connection_ending' } })
  })
})

describe('disconnecting', () => {
  test('is a run, and erasing is another that may follow it; each is written down', async () => {
    const disconnect = await ask(connection(), { method: 'DELETE' })
    const erase = await ask(`${connection()}?erase=true`, { method: 'DELETE' })
    expect([disconnect.status, disconnect.body.kind, erase.status, erase.body.kind]).toEqual([202, 'disconnect', 202, 'erase'])
    expect(await audited()).toEqual(['connection.disconnected', 'connection.erased'])
    expect(await ask(connection(), { method: 'DELETE' })).toMatchObject({ status: 409, body: { code: 'connection_ending' } })
  })

  test('what is disconnected already is refused, and erasing is named; erasing it is not', async () => {
    await ended()
    expect(await ask(connection(), { method: 'DELETE' })).toMatchObject({
      status: 409,
      body: { code: 'connection_disconnected', detail: expect.stringContaining('erase=true') },
    })
    expect(await ask(`${connection()}?erase=true`, { method: 'DELETE' })).toMatchObject({ status: 202, body: { kind: 'erase' } })
  })
})

describe('the activity log', () => {
  type Page = { data: { id: string; events: { state: string }[] }[]; next_cursor: string | null }
  const log = async (query = '') => (await ask(`${connection()}/deliveries?${query}`)).body as unknown as Page

  test('is read newest first by pages, each delivery once, with its events', async () => {
    const ids: string[] = []
    for (let minute = 0; minute < 5; minute += 1) ids.unshift(await deliver('processed', { at: `2026-11-24T09:0${minute}:00Z` }))
    await insertEvent(ids[0] ?? '', 0, 'projected', uuid())
    await insertEvent(ids[0] ?? '', 1, 'filtered')
    const read: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Page = await log(`limit=2${cursor && `&cursor=${cursor}`}`)
      read.push(...page.data.map(({ id }) => id))
      cursor = page.next_cursor
    }
    expect(read).toEqual(ids)
    expect((await log('limit=1')).data).toMatchObject([{ events: [{ state: 'projected' }, { state: 'filtered', reason: 'automation' }] }])
  })

  test('names the line an event became part of, and says what hides one that the timeline does not show', async () => {
    await insertMember(api.database, place, { id: 'ada' })
    await insertMember(api.database, place, { id: 'mary', user: false })
    await insertMember(api.database, place, { id: 'alan', mapping: 'excluded' })
    await sql(
      `insert into feature_switch (organization_id, area, enabled) select organization_id, 'calls', false from connection where id = $1`,
    )
    await sql(
      `insert into label (connection_id, type, id, parent_id, state, name, details) values ($1, 'list', 'board', '', 'known', 'Board', '{"access":null}')`,
    )
    const lines = [
      { memberId: 'ada', title: 'Acme > Created' },
      { memberId: 'mary', title: 'Initech > Created' },
      { memberId: 'alan', title: 'Hooli > Created' },
      { memberId: 'ada', title: 'Sync > Call recorded', feature: 'calls' },
      { memberId: 'ada', title: 'Ann > List entry added', listId: 'board' },
    ]
    const delivery = await deliver('processed')
    const ids: string[] = []
    for (const line of lines) ids.push(await insertLine(api.database.pool, place, line))
    for (const [index, id] of ids.entries()) await insertEvent(delivery, index, 'projected', id)
    await insertEvent(delivery, ids.length, 'filtered')
    const { events } = (await ask(`${connection()}/deliveries/${delivery}`)).body as { events?: Record<string, unknown>[] }
    expect(events?.map(event => [event.activity_title, event.hidden_by])).toEqual([
      ['Acme > Created', null],
      ['Initech > Created', 'member_unmapped'],
      ['Hooli > Created', 'member_excluded'],
      ['Sync > Call recorded', 'feature_off'],
      ['Ann > List entry added', 'private_list'],
      [null, null],
    ])
    // As the timeline has it.
    const found = await Promise.all(ids.map(async id => (await ask(`/v1/timeline/${id}`)).status))
    expect(found).toEqual([200, 404, 404, 404, 404])
  })

  test('is narrowed by several states, by event type and by time', async () => {
    const dead = await deliver('dead', { at: '2026-11-24T09:00:00Z', types: ['note.created'] })
    const filtered = await deliver('filtered', { at: '2026-11-24T09:01:00Z' })
    const processed = await deliver('processed', { at: '2026-11-24T09:02:00Z', types: ['note.created', 'record.updated'] })
    const ids = async (query: string) => (await log(query)).data.map(({ id }) => id)
    expect(await ids('state=dead,filtered')).toEqual([filtered, dead])
    expect(await ids('event_type=note.created')).toEqual([processed, dead])
    expect(await ids('from=2026-11-24T09:01:00Z&to=2026-11-24T09:02:00Z')).toEqual([filtered])
    expect(await ids('state=dead&event_type=record.updated')).toEqual([])
  })

  test('gives one delivery in full with what Attio sent, save what looks like a secret', async () => {
    const id = await deliver('processed', {
      body: { webhook_id: 'w', events: [{ secret: 'hush', nested: { api_key: 'k', name: 'Acme' } }] },
    })
    const { body } = await ask(`${connection()}/deliveries/${id}`)
    expect(body.body).toEqual({ webhook_id: 'w', events: [{ secret: '[left out]', nested: { api_key: '[left out]', name: 'Acme' } }] })
    const other = await insertConnection(api.database, org, 'Other')
    expect((await ask(`${attio}/connections/${other.connectionId}/deliveries/${id}`)).status).toBe(404)
  })

  test('a replay makes the delivery due again, hints the resolver and is written down with what it was', async () => {
    const id = await deliver('dead')
    const { status, body } = await post(`${connection()}/deliveries/${id}/replay`)
    expect([status, body.state, body.attempts, body.next_attempt_at]).toEqual([202, 'received', 0, expect.any(String)])
    expect(api.hints).toContain(`resolve ${place.connectionId}`)
    expect(await audited()).toEqual(['delivery.replayed'])
    await ended()
    expect(await post(`${connection()}/deliveries/${id}/replay`)).toMatchObject({ status: 409, body: { code: 'connection_disconnected' } })
  })

  test('a replay of a range is a run: of all dead ones unless said otherwise', async () => {
    expect(await post(`${connection()}/deliveries/replay`, {})).toMatchObject({
      status: 202,
      body: { kind: 'replay', params: { states: ['dead'] } },
    })
    const asked = { states: ['filtered', 'dead', 'dead'], from: '2026-11-24T10:00:00+01:00' }
    expect((await post(`${connection()}/deliveries/replay`, asked)).body.params).toEqual({
      states: ['dead', 'filtered'],
      from: '2026-11-24T09:00:00.000Z',
    })
    expect(await audited()).toEqual(['deliveries.replayed', 'deliveries.replayed'])
  })

  test('twenty replays may wait for one connection: another one is refused and leaves nothing behind, the same one again is that run', async () => {
    const from = (day: number) => ({ from: `2026-10-${String(day).padStart(2, '0')}T00:00:00Z` })
    const runs = []
    for (let day = 1; day <= 20; day += 1) runs.push((await post(`${connection()}/deliveries/replay`, from(day))).body.id)
    expect(await post(`${connection()}/deliveries/replay`, from(21))).toMatchObject({ status: 409, body: { code: 'too_many_runs' } })
    expect((await post(`${connection()}/deliveries/replay`, from(7))).body.id).toBe(runs[6])
    expect(await audited()).toHaveLength(20)
  })
})

describe('the stream of a run', () => {
  async function stream() {
    const { body } = await post(`${connection()}/refresh`)
    const abort = new AbortController()
    const claims = { org, sub: `admin-${org}`, email: `admin@${org}.example`, role: 'admin' }
    const response = await api.call(`/v1/runs/${body.id}/stream`, claims, { signal: abort.signal })
    return { id: body.id, reader: readStream(response, abort) }
  }

  test('sends the run as it is and whenever it changes, and ends with it', async () => {
    const { id, reader } = await stream()
    expect(await reader.take(1)).toMatchObject([{ event: 'run', data: { state: 'waiting' } }])
    const steps = JSON.stringify([{ name: 'token', state: 'done', detail: 'Attio takes it' }])
    await api.database.pool.query(`update run set state = 'running', steps = $2 where id = $1`, [id, steps])
    expect((await reader.take(2))[1]).toMatchObject({ data: { state: 'running', steps: [{ name: 'token', state: 'done' }] } })
    await api.database.pool.query(`update run set state = 'done', due_at = null, finished_at = now() where id = $1`, [id])
    await reader.ended
    expect(reader.events.at(-1)).toMatchObject({ data: { state: 'done' } })
  })

  test('ends when the server is to stop, though the run goes on', async () => {
    const own = await startApi()
    try {
      const fixture = await insertConnection(own.database, 'acme')
      const claims = { org: 'acme', role: 'admin' }
      const asked = await own.call(`${attio}/connections/${fixture.connectionId}/refresh`, claims, { method: 'POST' })
      const { id } = await json<{ id: string }>(asked)
      const abort = new AbortController()
      const reader = readStream(await own.call(`/v1/runs/${id}/stream`, claims, { signal: abort.signal }), abort)
      await reader.take(1)
      own.closeStreams()
      await reader.ended
      expect((await own.call(`/v1/runs/${id}/stream`, claims)).status).toBe(503)
    } finally {
      await own.close()
    }
  })
})

describe('what was lost', () => {
  test('is told to members, with its time and why: what touches the time asked for', async () => {
    await insertGap('20 days', '19 days')
    await insertGap('3 hours', '2 hours')
    await insertGap('1 hour', null, 'token_dead')
    const gaps = async (query = '') =>
      (await ask(`/v1/timeline/gaps${query}`, { role: 'member' })).body.data as { reason: string; to: string | null }[]
    expect(await gaps()).toMatchObject([
      { reason: 'token_dead', to: null, connection: { id: place.connectionId, workspace_name: 'Northwind Traders' } },
      { reason: 'webhook_missing', to: expect.any(String) },
    ])
    const before = new Date(Date.now() - 10 * 24 * 60 * 60_000).toISOString()
    expect(await gaps(`?from=2020-01-01T00:00:00Z&to=${before}`)).toHaveLength(1)
  })
})

describe('the overview', () => {
  const overview = async () => (await ask(attio, { role: 'member' })).body

  test('says that nothing is connected yet, and where to turn', async () => {
    org = uuid()
    expect(await overview()).toMatchObject({
      ...{ state: 'not_connected', connections: [], hidden: { people: 0, activities: 0 }, gaps: [], warnings: [] },
      help: { contact: 'crm-support@example.com', setup_guide_url: 'https://docs.example.com/attio' },
    })
  })

  test('says the worst state of the workspaces that are connected, and what is hidden', async () => {
    const other = await insertConnection(api.database, org, 'Globex')
    await api.database.pool.query(`update connection set state = 'disconnected' where id = $1`, [other.connectionId])
    const { memberId } = await insertMember(api.database, place, { id: uuid(), user: false })
    await insertLine(api.database.pool, place, { memberId })
    await insertLine(api.database.pool, place, { memberId })
    expect(await overview()).toMatchObject({
      state: 'connected',
      hidden: { people: 1, activities: 2 },
      warnings: [{ code: 'people_unmapped', message: '1 person, 2 activities hidden: map them.' }],
    })
    await sql(`update connection set state = 'needs_attention', state_reason = 'token_dead' where id = $1`)
    expect(await overview()).toMatchObject({ state: 'needs_attention' })
    await ended()
    expect(await overview()).toMatchObject({ state: 'disconnected' })
  })
})

test('nothing of another organisation is told or touched', async () => {
  const mine = place
  const delivery = await deliver('dead')
  await insertGap('1 hour', null)
  const { body: run } = await post(`${connection()}/refresh`)
  org = uuid()
  await insertConnection(api.database, org)
  for (const path of ['', '/deliveries', `/deliveries/${delivery}`]) expect((await ask(`${connection()}${path}`)).status).toBe(404)
  for (const path of ['/refresh', `/deliveries/${delivery}/replay`]) expect((await post(`${connection()}${path}`)).status).toBe(404)
  expect((await post(`${connection()}/deliveries/replay`, {})).status).toBe(404)
  expect((await ask(connection(), { method: 'DELETE' })).status).toBe(404)
  for (const path of ['', '/stream']) expect((await ask(`/v1/runs/${run.id}${path}`)).status).toBe(404)
  expect((await ask('/v1/timeline/gaps')).body).toEqual({ data: [] })
  expect(JSON.stringify((await ask(attio)).body)).not.toContain(mine.connectionId)
  expect(await sql('select state from delivery where connection_id = $1')).toEqual([{ state: 'dead' }])
})
