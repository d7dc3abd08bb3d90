import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { connectWorkspace, mintToken, openApi } from '@worksights/dev-stack'
import { type MortalProcess, type MortalStack, startMortalStack } from '@worksights/dev-stack/mortal-stack'
import pg from 'pg'
import { z } from 'zod'
import { type Admin, adminOf, eventually, type run } from './harness/admin.ts'
import { type TimelineApi, timelineApi } from './harness/api.ts'
import { idOf, openSimulator, type Simulator } from './harness/simulator.ts'

/*
 * Anything may die at any line: processes are killed in the middle of what they do, the database is restarted, the queue is emptied, Attio goes away.
 * Whoever comes after brings everything to the right end. Nothing here waits for a clock: a lease of a dead process is let run out by hand.
 */

const ada = 'ada.lovelace@northwind.example'
const hedy = 'hedy.lamarr@globex.example'
const integration = '/v1/integrations/attio'
const accepted = z.looseObject({ id: z.string() })
const listed = z.object({ data: z.array(z.looseObject({ id: z.string(), state: z.string(), state_reason: z.string().nullable() })) })
const remoteWebhooks = z.object({ webhooks: z.array(z.looseObject({ id: z.string(), workspace: z.string(), target_url: z.string() })) })

type Side = { slug: string; email: string; admin: Admin; timeline: TimelineApi; attio: Simulator; token: string; connectionId: string }

let stack: MortalStack
let pool: pg.Pool
let api: MortalProcess
let resolver: MortalProcess
let northwind: Side
let globex: Side

beforeAll(async () => {
  stack = await startMortalStack()
  pool = new pg.Pool({ connectionString: stack.databaseUrl, max: 2 })
  // Told by the statement that fails for it, too.
  pool.on('error', () => {})
  const services = ['api', 'resolver', 'gateway', 'coalescer'] as const
  const [first, second] = await Promise.all(services.map(service => stack.start(service)))
  if (!first || !second) throw new Error('Not everything was started.')
  api = first
  resolver = second
  northwind = await openSide('northwind', ada, 'Ada Lovelace')
  globex = await openSide('globex', hedy, 'Hedy Lamarr')
  northwind.connectionId = await connect(northwind)
}, 120_000)
afterAll(async () => {
  await pool?.end()
  await stack?.stop()
}, 60_000)
beforeEach(async () => {
  await northwind.attio.control('DELETE', '/faults', z.unknown())
})

async function openSide(slug: string, email: string, name: string): Promise<Side> {
  const token = await mintToken(stack.urls.identity, email)
  const admin = adminOf(stack.urls.api, token)
  await admin.read(z.unknown(), 'POST', '/v1/users', { users: [{ email, name }] })
  const attio = await openSimulator(stack.urls.attio, slug)
  return { slug, email, admin, token, attio, timeline: timelineApi(stack.urls.api, token), connectionId: '' }
}
const connect = ({ slug, token }: Side) =>
  connectWorkspace(
    openApi(stack.urls.api, async () => token),
    slug,
  )
const place = (side: Side) => `${integration}/connections/${side.connectionId}`
const rows = async <T extends pg.QueryResultRow>(sql: string, ...values: unknown[]): Promise<T[]> => (await pool.query<T>(sql, values)).rows
const faults = (side: Side, switches: object) => side.attio.control('PUT', `/faults?workspace=${side.slug}`, z.unknown(), switches)
const heal = (side: Side) => side.attio.control('DELETE', `/faults?workspace=${side.slug}`, z.unknown())
const connectionsOf = async (side: Side) => (await side.admin.read(listed, 'GET', `${integration}/connections`)).data
const checkNow = (side: Side) => rows('update connection set check_due_at = now() where id = $1', side.connectionId)

async function newCompany(side: Side, name: string): Promise<string> {
  return idOf(await side.attio.write('POST', '/v2/objects/companies/records', side.email, { values: { name } }), 'record_id')
}
/** Waits until Attio is being asked to make a webhook; gives how to do so from now on. */
async function webhookAskedFor(side: Side): Promise<() => Promise<unknown>> {
  const asked = z.object({ count: z.number() })
  const count = async () => (await side.attio.control('GET', '/requests?path=/v2/webhooks&method=POST&limit=0', asked)).count
  const before = await count()
  return () => eventually(count, now => now > before)
}

/** What stands at Attio for a workspace, by its address, and what is used here: they are to be the same two. */
async function webhooks(side: Side) {
  const all = (await side.attio.control('GET', '/webhooks', remoteWebhooks)).webhooks
  const used = await rows<{ endpoint: string; purpose: string }>(
    `select endpoint_id as endpoint, purpose from webhook where connection_id = $1 and retired_at is null and secret_sealed is not null`,
    side.connectionId,
  )
  return {
    remote: all.filter(({ workspace }) => workspace === side.slug).map(({ target_url: url }) => url.slice(url.lastIndexOf('/') + 1)),
    used: used.map(({ endpoint }) => endpoint),
    purposes: used.map(({ purpose }) => purpose).sort(),
  }
}
/** Waits until exactly the two webhooks that are used stand at Attio, and nothing else of ours. */
async function untilTwoWebhooks(side: Side): Promise<void> {
  await checkNow(side)
  await eventually(
    () => webhooks(side),
    ({ remote, used, purposes }) => `${remote.sort()}` === `${used.sort()}` && `${purposes}` === 'other,records',
  )
}

/** What is left of a queue when its server loses everything: the tables, empty. */
async function emptyQueue(): Promise<void> {
  const tables = await rows<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'bullmq' and tablename like '%job%'`,
  )
  expect(tables.length).toBeGreaterThan(0)
  await pool.query(`truncate ${tables.map(({ name }) => `bullmq."${name}"`).join(', ')} cascade`)
}
const storedRun = async (id: string) => {
  const [stored] = await rows<{
    state: string
    attempts: number
    done: number
    total: number | null
    error: string | null
    steps: z.infer<typeof run>['steps']
  }>('select state, attempts, done, total, error, steps from run where id = $1', id)
  if (!stored) throw new Error('There is no such run.')
  return stored
}
/** Lets a lease or a pause run out by so much that the sweeper looks for it, and hints the connection. */
async function takeUp(id: string, ask: () => Promise<unknown>): Promise<void> {
  await rows(`update run set due_at = now() - interval '1 minute' where id = $1 and due_at is not null`, id)
  // What was claimed of deliveries too.
  await rows(`update delivery set due_at = now() - interval '1 minute' where due_at > now()`)
  await ask()
}
/** Kills the resolver, all it had in the queue with it, and starts another. */
async function replaceResolver(): Promise<void> {
  await resolver.kill()
  await emptyQueue()
  await heal(northwind)
  await heal(globex)
  resolver = await stack.start('resolver')
}
const untilEnded = (id: string) =>
  eventually(
    () => storedRun(id),
    ({ state }) => state === 'done' || state === 'failed',
  )
const untilNothingIsOwed = () =>
  eventually(
    () =>
      rows<{ owed: number }>(
        `select ((select count(*) from delivery where due_at is not null) + (select count(*) from event where due_at is not null))::int as owed`,
      ),
    ([row]) => row?.owed === 0,
  )

describe('connecting', () => {
  test('that dies with the API in the middle leaves nothing in the way: connecting again works, with two webhooks and one connection', async () => {
    await faults(globex, { slow_ms: 1_000 })
    const untilAsked = await webhookAskedFor(globex)
    const attempt = connect(globex).then(
      () => 'connected',
      () => 'lost',
    )
    await untilAsked()
    await api.kill()
    expect(await attempt).toBe('lost')
    await heal(globex)
    api = await stack.start('api')
    globex.connectionId = await connect(globex)
    await untilTwoWebhooks(globex)
    expect(await connectionsOf(globex)).toMatchObject([{ id: globex.connectionId, state: 'connected', state_reason: null }])
    const company = await newCompany(globex, 'After All')
    await globex.timeline.until(company, lines => lines.length === 1)
  }, 60_000)
})

describe('a resolver killed in the middle', () => {
  test('of replacing a webhook in a refresh: two others, at once, end it as one, and what happens next is told once', async () => {
    const { webhooks: all } = await northwind.attio.control('GET', '/webhooks', remoteWebhooks)
    for (const { id } of all.filter(({ workspace }) => workspace === 'northwind'))
      await northwind.attio.control('DELETE', `/webhooks/${id}`, z.unknown())
    await faults(northwind, { slow_ms: 1_000 })
    const untilAsked = await webhookAskedFor(northwind)
    const { id } = await northwind.admin.read(accepted, 'POST', `${place(northwind)}/refresh`)
    await untilAsked()
    await replaceResolver()
    const other = await stack.start('resolver')
    await checkNow(northwind)
    await takeUp(id, async () => {
      const both = await Promise.all([1, 2].map(() => northwind.admin.read(accepted, 'POST', `${place(northwind)}/refresh`)))
      expect(both.map(asked => asked.id)).toEqual([id, id])
    })
    expect(await untilEnded(id)).toMatchObject({
      state: 'done',
      attempts: 2,
      steps: expect.arrayContaining([expect.objectContaining({ name: 'webhooks', state: 'done' })]),
    })
    await untilTwoWebhooks(northwind)
    await other.kill()
    expect(await connectionsOf(northwind)).toMatchObject([{ state: 'connected', state_reason: null }])
    const company = await newCompany(northwind, 'Once and Only')
    await northwind.timeline.until(company, lines => lines.length === 1)
  }, 60_000)

  test('of a replay: another goes on where it was, and no line is doubled', async () => {
    const company = await newCompany(northwind, 'Played Again')
    const before = await northwind.timeline.until(company, lines => lines.length === 1)
    await copyDeliveries(1_100)
    const ask = () => northwind.admin.read(accepted, 'POST', `${place(northwind)}/deliveries/replay`, { states: ['ignored'] })
    const { id } = await ask()
    await eventually(
      () => storedRun(id),
      ({ done }) => done >= 500,
    )
    await replaceResolver()
    await takeUp(id, ask)
    expect(await untilEnded(id)).toMatchObject({ state: 'done', done: 1_100, total: 1_100 })
    await untilNothingIsOwed()
    expect(await northwind.timeline.about(company)).toEqual(before)
  }, 60_000)
})

/** Stores the newest delivery so many times more, as ignored ones. */
async function copyDeliveries(count: number): Promise<void> {
  await rows('delete from delivery where idempotency_key like $1', 'copy-%')
  await rows(
    `insert into delivery (id, organization_id, connection_id, webhook_id, idempotency_key, body, event_types, received_at, state, finished_at)
     select gen_random_uuid(), organization_id, connection_id, webhook_id, 'copy-' || n, body, event_types, received_at + make_interval(secs => n * 0.001), 'ignored', now()
     from (select * from delivery where connection_id = $1 order by received_at desc limit 1) d, generate_series(1, $2::int) n`,
    northwind.connectionId,
    count,
  )
}

describe('Postgres restarted', () => {
  test('in the middle of a replay and of an export: the replay comes to its end, the export is cut, not called complete, and no process dies', async () => {
    const company = await newCompany(northwind, 'Restarted')
    const before = await northwind.timeline.until(company, lines => lines.length === 1)
    await copyLines(globex, 3_000)
    await copyDeliveries(1_100)
    const ask = () => northwind.admin.read(accepted, 'POST', `${place(northwind)}/deliveries/replay`, { states: ['ignored'] })
    const { id } = await ask()
    await eventually(
      () => storedRun(id),
      ({ done }) => done >= 500,
    )
    const exported = await startExport(globex)
    await stack.restartPostgres()
    await expect(exported.rest()).rejects.toThrow()
    await eventually(
      async () => (await globex.admin.call('GET', '/v1/me')).status,
      status => status === 200,
    )
    await takeUp(id, ask)
    expect(await untilEnded(id)).toMatchObject({ state: 'done', done: 1_100, total: 1_100 })
    await untilNothingIsOwed()
    expect(await northwind.timeline.about(company)).toEqual(before)
    expect(await (await startExport(globex)).rest()).toBeGreaterThanOrEqual(3_000)
    expect(stack.died).toEqual([])
  }, 90_000)
})

/** Shows a line of a side so many times more, with 18 MB of words: more than waits on the way to somebody who does not read. */
async function copyLines(side: Side, count: number): Promise<void> {
  await rows(
    `insert into activity select (jsonb_populate_record(null::activity, to_jsonb(a) || jsonb_build_object('detail', repeat('word ', 1200), 'id', gen_random_uuid(), 'occurred_at', a.occurred_at - make_interval(secs => n)))).*
     from (select * from activity where connection_id = $1 limit 1) a, generate_series(1, $2::int) n`,
    side.connectionId,
    count,
  )
}

/** Begins an export and takes a little of it; `rest` takes the rest and counts all lines. */
async function startExport(side: Side): Promise<{ rest(): Promise<number> }> {
  const response = await fetch(`${stack.urls.api}/v1/timeline/export?format=ndjson`, { headers: { authorization: `Bearer ${side.token}` } })
  expect(response.status).toBe(200)
  const reader = response.body?.getReader()
  if (!reader) throw new Error('The export has no body.')
  const lines = (chunk: Uint8Array | undefined) => chunk?.reduce((count, byte) => count + (byte === 10 ? 1 : 0), 0) ?? 0
  let count = lines((await reader.read()).value)
  return {
    async rest() {
      for (let part = await reader.read(); !part.done; part = await reader.read()) count += lines(part.value)
      return count
    },
  }
}

describe('the queue', () => {
  test('that is away when a run is asked for, and empty when it comes back, costs time and nothing else', async () => {
    await pool.query('alter schema bullmq rename to bullmq_away')
    const { id } = await northwind.admin.read(accepted, 'POST', `${place(northwind)}/refresh`)
    const company = await newCompany(northwind, 'Nobody Was Told')
    await eventually(
      () => rows('select from delivery where connection_id = $1 and due_at is not null', northwind.connectionId),
      owed => owed.length > 0,
    )
    await pool.query('alter schema bullmq_away rename to bullmq')
    await emptyQueue()
    // Overdue at once: what the sweeper finds.
    await rows(`update run set due_at = now() - interval '1 minute' where id = $1 and due_at is not null`, id)
    await rows(
      `update delivery set due_at = now() - interval '1 minute' where connection_id = $1 and due_at is not null`,
      northwind.connectionId,
    )
    expect(await untilEnded(id)).toMatchObject({ state: 'done', attempts: 1 })
    await northwind.timeline.until(company, lines => lines.length === 1)
  }, 60_000)
})

describe.each([
  ['a storm of 429', { rate_limit_storm: { retry_in_s: 0 } }],
  ['nothing but 503', { server_errors: {} }],
])('while Attio answers %s', (_, switches) => {
  test('a check changes nothing, a refresh waits and ends well once Attio is back', async () => {
    await faults(northwind, switches)
    const [before] = await rows<{ at: Date }>('select checked_at as at from connection where id = $1', northwind.connectionId)
    await checkNow(northwind)
    const ask = () => northwind.admin.read(accepted, 'POST', `${place(northwind)}/refresh`)
    const { id } = await ask()
    await eventually(
      () => storedRun(id),
      ({ state, error }) => state === 'waiting' && error === 'Attio does not answer',
    )
    await eventually(
      () => rows<{ later: boolean }>(`select check_due_at > now() as later from connection where id = $1`, northwind.connectionId),
      ([row]) => row?.later === true,
    )
    expect(await rows('select checked_at as at from connection where id = $1', northwind.connectionId)).toEqual([before])
    expect(await connectionsOf(northwind)).toMatchObject([{ state: 'connected', state_reason: null }])
    await heal(northwind)
    await takeUp(id, ask)
    expect(await untilEnded(id)).toMatchObject({ state: 'done', error: null })
  }, 60_000)
})

describe('an erasure', () => {
  test('whose resolver is killed twice, while Attio is away and while lines go, takes everything in the end, and the workspace can be connected anew', async () => {
    const was = globex.connectionId
    // There is nothing to hint once the connection is gone: then the sweeper finds the run.
    const ask = () => globex.admin.call('DELETE', `${place(globex)}?erase=true`)
    await faults(globex, { server_errors: {} })
    const { id } = accepted.parse((await ask()).json)
    await eventually(
      () => storedRun(id),
      ({ state }) => state === 'waiting',
    )
    expect(await connectionsOf(globex)).toMatchObject([{ state: 'connected' }])
    await replaceResolver()
    await takeUp(id, ask)
    await eventually(
      () => storedRun(id),
      ({ steps }) => steps.some(({ name, state }) => name === 'deliveries' && state === 'done'),
    )
    await replaceResolver()
    await takeUp(id, ask)
    await eventually(
      () => storedRun(id),
      ({ steps }) => steps.some(({ name, state }) => name === 'connection' && state === 'done'),
    )
    // What the gateway may still take for endpoints it has not forgotten need not be waited for here.
    await eventually(
      async () => {
        await rows(
          `update run set position = '{ "shutOutAt": 0 }', due_at = now() - interval '1 minute' where id = $1 and due_at > now()`,
          id,
        )
        return await storedRun(id)
      },
      ({ state }) => state === 'done' || state === 'failed',
    )
    expect(await storedRun(id)).toMatchObject({ state: 'done', error: null })
    for (const table of ['delivery', 'event', 'activity', 'label', 'member', 'webhook']) {
      expect([table, await rows(`select from ${table} where connection_id = $1`, was)]).toEqual([table, []])
    }
    expect(await connectionsOf(globex)).toEqual([])
    expect((await webhooks(globex)).remote).toEqual([])
    globex.connectionId = await connect(globex)
    expect(globex.connectionId).not.toBe(was)
    await untilTwoWebhooks(globex)
  }, 90_000)
})
