import { setTimeout as pause } from 'node:timers/promises'
import { Command } from 'commander'
import pg from 'pg'
import { z } from 'zod'
import { type RunningStack, startWholeStack } from '../harness/stack.ts'
import { type Load, openLoad } from './load.ts'
import { type Use, useOf } from './processes.ts'

/*
 * What deliveries cost: CPU and memory of each service and of Postgres, and what Postgres keeps and writes, at several rates. Every delivery tells of a record
 * that was never seen before, so each costs a look-up at (the simulated) Attio: the dearest kind. Everything runs on this machine.
 */

const options = new Command('npm run bench -- capacity')
  .description('CPU, memory and database a delivery costs, at several rates, on the embedded default. Linux only.')
  .option('--rates <list>', 'deliveries a second, one run each', '10,25,50,100')
  .option('--seconds <n>', 'how long a run is', '30')
  .option('--json', 'print one JSON object')
  .parse()
  .opts<{ rates: string; seconds: string; json?: boolean }>()
const rates = options.rates.split(',').map(rate => z.coerce.number().int().min(1).max(1_000).parse(rate))
const seconds = z.coerce.number().int().min(5).max(600).parse(options.seconds)

const say = (text: string) => void process.stderr.write(`${text}\n`)
const measured = ['gateway', 'resolver', 'coalescer', 'api', 'postgres'] as const
type Part = (typeof measured)[number]
type Snapshot = { uses: Record<Part, Use>; storedBytes: number; logBytes: number; visible: { all: number; inTime: number } }
type Run = {
  rate: number
  /** Thousandths of one core, above what the part uses where nothing happens. */
  millicores: Record<Part, number>
  memoryMb: Record<Part, number>
  withinASecond: number
  keptBytes: number
  writtenBytes: number
}

async function snapshot({ info }: RunningStack, pool: pg.Pool): Promise<Snapshot> {
  const uses = {} as Record<Part, Use>
  for (const part of measured) {
    const use = await useOf(info.processes[part] ?? -1)
    if (!use) throw new Error('Only Linux tells what a process uses: run this there, in a container for example.')
    uses[part] = use
  }
  const { rows } = await pool.query<{ stored: number; log: number }>(
    `select pg_database_size(current_database())::float8 as stored, (pg_current_wal_lsn() - '0/0')::float8 as log`,
  )
  const text = await (await fetch(`${info.admin_urls.coalescer}/metrics`)).text()
  const of = (le: string) =>
    Number(new RegExp(`worksights_delivery_visible_duration_seconds_bucket\\{le="${le}"\\} (\\S+)`).exec(text)?.[1] ?? 0)
  return { uses, storedBytes: rows[0]?.stored ?? 0, logBytes: rows[0]?.log ?? 0, visible: { all: of('\\+Inf'), inTime: of('1') } }
}

const each = (of: (part: Part) => number) => Object.fromEntries(measured.map(part => [part, of(part)])) as Record<Part, number>

async function quiet(pool: pg.Pool): Promise<void> {
  const deadline = performance.now() + 60_000
  for (;;) {
    const { rows } = await pool.query<{ owed: number }>(
      `select ((select count(*) from delivery where due_at is not null) + (select count(*) from event where due_at is not null))::int as owed`,
    )
    if (rows[0]?.owed === 0) return
    if (performance.now() > deadline)
      throw new Error(`After a minute ${rows[0]?.owed} deliveries and events are still to be worked: this rate is too high here.`)
    await pause(100)
  }
}

async function run(stack: RunningStack, pool: pg.Pool, load: Load, rate: number, idle: Record<Part, number>): Promise<Run> {
  say(`Making ${rate * seconds} records …`)
  const records = await load.makeRecords(rate * seconds)
  // What was written in memory so far is not to be this run's.
  await pool.query('checkpoint')
  const before = await snapshot(stack, pool)
  const started = performance.now()
  say(`Posting ${rate} deliveries a second for ${seconds} s …`)
  await load.post(records, rate)
  await quiet(pool)
  const took = (performance.now() - started) / 1_000
  const after = await snapshot(stack, pool)
  const all = after.visible.all - before.visible.all
  return {
    rate,
    millicores: each(part => Math.round(((after.uses[part].cpu - before.uses[part].cpu) / took) * 1_000 - idle[part])),
    memoryMb: each(part => Math.round(after.uses[part].memory / 1e6)),
    withinASecond: all === 0 ? Number.NaN : (after.visible.inTime - before.visible.inTime) / all,
    keptBytes: Math.round((after.storedBytes - before.storedBytes) / records.length),
    writtenBytes: Math.round((after.logBytes - before.logBytes) / records.length),
  }
}

function table(runs: readonly Run[], idle: Record<Part, number>): string {
  const cpu = (part: Part) => runs.map(({ millicores }) => `${millicores[part]} m`)
  const memory = (part: Part) => runs.map(({ memoryMb }) => `${memoryMb[part]} MB`)
  const rows = [
    ['deliveries a second', ...runs.map(({ rate }) => String(rate))],
    ['---', ...runs.map(() => '---')],
    ...measured.map(part => [`${part}: CPU (at rest ${idle[part]} m)`, ...cpu(part)]),
    ...measured.map(part => [`${part}: memory`, ...memory(part)]),
    ['visible within a second', ...runs.map(({ withinASecond }) => `${(withinASecond * 100).toFixed(1)} %`)],
    ['kept by Postgres, a delivery', ...runs.map(({ keptBytes }) => `${(keptBytes / 1_000).toFixed(1)} kB`)],
    ['written to its log, a delivery', ...runs.map(({ writtenBytes }) => `${(writtenBytes / 1_000).toFixed(1)} kB`)],
  ]
  return rows.map(row => `| ${row.join(' | ')} |`).join('\n')
}

say('Starting everything …')
const stack = await startWholeStack({ LOG_LEVEL: 'warn' })
const pool = new pg.Pool({ connectionString: stack.info.database_url, max: 1 })
try {
  const load = await openLoad(stack)
  say('A run to warm up, and a while at rest …')
  await load.post(await load.makeRecords(200), 20)
  await quiet(pool)
  const [before, restSeconds] = [await snapshot(stack, pool), 15]
  await pause(restSeconds * 1_000)
  const after = await snapshot(stack, pool)
  const idle = each(part => Math.round(((after.uses[part].cpu - before.uses[part].cpu) / restSeconds) * 1_000))
  const runs: Run[] = []
  for (const rate of rates) runs.push(await run(stack, pool, load, rate, idle))
  process.stdout.write(options.json ? `${JSON.stringify({ seconds, idle, runs })}\n` : `${table(runs, idle)}\n`)
} finally {
  await pool.end()
  await stack.stop()
}
