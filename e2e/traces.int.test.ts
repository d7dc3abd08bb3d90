import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connectWorkspace, mintToken, openApi } from '@worksights/dev-stack'
import { type MortalProcess, type MortalStack, startMortalStack } from '@worksights/dev-stack/mortal-stack'
import pg from 'pg'
import { z } from 'zod'
import { adminOf, eventually } from './harness/admin.ts'
import { type TimelineApi, timelineApi } from './harness/api.ts'
import { type Collector, type Span, startCollector } from './harness/collector.ts'
import { idOf, openSimulator, type Simulator } from './harness/simulator.ts'

/*
 * One trace from Attio's post to the line on an open stream, through every process and both queues; and through the sweeper where the queues lost everything.
 */

const ada = 'ada.lovelace@northwind.example'
const settings = {
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  OTEL_TRACES_SAMPLER: 'parentbased_always_on',
  OTEL_BSP_SCHEDULE_DELAY: '100',
  OTEL_METRIC_EXPORT_INTERVAL: '1000',
}
const before = { ...process.env }

let collector: Collector
let stack: MortalStack
let pool: pg.Pool
let resolver: MortalProcess
let timeline: TimelineApi
let attio: Simulator
let token: string
const reading = new AbortController()

beforeAll(async () => {
  collector = await startCollector()
  Object.assign(process.env, settings, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })
  stack = await startMortalStack()
  pool = new pg.Pool({ connectionString: stack.databaseUrl, max: 2 })
  const [first] = await Promise.all((['resolver', 'api', 'gateway', 'coalescer'] as const).map(service => stack.start(service)))
  if (!first) throw new Error('Not everything was started.')
  resolver = first
  token = await mintToken(stack.urls.identity, ada)
  await adminOf(stack.urls.api, token).read(z.unknown(), 'POST', '/v1/users', { users: [{ email: ada, name: 'Ada Lovelace' }] })
  attio = await openSimulator(stack.urls.attio)
  timeline = timelineApi(stack.urls.api, token)
  await connectWorkspace(
    openApi(stack.urls.api, async () => token),
    'northwind',
  )
  const stream = await fetch(`${stack.urls.api}/v1/timeline/stream`, {
    headers: { authorization: `Bearer ${token}` },
    signal: reading.signal,
  })
  expect(stream.status).toBe(200)
  void stream.text().catch(() => {})
}, 120_000)
afterAll(async () => {
  reading.abort()
  await pool?.end()
  await stack?.stop()
  await collector?.close()
  for (const name of Object.keys(process.env)) if (name.startsWith('OTEL_') && before[name] === undefined) delete process.env[name]
}, 60_000)

async function newCompany(name: string): Promise<string> {
  return idOf(await attio.write('POST', '/v2/objects/companies/records', ada, { values: { name } }), 'record_id')
}
/** The trace in which the delivery that tells of a record came, once all of `names` are in it. */
async function traceOf(record: string, names: readonly string[]): Promise<Span[]> {
  const { rows } = await pool.query<{ trace: string | null }>(
    `select trace_context as trace from delivery where position(convert_to($1, 'utf8') in body) > 0 order by received_at limit 1`,
    [record],
  )
  const id = rows[0]?.trace?.split('-')[1]
  expect(id).toMatch(/^[0-9a-f]{32}$/)
  return await eventually(
    async () => collector.spans.filter(span => span.traceId === id),
    spans => names.every(name => spans.some(span => span.name === name)),
  )
}
const posted = 'POST /webhooks/attio/:endpointId'
const ours = [posted, 'resolve delivery', 'coalesce delivery', 'stream activity']

test('a post, its resolving, its line and the sending of that on a stream are one trace, with what the queues did between them', async () => {
  const record = await newCompany('Traced Ltd')
  await timeline.until(record, lines => lines.length > 0)
  const spans = await traceOf(record, [...ours, 'process resolve', 'process coalesce'])
  const named = (name: string) => spans.find(span => span.name === name)
  expect(ours.map(name => named(name)?.service)).toEqual(['ingest-gateway', 'resolver-worker', 'coalescer-worker', 'timeline-api'])
  const post = named(posted)
  for (const name of ours.slice(1)) expect(named(name)?.parentSpanId).toBe(post?.spanId)
  const ids = new Set(ours.slice(0, 3).map(name => named(name)?.attributes['worksights.delivery.id']))
  expect([...ids]).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)])
  expect(post?.attributes).toMatchObject({ 'http.request.method': 'POST', 'http.response.status_code': 200 })
  expect(spans.map(span => span.name)).toEqual(expect.arrayContaining([expect.stringMatching(/^pg\.query:insert-deliveries/)]))
})

test('where the queues lost everything, what the sweeper finds goes on in the trace of its post', async () => {
  await resolver.kill()
  const record = await newCompany('Swept Ltd')
  await eventually(
    async () => (await pool.query(`select from delivery where state = 'received'`)).rowCount ?? 0,
    waiting => waiting > 0,
  )
  const tables = await pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'bullmq' and tablename like '%job%'`,
  )
  await pool.query(`truncate ${tables.rows.map(({ name }) => `bullmq."${name}"`).join(', ')} cascade`)
  // The sweeper leaves to the queues what has not been due for long.
  await pool.query(`update delivery set due_at = now() - interval '1 minute' where due_at is not null`)
  await stack.start('resolver')
  await timeline.until(record, lines => lines.length > 0)
  const spans = await traceOf(record, ours)
  expect(spans.find(span => span.name === 'resolve delivery')?.parentSpanId).toBe(spans.find(span => span.name === posted)?.spanId)
  expect(spans.some(span => span.name === 'process resolve')).toBe(false)
})

test('the polling for streams is no part of the trace of whoever opened the first', async () => {
  reading.abort()
  const [stream] = await eventually(
    async () => collector.spans.filter(span => span.attributes['http.route'] === '/v1/timeline/stream'),
    spans => spans.length > 0,
  )
  const queries = collector.spans.filter(span => span.traceId === stream?.traceId && span.name.startsWith('pg.query'))
  expect(queries.length).toBeGreaterThan(0)
  // It was open for seconds, and five times a second the feed is read.
  expect(queries.length).toBeLessThan(15)
})

test('a call to Attio is one span, without ids in its address', () => {
  const calls = collector.spans.filter(span => span.attributes['url.full'] !== undefined)
  expect(calls.length).toBeGreaterThan(0)
  expect(
    calls.filter(({ traceId, parentSpanId }) => calls.some(other => other.traceId === traceId && other.spanId === parentSpanId)),
  ).toEqual([])
  for (const call of calls) expect(call.attributes['url.full']).toMatch(/^https?:\/\/[^/]+$/)
})

test('no address, token, code or payload is in what is sent', async () => {
  const { rows } = await pool.query<{ endpoint: string }>('select endpoint_id as endpoint from webhook')
  expect(rows.length).toBeGreaterThan(0)
  const all = collector.bodies.join('\n')
  for (const { endpoint } of rows) expect(all).not.toContain(endpoint)
  expect(all).not.toContain(token)
  expect(all).not.toMatch(/code=|state=|Traced Ltd|Swept Ltd|Bearer /)
})

test('metrics are pushed to the same place by every service', async () => {
  const services = ['ingest-gateway', 'resolver-worker', 'coalescer-worker', 'timeline-api']
  const names = await eventually(
    async () => collector.metrics,
    metrics => services.every(service => metrics.has(service)),
  )
  expect(names.get('ingest-gateway')).toContain('worksights.deliveries.received')
  expect(names.get('coalescer-worker')).toContain('worksights.delivery.visible.duration')
})
