import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import pg from 'pg'
import { type Guardian, startGuardian } from '../processes/guardian.ts'
import { waitUntilGone } from '../processes/process-table.ts'
import { removeCluster } from './cluster.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts'

let dataDir: string
let guardian: Guardian
let logged: string[]
const running: EmbeddedPostgres[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'embedded-'))
  guardian = startGuardian()
  logged = []
})

afterEach(async () => {
  for (const postgres of running.splice(0)) await postgres.stop()
  await guardian.dismiss()
  await removeCluster(dataDir)
  await rm(dataDir, { recursive: true, force: true })
})

async function start(port?: number): Promise<EmbeddedPostgres> {
  const log = (line: string) => logged.push(line)
  const postgres = await startEmbeddedPostgres({ dataDir, durable: false, guardian, log, ...(port === undefined ? {} : { port }) })
  running.push(postgres)
  return postgres
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

test('what was stored is there after a stop and a start, and the cluster is made only once', async () => {
  const first = await start()
  await query(first.url, "CREATE TABLE kept AS SELECT 'still here' AS word")
  await first.stop()
  const second = await start()
  expect(await query(second.url, 'SELECT word FROM kept')).toEqual([{ word: 'still here' }])
  expect(logged).toEqual(['creating the database cluster'])
})

test('a server left by a killed owner, guardian and all, is replaced and loses nothing', async () => {
  const first = await start()
  await query(first.url, "CREATE TABLE kept AS SELECT 'still here' AS word")
  const second = await start()
  expect(await waitUntilGone(first.pid, 0)).toBe(true)
  expect(logged.at(-1)).toContain(`process ${first.pid}`)
  expect(await query(second.url, 'SELECT word FROM kept')).toEqual([{ word: 'still here' }])
})

test('a lock file whose process number now belongs to another program does not stop the start', async () => {
  const first = await start()
  const lock = await readFile(join(dataDir, 'cluster/postmaster.pid'), 'utf8')
  await first.stop()
  await writeFile(join(dataDir, 'cluster/postmaster.pid'), lock.replace(String(first.pid), String(process.pid)))
  const second = await start()
  expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a busy port is left to its holder and another one is taken', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => holder.once('listening', resolve))
  const address = holder.address()
  const port = typeof address === 'object' && address ? address.port : 0
  try {
    const postgres = await start(port)
    expect(postgres.port).not.toBe(port)
    expect(await query(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  } finally {
    holder.close()
  }
})

test('nobody gets in without the password, nor from outside this machine', async () => {
  const postgres = await start()
  const wrong = new URL(postgres.url)
  wrong.password = 'password'
  await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/)
  expect((await stat(join(dataDir, 'password'))).mode & 0o777).toBe(0o600)
  const outside = Object.values(networkInterfaces())
    .flatMap(addresses => addresses ?? [])
    .filter(address => !address.internal && address.family === 'IPv4')
  for (const { address } of outside) {
    const url = new URL(postgres.url)
    url.hostname = address
    await expect(query(url.href, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/)
  }
  expect(await query(postgres.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
})

test('when its owner is killed with SIGKILL the server ends by itself, in the orderly way', async () => {
  const owner = fileURLToPath(new URL('./testing-owner.ts', import.meta.url))
  const child = spawn(process.execPath, [owner, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const line = await new Promise<string>(resolve => child.stdout.once('data', data => resolve(String(data))))
  const pid = Number(line)
  child.kill('SIGKILL')
  expect(await waitUntilGone(pid, 20_000)).toBe(true)
  expect(await readFile(join(dataDir, 'server.log'), 'utf8')).toContain('database system is shut down')
})
