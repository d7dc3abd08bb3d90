import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { type Database, migrate, openDatabase } from '@worksights/database'
import { startEmbeddedPostgres, startGuardian } from '@worksights/dev-stack'
import { migrateQueues } from '@worksights/queues'
import { createKeyRing } from '@worksights/runtime'
import { addEndpoint, recordUpdated } from '../src/testing/endpoints.ts'
import { startGatewayProcess } from '../src/testing/process.ts'
import { type LoadPlan, type LoadResult, loadResult } from './load-plan.ts'

/*
 * How fast the gateway takes deliveries in, beside an Express that only reads the body and answers 200: same machine, same load, one after the other in
 * one run. The gateway is the real process with its defaults, on a Postgres that waits for the disk at every commit, its queue in the same database.
 * Afterwards every 200 must be a row.
 */

const usage = `Usage: npm run bench -- ingest [--json]

About 20 seconds. Exit code 1 if the gateway answered anything but 200, or if the rows stored are not as many as its 200 answers.

  --json  one JSON object instead of text
`
const { values: flags } = parseArgs({ options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } } })
if (flags.help) process.stdout.write(usage)
else process.exitCode = await benchmark()

async function benchmark(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'worksights-bench-'))
  const guardian = startGuardian()
  const stop: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true }), () => guardian.dismiss()]
  const started = (child: ChildProcess) => {
    if (child.pid !== undefined) guardian.watch(child.pid, 'SIGTERM')
    stop.push(() => ended(child))
    return child
  }
  try {
    const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), durable: true, guardian, log: () => {} })
    stop.push(() => postgres.stop())
    await migrate(postgres.url)
    await migrateQueues(postgres.url)
    const database = openDatabase({ url: postgres.url, applicationName: 'bench', max: 1 })
    stop.push(() => database.close())
    const encryptionKeys = `bench:${randomBytes(32).toString('base64')}`
    const targets = await addTargets(database, encryptionKeys)

    const gateway = await startGatewayProcess({
      ...{ DATABASE_URL: postgres.url, QUEUE_URL: postgres.url, ENCRYPTION_KEYS: encryptionKeys, NODE_ENV: 'production' },
      ENDPOINT_RATE_LIMIT: '1000000',
    })
    started(gateway.child)
    const bare = await startBare(started)
    const express = await measure({ url: bare, targets, keyPrefix: 'bare' }, 5)
    const measured = await measure({ url: gateway.url, targets, keyPrefix: 'gateway' }, 8)
    return report(express, measured, await countRows(database, 'gateway'))
  } finally {
    for (const step of stop.reverse()) await step()
  }
}

async function addTargets(database: Database, encryptionKeys: string): Promise<LoadPlan['targets']> {
  const keyRing = createKeyRing(encryptionKeys)
  const targets: LoadPlan['targets'] = []
  for (let count = 0; count < 4; count++) {
    const endpoint = await addEndpoint(database, keyRing)
    const body = recordUpdated()
    targets.push({ path: endpoint.path, body, signature: endpoint.sign(body) })
  }
  return targets
}

async function startBare(started: (child: ChildProcess) => ChildProcess): Promise<string> {
  const child = started(
    spawn(process.execPath, [here('bare.ts')], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env.PATH, NODE_ENV: 'production' },
    }),
  )
  if (!child.stdout) throw new Error('The output of bare Express is not there.')
  const [port] = await once(child.stdout, 'data')
  return `http://127.0.0.1:${String(port).trim()}`
}

/** Warms up, then posts about as many as fit into `seconds`. */
async function measure(target: Pick<LoadPlan, 'url' | 'targets' | 'keyPrefix'>, seconds: number): Promise<LoadResult> {
  const warm = await load({ ...target, keyPrefix: `warm-${target.keyPrefix}`, connections: 100, until: { seconds: 2 } })
  return await load({ ...target, connections: 100, until: { amount: Math.max(100, warm.perSecond * seconds) } })
}

async function load(plan: LoadPlan): Promise<LoadResult> {
  const { stdout } = await promisify(execFile)(process.execPath, [here('load.ts'), JSON.stringify(plan)])
  return loadResult.parse(JSON.parse(stdout))
}

/** Rows of the measured posts, each with a key of its own: a row that was repeated was posted twice. */
async function countRows(database: Database, keyPrefix: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    `select count(*)::int as count from delivery where idempotency_key like $1 and repeats = 0`,
    [`${keyPrefix}-%`],
  )
  return rows[0]?.count ?? 0
}

function report(express: LoadResult, gateway: LoadResult, rows: number): number {
  const ratio = Number((gateway.perSecond / express.perSecond).toFixed(3))
  const sound = rows === gateway.answered200 && gateway.otherwise === 0
  if (flags.json) {
    process.stdout.write(`${JSON.stringify({ gateway, express, ratio, rows_stored: rows, sound })}\n`)
  } else {
    const line = (name: string, { perSecond, p50, p99 }: LoadResult) =>
      `${name.padEnd(14)}${String(perSecond).padStart(7)} requests/s   p50 ${p50} ms   p99 ${p99} ms\n`
    process.stdout.write(line('gateway', gateway) + line('bare Express', express))
    process.stdout.write(`ratio         ${String(ratio).padStart(7)}\n`)
    process.stdout.write(`${rows} rows stored for ${gateway.answered200} answers of 200, ${gateway.otherwise} other answers or errors\n`)
    if (!sound) process.stdout.write('NOT SOUND: every 200 must be a row, and every post must be answered 200.\n')
  }
  return sound ? 0 : 1
}

function here(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url))
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
