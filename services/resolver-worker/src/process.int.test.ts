import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'

let database: TestDatabase
const running: ChildProcess[] = []

beforeAll(async () => {
  database = await createTestDatabase()
})
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})
afterAll(() => database.drop())

const key = (fill: number) => Buffer.alloc(32, fill).toString('base64')

/** Starts the real process. */
function start(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', './telemetry.ts', 'index.ts'], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: {
      PATH: process.env.PATH,
      ...{ DATABASE_URL: database.workerUrl, QUEUE_URL: database.workerUrl, PUBLIC_GATEWAY_URL: 'https://hooks.example.com' },
      ...{ ADMIN_PORT: '0', ADMIN_HOST: '127.0.0.1', ...env },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  const output = { text: '' }
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', chunk => (output.text += chunk))
  return { child, output, exited: once(child, 'exit').then(([code]) => code as number | null) }
}

async function readiness(output: { text: string }): Promise<{ status: number; text: string }> {
  let listening = /"admin_port":(\d+)/.exec(output.text)
  while (!listening) {
    await pause(20)
    listening = /"admin_port":(\d+)/.exec(output.text)
  }
  const response = await fetch(`http://127.0.0.1:${listening[1]}/readyz`)
  return { status: response.status, text: await response.text() }
}

describe('the process', () => {
  test('with the keys of its database is ready, ends with 0 when told to, and with another key under the id names it and exits 1', async () => {
    const first = start({ ENCRYPTION_KEYS: `key1:${key(1)}` })
    expect(await readiness(first.output)).toMatchObject({ status: 200 })
    first.child.kill('SIGTERM')
    expect(await first.exited).toBe(0)
    const { output, exited } = start({ ENCRYPTION_KEYS: `key1:${key(9)}` })
    expect(await exited).toBe(1)
    expect(output.text).toContain('key1: another key stands under this id')
    expect(output.text).not.toContain(key(9))
  })

  test('without its database is not ready and says that its keys are not compared yet', async () => {
    const { output } = start({ ENCRYPTION_KEYS: `key1:${key(1)}`, DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:1/nowhere' })
    const { status, text } = await readiness(output)
    expect(status).toBe(503)
    expect(text).toContain('not compared with the database yet')
    expect(output.text).not.toContain('nobody:nothing')
  })
})
