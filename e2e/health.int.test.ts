import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { z } from 'zod'
import { adminOf, eventually } from './harness/admin.ts'
import { type TimelineApi, timelineApi } from './harness/api.ts'
import { post } from './harness/deliveries.ts'
import { idOf, openSimulator, type Simulator } from './harness/simulator.ts'
import { type RunningStack, startWholeStack } from './harness/stack.ts'

/*
 * A connection that falls ill and is cured on the schedule, with events going on all the time. What a check finds and does in each case is tested with the
 * package that does it; here it is done by the processes as they run.
 */

const ada = 'ada.lovelace@northwind.example'
const connections = z.object({ data: z.array(z.object({ id: z.string(), state: z.string(), state_reason: z.string().nullable() })) })
const webhook = z.object({ id: z.string(), workspace: z.string(), target_url: z.string(), status: z.string(), subscriptions: z.json() })

let stack: RunningStack
let api: TimelineApi
let attio: Simulator
let pool: pg.Pool

beforeAll(async () => {
  stack = await startWholeStack()
  api = timelineApi(stack.info.urls.api, stack.info.organizations.northwind.admin.token)
  attio = await openSimulator(stack.info.urls.attio)
  pool = new pg.Pool({ connectionString: stack.info.database_url, max: 2 })
}, 120_000)
afterAll(async () => {
  await pool?.end()
  await stack?.stop()
}, 60_000)

async function connection() {
  const admin = adminOf(stack.info.urls.api, stack.info.organizations.northwind.admin.token)
  const { data } = await admin.read(connections, 'GET', '/v1/integrations/attio/connections')
  return data.find(({ id }) => id === stack.info.connection_id)
}
async function rows<T extends pg.QueryResultRow>(sql: string): Promise<T[]> {
  return (await pool.query<T>(sql, [stack.info.connection_id])).rows
}
/** The webhooks for records kept here, the used one first. */
const stored = () =>
  rows<{ id: string; attio: string; retired: boolean }>(
    `select id, attio_webhook_id as attio, retired_at is not null as retired from webhook
     where connection_id = $1 and purpose = 'records' and attio_webhook_id is not null order by retired_at nulls first, id desc`,
  )
async function used(): Promise<{ id: string; attio: string }> {
  const [first] = await stored()
  if (!first || first.retired) throw new Error('No webhook for records is in use.')
  return first
}
const remote = async () => (await attio.control('GET', '/webhooks', z.object({ webhooks: z.array(webhook) }))).webhooks
/** Makes the next check due now; the schedule does the rest. */
const checkNow = () => rows('update connection set check_due_at = now() where id = $1')

async function newCompany(name: string): Promise<string> {
  return idOf(await attio.write('POST', '/v2/objects/companies/records', ada, { values: { name } }), 'record_id')
}

test('a webhook that was deleted behind our back is made anew, the time it was away is told, and what happens next is in the timeline', async () => {
  const lost = await used()
  await attio.control('DELETE', `/webhooks/${lost.attio}`, z.object({}))
  const missed = await newCompany('Missed & Sons')
  await checkNow()
  await eventually(used, ({ attio: id }) => id !== lost.attio)
  const [gap, ...more] = await rows<{ reason: string; over: boolean }>(
    'select reason, ended_at > started_at as over from delivery_gap where connection_id = $1',
  )
  expect([gap, more]).toEqual([{ reason: 'webhook_missing', over: true }, []])
  const next = await newCompany('Back Again Ltd')
  await api.until(next, lines => lines.length === 1)
  expect(await api.about(missed)).toEqual([])
  expect(await connection()).toMatchObject({ state: 'connected', state_reason: null })
})

test('a degraded webhook is told, and after five days replaced without a gap; what then comes through both counts once', async () => {
  const old = await used()
  const makeIll = () => attio.control('PUT', `/webhooks/${old.attio}/status`, z.object({}), { status: 'degraded' })
  await makeIll()
  await checkNow()
  await eventually(connection, found => found?.state === 'degraded' && found.state_reason === 'webhook_degraded')
  const before = await rows('select id from delivery_gap where connection_id = $1')
  await pool.query(`update webhook set degraded_since = now() - interval '5 days' where id = $1`, [old.id])
  await checkNow()
  const made = await eventually(used, ({ id }) => id !== old.id)
  await eventually(connection, found => found?.state === 'connected')
  expect(await rows('select id from delivery_gap where connection_id = $1')).toEqual(before)
  // It is still there and answered, and sends nothing new.
  await eventually(remote, webhooks => JSON.stringify(webhooks.find(({ id }) => id === old.attio)?.subscriptions ?? '').includes('nobody'))
  const company = await newCompany('Twice Told plc')
  await api.until(company, lines => lines.length === 1)
  const event = {
    event_type: 'comment.created',
    id: { workspace_id: 'w', comment_id: company },
    thread_id: company,
    object_id: attio.ids.objects.companies,
    record_id: company,
    list_id: null,
    entry_id: null,
    actor: { type: 'workspace-member', id: attio.ids.members[ada] },
  }
  const update = { ...event, event_type: 'comment.resolved' }
  for (const webhook_id of [old.attio, made.attio]) {
    expect((await post(attio, { webhook_id, events: [event, update] })).statuses).toEqual([200])
  }
  const lines = await api.until(company, found => found.length >= 3)
  await eventually(
    () => rows('select id from event where connection_id = $1 and due_at is not null'),
    owed => owed.length === 0,
  )
  expect((await api.about(company)).length).toBe(lines.length)
  expect(lines.map(({ kind, event_count }) => `${kind} ${event_count}`).sort()).toEqual([
    'comment.created 1',
    'comment.resolved 1',
    'record.created 1',
  ])
})

test('a dead token is told once it is certain, and its revival too', async () => {
  await attio.control('PUT', '/faults?workspace=northwind', z.object({}), { token_revoked: true })
  await checkNow()
  await eventually(
    () => rows<{ doubted: boolean }>('select token_dead_since is not null as doubted from connection where id = $1'),
    ([row]) => row?.doubted === true,
  )
  expect(await connection()).toMatchObject({ state: 'connected' })
  await rows(`update connection set token_dead_since = now() - interval '61 seconds', check_due_at = now() where id = $1`)
  await eventually(connection, found => found?.state === 'needs_attention' && found.state_reason === 'token_dead')
  await attio.control('DELETE', '/faults?workspace=northwind', z.object({}))
  await checkNow()
  await eventually(connection, found => found?.state === 'connected' && found.state_reason === null)
  expect(await rows('select id from delivery_gap where connection_id = $1 and ended_at is null')).toEqual([])
  expect(await rows(`select to_state, to_reason from connection_state_change where connection_id = $1 order by at desc limit 2`)).toEqual([
    { to_state: 'connected', to_reason: null },
    { to_state: 'needs_attention', to_reason: 'token_dead' },
  ])
  await api.until(await newCompany('Alive & Well'), lines => lines.length === 1)
})
