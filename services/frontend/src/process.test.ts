import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { builtFolder } from './testing/dist.ts'

const env = {
  ...{ PUBLIC_FRONTEND_URL: 'http://127.0.0.1:4004', PUBLIC_API_URL: 'http://127.0.0.1:4000' },
  ...{ OIDC_ISSUER: 'http://127.0.0.1:4003', OIDC_CLIENT_ID: 'worksights-web' },
  ...{ PORT: '0', HOST: '127.0.0.1', ADMIN_PORT: '0', ADMIN_HOST: '127.0.0.1' },
}
let dist: Awaited<ReturnType<typeof builtFolder>>
let stop: () => void = () => {}

beforeEach(async () => {
  dist = await builtFolder()
})
afterEach(async () => {
  stop()
  await dist.remove()
})

/** Starts the real process on the folder of this test. */
function start(more: Record<string, string | undefined>) {
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  const child = spawn(process.execPath, ['--import', './src/telemetry.ts', 'src/index.ts'], {
    cwd,
    env: { PATH: process.env.PATH, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  stop = () => child.kill('SIGKILL')
  const output = { text: '' }
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      output.text += chunk
    })
  }
  return { child, output, exited: once(child, 'exit').then(([code]) => code as number | null) }
}

/** The ports of a process that listens. */
async function listening({ child, output }: ReturnType<typeof start>): Promise<{ url: string; admin: string; port: number }> {
  for (;;) {
    const [, port, admin] = /"port":(\d+),"admin_port":(\d+)/.exec(output.text) ?? []
    if (port) return { url: `http://127.0.0.1:${port}`, admin: `http://127.0.0.1:${admin}`, port: Number(port) }
    if (child.exitCode !== null) throw new Error(`It ended: ${output.text}`)
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  }
}

test('told nothing, it names every variable it lacks and exits 1', async () => {
  const { output, exited } = start({})
  expect(await exited).toBe(1)
  for (const name of ['PUBLIC_FRONTEND_URL', 'PUBLIC_API_URL', 'OIDC_ISSUER', 'OIDC_CLIENT_ID'])
    expect(output.text).toContain(`${name}: is missing`)
})

test('without the built app it says how to build it and exits 1', async () => {
  const { output, exited } = start({ ...env, WEB_FOLDER: `${dist.folder}/nowhere` })
  expect(await exited).toBe(1)
  expect(output.text).toContain(
    'nowhere/index.html cannot be read. Build it and start again: npx pnpm --filter @worksights/frontend run build',
  )
  expect(output.text).not.toContain('    at ')
})

test('told to stop, it is ready no more, finishes the file it is sending and exits 0', async () => {
  const size = 32 * 1024 * 1024
  await writeFile(join(dist.folder, 'assets/big-Ef56.js'), Buffer.alloc(size))
  const running = start({ ...env, WEB_FOLDER: dist.folder })
  const { url, admin } = await listening(running)
  for (const probe of ['livez', 'readyz', 'metrics']) expect((await fetch(`${admin}/${probe}`)).status).toBe(200)
  // Larger than what waits in sockets on the way, and not read: it is still being sent when the process is told to stop.
  const sending = await fetch(`${url}/assets/big-Ef56.js`)
  running.child.kill('SIGTERM')
  while (await answers(`${url}/config.json`));
  expect((await fetch(`${admin}/readyz`)).status).toBe(503)
  expect((await sending.arrayBuffer()).byteLength).toBe(size)
  expect(await running.exited).toBe(0)
})

test('a collector that takes what it is sent and never answers neither keeps it from ending nor makes it end badly', async () => {
  const collector = createServer(() => {}).listen(0, '127.0.0.1')
  await once(collector, 'listening')
  const { port } = collector.address() as AddressInfo
  const running = start({ ...env, WEB_FOLDER: dist.folder, OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` })
  const { url } = await listening(running)
  await fetch(`${url}/config.json`)
  running.child.kill('SIGTERM')
  expect(await running.exited).toBe(0)
  expect(running.output.text).toContain('the last telemetry could not be sent')
  collector.closeAllConnections()
  collector.close()
})

test('settings that telemetry cannot begin with are told, and it serves without', async () => {
  const running = start({ ...env, WEB_FOLDER: dist.folder, OTEL_METRICS_EXPORTER: 'otlp', OTEL_METRIC_EXPORT_INTERVAL: '0' })
  const { url } = await listening(running)
  expect((await fetch(`${url}/config.json`)).status).toBe(200)
  expect(running.output.text).toContain('telemetry could not begin: look at the variables OTEL_*')
})

const answers = (url: string) =>
  fetch(url).then(
    response => response.ok,
    () => false,
  )
