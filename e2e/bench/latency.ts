import { setTimeout as pause } from 'node:timers/promises'
import { Command } from 'commander'
import { createParser } from 'eventsource-parser'
import { z } from 'zod'
import { startWholeStack } from '../harness/stack.ts'
import { ask, openLoad, type Sent as Posted } from './load.ts'

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

const say = (text: string) => void process.stderr.write(`${text}\n`)
const page = z.object({ data: z.array(z.object({ subject: z.object({ id: z.string() }) })), stream_cursor: z.string() })
const streamed = z.object({ subject: z.object({ id: z.string() }) })

type Sent = Posted & { listed?: number; pushed?: number }

say('Starting everything …')
const stack = await startWholeStack({ LOG_LEVEL: 'warn' })
try {
  process.exitCode = await benchmark()
} finally {
  await stack.stop()
}

/** Reads the newest page over and over and notes when each record first stands in it. */
async function watchList(waiting: Map<string, Sent>, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const { data } = await ask(stack, `${stack.info.urls.api}/v1/timeline?limit=200`, page)
    const now = performance.now()
    for (const { subject } of data) {
      const sent = waiting.get(subject.id)
      if (sent) sent.listed ??= now
    }
    await pause(5)
  }
}

async function readAgain(waiting: Map<string, Sent>): Promise<void> {
  const { data } = await ask(stack, `${stack.info.urls.api}/v1/timeline?limit=200`, page)
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
  const load = await openLoad(stack)
  const total = rate * seconds
  say(`Making ${total} records in ${load.connections} workspaces …`)
  const all: Sent[] = await load.makeRecords(total)
  const waiting = new Map(all.map(sent => [sent.recordId, sent]))
  const stop = new AbortController()
  const { stream_cursor: cursor } = await ask(stack, `${stack.info.urls.api}/v1/timeline?limit=1`, page)
  const watching = [watchList(waiting, stop.signal), watchStream(cursor, waiting, stop.signal)].map(work => work.catch(() => {}))
  say(`Posting ${rate} deliveries a second for ${seconds} s …`)
  await load.post(all, rate)
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
    connections: load.connections,
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
      `${[`${total} deliveries, ${rate}/s over ${load.connections} connections, ${missing} missing`, row('POST → in GET /v1/timeline', result.listed_ms), row('POST → on the live stream', result.pushed_ms)].join('\n')}\n`,
    )
  }
  return missing === 0 ? 0 : 1
}
