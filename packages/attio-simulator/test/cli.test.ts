import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url))

function run(args: string[]) {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text
  })
  return { child, output, exit: once(child, 'close').then(([code]) => Number(code)) }
}

test('prints its address when it listens, serves, and stops cleanly on SIGTERM', async () => {
  const { child, output, exit } = run(['--port', '0', '--quiet'])
  while (!output.stdout.includes('\n')) await once(child.stdout, 'data')
  const url = /^Attio simulator listening on (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(output.stdout)?.[1]
  expect((await fetch(`${url}/_simulator/`)).status).toBe(200)
  const busy = run(['--port', new URL(url ?? '').port])
  expect(await busy.exit).toBe(1)
  expect(busy.output.stderr).toContain('is taken; choose another with --port')
  child.kill('SIGTERM')
  expect(await exit).toBe(0)
})

test.each([
  [['--port', 'seven'], 'expected a whole number'],
  [['--port', '70000'], 'these options do not fit'],
  [['--nonsense'], 'unknown option'],
])('%j is refused with a reason', async (args, reason) => {
  const { output, exit } = run(args)
  expect(await exit).toBe(1)
  expect(output.stderr).toContain(reason)
})

test('--help names every option', async () => {
  const { output, exit } = run(['--help'])
  expect(await exit).toBe(0)
  for (const option of [
    '--port',
    '--host',
    '--seed',
    '--client-id',
    '--client-secret',
    '--redirect-uri',
    '--retry-schedule',
    '--https-only',
    '--quiet',
  ])
    expect(output.stdout).toContain(option)
})
