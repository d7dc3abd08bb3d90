import { createHmac, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { connectWorkspace, openApi } from '@worksights/dev-stack'
import { Command } from 'commander'
import { createParser } from 'eventsource-parser'
import pg from 'pg'
import { z } from 'zod'
import { startWholeStack } from '../harness/stack.ts'

/*
 * How long a change in Attio takes to be on the timeline: from the POST of its webhook to the line being in GET /v1/timeline, and to its arrival on the
 * live stream. Every delivery tells of a record that was never seen before, so each costs a look-up at (the simulated) Attio. Everything runs on this
 * machine: the benchmark, Attio, Postgres, queues on it, and every service.
 */

const options = new Command('npm run bench -- latency')
  .description(
    'Time from the POST of a webhook to its line being visible, at a steady rate over four connections, on the embedded default.',
  )
  .option('--rate <n>', 'deliveries a second, over all connections', '50')
  .option('--seconds <n>', 'how long', '20')
  .option('--json', 'print one JSON object')
  .parse()
  .opts<{ rate: string; seconds: string; json?: boolean }>()
const rate = z.coerce.number().int().min(1).max(1_000).parse(options.rate)
const seconds = z.coerce.number().int().min(1).max(600).parse(options.seconds)

const ada = 'ada.lovelace@northwind.example'
const say = (text: string) => void process.stderr.write(`${text}\n`)
const webhooks = z.object({ webhooks: z.array(z.looseObject({ target_url: z.string(), secret: z.string() })) })
const workspace = z.object({ objects: z.record(z.string(), z.string()), members: z.array(z.object({ id: z.string(), email: z.string() })) })
const page = z.object({ data: z.array(z.object({ subject: z.object({ id: z.string() }) })), stream_cursor: z.string() })
const streamed = z.object({ subject: z.object({ id: z.string() }) })

type Target = { slug: string; url: string; secret: string; companies: string; member: string }
type Sent = { recordId: string; at: number; listed?: number; pushed?: number }

say('Starting everything …')
const stack = await startWholeStack({ LOG_LEVEL: 'warn' })
try {
  process.exitCode = await benchmark()
} finally {
  await stack.stop()
}

async function ask<T>(url: string, schema: z.ZodType<T>, body?: object, method = body ? 'POST' : 'GET'): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${stack.info.organizations.northwind.admin.token}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${await response.text()}`)
  return schema.parse(await response.json())
}

/** Four workspaces of one organisation, connected as an admin does it, each with the webhook its records are told through. */
async function connectTargets(): Promise<Target[]> {
  const { attio, api } = stack.info.urls
  const admin = openApi(api, async () => stack.info.organizations.northwind.admin.token)
  const slugs = ['northwind', 'latency-2', 'latency-3', 'latency-4']
  for (const slug of slugs.slice(1)) {
    const members = [{ first: 'Ada', last: 'Lovelace', email: ada, access: 'admin' }]
    await ask(`${attio}/_simulator/workspaces`, z.unknown(), { slug, members })
    await connectWorkspace(admin, slug)
  }
  const pool = new pg.Pool({ connectionString: stack.info.database_url, max: 1 })
  const { rows } = await pool.query<{ endpoint_id: string; workspace_slug: string }>(
    `select endpoint_id, workspace_slug from webhook w join connection c on c.id = w.connection_id where purpose = 'records'`,
  )
  await pool.end()
  const secrets = await ask(`${attio}/_simulator/webhooks`, webhooks)
  return await Promise.all(
    slugs.map(async slug => {
      const { objects, members } = await ask(`${attio}/_simulator/workspaces/${slug}`, workspace)
      const endpoint = rows.find(row => row.workspace_slug === slug)?.endpoint_id ?? ''
      const webhook = secrets.webhooks.find(item => item.target_url.endsWith(endpoint))
      const member = members.find(item => item.email === ada)
      if (!webhook || !member) throw new Error(`The workspace ${slug} is not connected as expected.`)
      return { slug, url: webhook.target_url, secret: webhook.secret, companies: objects.companies ?? '', member: member.id }
    }),
  )
}

async function deliver(target: Target, sent: Sent): Promise<void> {
  const id = { workspace_id: target.slug, object_id: target.companies, record_id: sent.recordId }
  const event = { event_type: 'record.created', id, actor: { type: 'workspace-member', id: target.member } }
  const body = JSON.stringify({ webhook_id: randomUUID(), events: [event] })
  const signature = createHmac('sha256', target.secret).update(body).digest('hex')
  sent.at = performance.now()
  const response = await fetch(target.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'attio-signature': signature, 'idempotency-key': randomUUID() },
    body,
  })
  await response.arrayBuffer()
  if (response.status !== 200) throw new Error(`The gateway answered ${response.status}.`)
}

/** Reads the newest page over and over and notes when each record first stands in it. */
async function watchList(waiting: Map<string, Sent>, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const { data } = await ask(`${stack.info.urls.api}/v1/timeline?limit=200`, page)
    const now = performance.now()
    for (const { subject } of data) {
      const sent = waiting.get(subject.id)
      if (sent) sent.listed ??= now
    }
    await pause(5)
  }
}

async function readAgain(waiting: Map<string, Sent>): Promise<void> {
  const { data } = await ask(`${stack.info.urls.api}/v1/timeline?limit=200`, page)
  for (const { subject } of data) {
    const sent = waiting.get(subject.id)
    if (sent) sent.pushed ??= performance.now()
  }
}

async function watchStream(cursor: string, waiting: Map<string, Sent>, stop: AbortSignal): Promise<void> {
  const response = await fetch(`${stack.info.urls.api}/v1/timeline/stream?cursor=${encodeURIComponent(cursor)}`, {
    headers: { authorization: `Bearer ${stack.info.organizations.northwind.admin.token}` },
    signal: stop,
  })
  const parser = createParser({
    onEvent(event) {
      // A reset stands for every line it overtook: who reads a stream reads the list again, as the guide of the API says.
      if (event.event === 'reset') void readAgain(waiting)
      if (event.event !== 'activity') return
      const sent = waiting.get(streamed.parse(JSON.parse(event.data)).subject.id)
      if (sent) sent.pushed ??= performance.now()
    },
  })
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) parser.feed(decoder.decode(chunk, { stream: true }))
}

function percentiles(values: number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN) * 10) / 10
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) }
}

async function benchmark(): Promise<number> {
  const targets = await connectTargets()
  const total = rate * seconds
  const all: Sent[] = Array.from({ length: total }, () => ({ recordId: randomUUID(), at: 0 }))
  const targetOf = (place: number) => targets[place % targets.length] as Target
  say(`Making ${total} records in four workspaces …`)
  for (const [place, { recordId }] of all.entries()) {
    const url = `${stack.info.urls.attio}/_simulator/workspaces/${targetOf(place).slug}/records/${recordId}`
    await ask(url, z.unknown(), { object: 'companies', values: { name: `Company ${place}` } }, 'PUT')
  }
  const waiting = new Map(all.map(sent => [sent.recordId, sent]))
  const stop = new AbortController()
  const { stream_cursor: cursor } = await ask(`${stack.info.urls.api}/v1/timeline?limit=1`, page)
  const watching = [watchList(waiting, stop.signal), watchStream(cursor, waiting, stop.signal)].map(work => work.catch(() => {}))
  say(`Posting ${rate} deliveries a second for ${seconds} s …`)
  const started = performance.now()
  const posts = []
  for (const [place, sent] of all.entries()) {
    const due = started + (place * 1_000) / rate
    if (due > performance.now()) await pause(due - performance.now())
    posts.push(deliver(targetOf(place), sent))
  }
  await Promise.all(posts)
  const deadline = performance.now() + 30_000
  const isThere = (sent: Sent) => sent.listed !== undefined && sent.pushed !== undefined
  while (!all.every(isThere) && performance.now() < deadline) await pause(50)
  stop.abort()
  await Promise.all(watching)
  const missing = all.filter(sent => !isThere(sent)).length
  const since = (key: 'listed' | 'pushed') => percentiles(all.flatMap(sent => (sent[key] === undefined ? [] : [sent[key] - sent.at])))
  const result = {
    rate,
    seconds,
    connections: targets.length,
    deliveries: total,
    missing,
    listed_ms: since('listed'),
    pushed_ms: since('pushed'),
  }
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`)
  else {
    const row = (name: string, of: ReturnType<typeof percentiles>) =>
      `${name.padEnd(34)} p50 ${of.p50} ms   p90 ${of.p90} ms   p99 ${of.p99} ms   max ${of.max} ms`
    process.stdout.write(
      `${[`${total} deliveries, ${rate}/s over ${targets.length} connections, ${missing} missing`, row('POST → in GET /v1/timeline', result.listed_ms), row('POST → on the live stream', result.pushed_ms)].join('\n')}\n`,
    )
  }
  return missing === 0 ? 0 : 1
}
