import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { migrate, openDatabase, tenantOf } from '@worksights/database'
import { startEmbeddedPostgres, startGuardian } from '@worksights/dev-stack'
import { exportTexts, sendTexts } from '../src/export/send.ts'
import { insertConnection, insertLine, insertMember } from '../src/testing/lines.ts'

/*
 * What an export costs this process: its heap while many lines go out, to a reader that takes them as fast as they come, and to one that dawdles. The heap
 * is counted after a collection, so that it is what is held and not what lies about.
 */

const usage = 'Usage: npm run bench -- export [--lines 50000] [--json]\n'
const { values: flags } = parseArgs({
  options: {
    lines: { type: 'string', default: '50000' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h' },
  },
})
setFlagsFromString('--expose-gc')
if (flags.help) process.stdout.write(usage)
else await measure(Number(flags.lines), runInNewContext('gc'))

async function measure(lines: number, collect: () => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'worksights-bench-'))
  const guardian = startGuardian()
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), durable: false, guardian, log: () => {} })
  try {
    await migrate(postgres.url)
    const owner = openDatabase({ url: postgres.url, applicationName: 'bench' })
    const crowd = await insertConnection(owner, 'crowd')
    await insertMember(owner, crowd, { id: 'ada' })
    const id = await insertLine(owner.pool, crowd, { memberId: 'ada', detail: 'Updated Stage, Deal Value and 3 more '.repeat(8) })
    await owner.pool.query(
      `insert into activity select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'occurred_at',
         a.occurred_at - make_interval(secs => n)))).* from activity a, generate_series(1, $2::int - 1) n where a.id = $1`,
      [id, lines],
    )
    await owner.pool.query('vacuum analyze')
    const url = new URL(postgres.url)
    url.username = 'bench_api'
    url.password = randomBytes(12).toString('hex')
    await owner.pool.query(`create role bench_api login password '${url.password}' in role worksights_api`)
    const database = openDatabase({ url: url.href, applicationName: 'bench' })
    const tenant = tenantOf(database, crowd.organizationId)
    const results: Record<string, unknown>[] = []
    for (const format of ['ndjson', 'csv'] as const) {
      for (const dawdleMs of [0, 5]) {
        collect()
        const before = process.memoryUsage().heapUsed
        let [bytes, chunks, most] = [0, 0, 0]
        const reader = new Writable({
          async write(chunk: Buffer, _encoding, done) {
            bytes += chunk.length
            chunks += 1
            if (chunks % 10 === 0) {
              collect()
              most = Math.max(most, process.memoryUsage().heapUsed - before)
            }
            if (dawdleMs) await pause(dawdleMs)
            done()
          },
        })
        const started = performance.now()
        await sendTexts(
          exportTexts(tenant, { format, filters: {} }, async () => {}),
          reader,
        )
        const seconds = (performance.now() - started) / 1_000
        results.push({
          format,
          reader: dawdleMs ? 'dawdles' : 'quick',
          lines,
          megabytes: mega(bytes),
          heap_growth_mb: mega(most),
          seconds: +seconds.toFixed(1),
        })
      }
    }
    await Promise.all([database.close(), owner.close()])
    if (flags.json) process.stdout.write(`${JSON.stringify(results)}\n`)
    else console.table(results)
  } finally {
    await postgres.stop()
    await guardian.dismiss()
    await rm(folder, { recursive: true, force: true })
  }
}

function mega(bytes: number): number {
  return +(bytes / 1024 / 1024).toFixed(1)
}
