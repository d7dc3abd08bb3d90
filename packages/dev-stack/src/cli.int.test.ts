import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { z } from 'zod'
import { removeCluster } from './postgres/cluster.ts'
import { isAlive, waitUntilGone } from './processes/process-table.ts'

// The whole of `npm start`, started and stopped as people do it.

jest.setTimeout(180_000)
const root = fileURLToPath(new URL('../../../', import.meta.url))
const info = z.looseObject({
  processes: z.record(z.string(), z.number()),
  urls: z.looseObject({ api: z.url() }),
  webhook_endpoint: z.url(),
  organizations: z.record(z.string(), z.record(z.string(), z.looseObject({ email: z.string(), token: z.string() }))),
})

let folder: string
let output: string
let child: ChildProcess | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'npm-start-'))
  output = ''
})

afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  await removeCluster(join(folder, 'data/postgres'))
  await rm(folder, { recursive: true, force: true })
})

function start(...flags: string[]): ChildProcess {
  const args = ['packages/dev-stack/src/cli.ts', '--data', join(folder, 'data'), '--info-file', join(folder, 'info.json'), ...flags]
  child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (output += String(chunk)))
  return child
}

async function ready(started: ChildProcess): Promise<z.infer<typeof info>> {
  const file = join(folder, 'info.json')
  while (!(await stat(file).catch(() => null))) {
    if (started.exitCode !== null) throw new Error(`npm start ended with ${started.exitCode}:\n${output}`)
    await pause(50)
  }
  return info.parse(JSON.parse(await readFile(file, 'utf8')))
}

async function living(processes: Record<string, number>): Promise<string[]> {
  const gone = await Promise.all(Object.entries(processes).map(async ([name, pid]) => [name, await waitUntilGone(pid, 60_000)] as const))
  return gone.flatMap(([name, isGone]) => (isGone ? [] : [name]))
}

test('the working day is played, and every expected line is there and no other', async () => {
  const started = start('--once')
  const { processes } = await ready(started)
  const [code] = await once(started, 'exit')
  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' })
  expect(await living(processes)).toEqual([])
})

test('Ctrl-C stops every process, npm passing it on twice or not, and takes the info file away', async () => {
  const started = start('--no-scenario')
  const { processes, organizations, webhook_endpoint, urls } = await ready(started)
  expect(Object.keys(processes).sort()).toEqual([
    'api',
    'coalescer',
    'frontend',
    'gateway',
    'identity',
    'postgres',
    'resolver',
    'simulator',
  ])
  expect(webhook_endpoint).toMatch(/\/webhooks\/attio\/[\w-]{20,}$/)
  for (const [organization, people] of Object.entries(organizations)) {
    for (const [role, { token }] of Object.entries(people)) {
      const me = await fetch(`${urls.api}/v1/me`, { headers: { authorization: `Bearer ${token}` } })
      expect(await me.json()).toMatchObject({ role, organization: { external_id: organization } })
    }
  }
  started.kill('SIGINT')
  started.kill('SIGINT')
  const [code] = await once(started, 'exit')
  expect(code).toBe(0)
  expect(Object.values(processes).filter(isAlive)).toEqual([])
  expect(await stat(join(folder, 'info.json')).catch(() => null)).toBeNull()
})

test('after kill -9 nothing stays running, and the next start works on the same data, with the usual port taken by somebody else', async () => {
  const first = start('--no-scenario')
  const { processes } = await ready(first)
  first.kill('SIGKILL')
  await once(first, 'exit')
  expect(await living(processes)).toEqual([])
  await rm(join(folder, 'info.json'))
  const holder = createServer().listen(4000, '127.0.0.1')
  await once(holder, 'listening').catch(() => {}) // either way the port is busy
  try {
    const { urls } = await ready(start('--no-scenario'))
    expect(new URL(urls.api).port).not.toBe('4000')
    expect(output).toContain('Port 4000 is busy')
  } finally {
    holder.close()
  }
})

test('when a service dies everything else is stopped and the exit code says so', async () => {
  const started = start('--no-scenario')
  const { processes } = await ready(started)
  const { gateway = 0 } = processes
  process.kill(gateway, 'SIGKILL')
  const [code] = await once(started, 'exit')
  expect(code).toBe(1)
  expect(output).toContain('gateway (SIGKILL) ended by itself')
  expect(Object.values(processes).filter(isAlive)).toEqual([])
})
