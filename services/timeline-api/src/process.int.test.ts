import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import { until } from './testing/api.ts'
import { audience, startIssuer, type TestIssuer } from './testing/issuer.ts'
import { readStream } from './testing/read-stream.ts'

let database: TestDatabase
let issuer: TestIssuer
const running: ChildProcess[] = []

beforeAll(async () => {
  ;[database, issuer] = await Promise.all([createTestDatabase(), startIssuer()])
})
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})
afterAll(async () => {
  await Promise.all([database.drop(), issuer.close()])
})

/** Starts the real process; with no `env` beside what must not be missing. */
function start(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', './telemetry.ts', 'index.ts'], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  const output = { text: '' }
  child.stdout.on('data', chunk => {
    output.text += chunk
  })
  child.stderr.on('data', chunk => {
    output.text += chunk
  })
  return { child, output, exited: once(child, 'exit').then(([code]) => code as number | null) }
}

function completeEnv(): Record<string, string> {
  return {
    ...{
      DATABASE_URL: database.apiUrl,
      QUEUE_URL: database.apiUrl,
      ENCRYPTION_KEYS: `k:${Buffer.alloc(32, 7).toString('base64')}`,
      LOG_LEVEL: 'debug',
    },
    ...{ PORT: '0', HOST: '127.0.0.1', ADMIN_PORT: '0', ADMIN_HOST: '127.0.0.1' },
    ...{
      PUBLIC_API_URL: 'http://127.0.0.1:4000',
      PUBLIC_GATEWAY_URL: 'http://127.0.0.1:4001',
      PUBLIC_FRONTEND_URL: 'http://127.0.0.1:4005',
    },
    ...{ OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: audience, ATTIO_CLIENT_ID: 'client', ATTIO_CLIENT_SECRET: 'very-secret-secret' },
  }
}

describe('the process', () => {
  test('that is told nothing names every variable it lacks and exits 1', async () => {
    const { output, exited } = start({})
    expect(await exited).toBe(1)
    for (const name of ['DATABASE_URL', 'ENCRYPTION_KEYS', 'PUBLIC_API_URL', 'OIDC_ISSUER', 'OIDC_AUDIENCE', 'ATTIO_CLIENT_SECRET']) {
      expect(output.text).toContain(name)
    }
  })

  test('that has another key than the database knows under its id names it and exits 1', async () => {
    const own = await createTestDatabase()
    try {
      const env = { ...completeEnv(), DATABASE_URL: own.apiUrl }
      const first = start(env)
      await until(() => first.output.text.includes('"admin_port"'))
      const wrong = Buffer.alloc(32, 9).toString('base64')
      const { output, exited } = start({ ...env, ENCRYPTION_KEYS: `k:${wrong}` })
      expect(await exited).toBe(1)
      expect(output.text).toContain('k: another key stands under this id')
      expect(output.text).not.toContain(wrong)
    } finally {
      await own.drop()
    }
  })

  test('whose replica is away starts all the same, is ready, and answers from the primary', async () => {
    const { output } = start({ ...completeEnv(), DATABASE_READ_URL: 'postgres://nobody@127.0.0.1:1/nothing' })
    const listening = await until(() => /"port":(\d+),"admin_port":(\d+)/.exec(output.text))
    expect((await fetch(`http://127.0.0.1:${listening[2]}/readyz`)).status).toBe(200)
    const headers = { authorization: `Bearer ${await issuer.token()}` }
    expect((await fetch(`http://127.0.0.1:${listening[1]}/v1/timeline`, { headers })).status).toBe(200)
    const metrics = await (await fetch(`http://127.0.0.1:${listening[2]}/metrics`)).text()
    expect(metrics).toMatch(/^worksights_replica_fallbacks_total\{reason="unreachable"\} 1$/m)
    for (const pool of ['main', 'read']) expect(metrics).toContain(`db_client_connection_max{db_client_connection_pool_name="${pool}"}`)
  })

  test('whose login at the replica would see every organisation names the variable and exits 1', async () => {
    const { output, exited } = start({ ...completeEnv(), DATABASE_READ_URL: database.workerUrl })
    expect(await exited).toBe(1)
    expect(output.text).toContain('DATABASE_READ_URL: The database login sees the rows of every organisation')
  })

  test('answers when it is ready, ends open streams when it is told to stop, and leaves no secret in its logs', async () => {
    const { child, output, exited } = start(completeEnv())
    const listening = await until(() => /"port":(\d+),"admin_port":(\d+)/.exec(output.text))
    const [url, admin] = [`http://127.0.0.1:${listening[1]}`, `http://127.0.0.1:${listening[2]}`]
    expect((await fetch(`${admin}/readyz`)).status).toBe(200)
    const token = await issuer.token()
    const abort = new AbortController()
    const response = await fetch(`${url}/v1/timeline/stream`, { headers: { authorization: `Bearer ${token}` }, signal: abort.signal })
    const reader = readStream(response, abort)
    await until(() => reader.lastId())
    child.kill('SIGTERM')
    await reader.ended
    expect(await exited).toBe(0)
    expect(output.text).toContain('"path":"/v1/timeline/stream"')
    for (const secret of [token, 'very-secret-secret', database.url]) expect(output.text).not.toContain(secret)
  })
})
