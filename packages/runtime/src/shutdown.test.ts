import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'

const source = (name: string) => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)))

/** Runs `script` in a process of its own, with `shutdown` and `log` at hand; resolves when it has printed "up". */
async function start(script: string, timeoutMs = 10_000) {
  const preamble = `
    import { createShutdown } from ${source('./shutdown.ts')}
    import { createLogger } from ${source('./logger.ts')}
    const shutdown = createShutdown({ log: createLogger({ service: 'test', level: 'info' }), timeoutMs: ${timeoutMs} })
    const keepAlive = setInterval(() => {}, 1000)
    const say = text => process.stdout.write(text + '\\n')
  `
  const child = spawn(process.execPath, ['--input-type=module', '-e', `${preamble}\n${script}\nsay('up')`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', chunk => {
    output += chunk
  })
  const exited = once(child, 'exit')
  await said(child, () => output, 'up\n')
  return {
    child,
    output: () => output,
    exited: async () => (await exited)[0] as number | null,
    said: (text: string) => said(child, () => output, text),
  }
}

async function said(child: ChildProcess, output: () => string, text: string): Promise<void> {
  while (!output().includes(text)) {
    if (child.exitCode !== null || !child.stdout) throw new Error(`ended without saying ${text}: ${output()}`)
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  }
}

describe('shutdown', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s runs the steps in order, one after the other, and exits 0', async signal => {
    const { child, output, exited } = await start(`
      shutdown.onShutdown('first', async () => { say('first begins, draining ' + shutdown.draining); await new Promise(r => setTimeout(r, 50)); say('first ends') })
      shutdown.onShutdown('second', () => say('second'))
      say('draining ' + shutdown.draining)`)
    child.kill(signal)
    expect(await exited()).toBe(0)
    expect(
      output()
        .split('\n')
        .filter(line => !line.startsWith('{') && line !== ''),
    ).toEqual(['draining false', 'up', 'first begins, draining true', 'first ends', 'second'])
  })

  test('a step that fails is logged, the next one still runs, and the exit code is 1', async () => {
    const { child, output, exited } = await start(`
      shutdown.onShutdown('bad', () => { throw new Error('no') })
      shutdown.onShutdown('good', () => say('good ran'))`)
    child.kill('SIGTERM')
    expect(await exited()).toBe(1)
    expect(output()).toContain('good ran')
    expect(output()).toContain('"step":"bad"')
  })

  test('a step that never ends is cut off with exit code 1, and named', async () => {
    const { child, output, exited } = await start(`shutdown.onShutdown('stuck', () => new Promise(() => {}))`, 100)
    child.kill('SIGTERM')
    expect(await exited()).toBe(1)
    expect(output()).toContain('"step":"stuck"')
  })

  test('the same wish told twice at once still drains', async () => {
    const { child, output, exited, said } = await start(`
      shutdown.onShutdown('slow', async () => { say('begun'); await new Promise(r => setTimeout(r, 200)); say('ended') })`)
    child.kill('SIGINT')
    await said('begun')
    child.kill('SIGTERM')
    expect(await exited()).toBe(0)
    expect(output()).toContain('ended')
  })

  test('a second signal later stops at once with exit code 1', async () => {
    const { child, exited, said } = await start(`
      shutdown.onShutdown('stuck', () => { setTimeout(() => say('waited'), 600); return new Promise(() => {}) })`)
    child.kill('SIGTERM')
    await said('waited')
    child.kill('SIGTERM')
    expect(await exited()).toBe(1)
  })

  test.each([
    ['uncaughtException', `setTimeout(() => { throw new Error('lost') })`],
    ['unhandledRejection', `setTimeout(() => { void Promise.reject(new Error('lost')) })`],
  ])('%s is logged, the steps run, and the exit code is 1', async (kind, script) => {
    const { output, exited } = await start(`shutdown.onShutdown('step', () => say('step ran'))\n${script}`)
    expect(await exited()).toBe(1)
    expect(output()).toContain('step ran')
    expect(output()).toContain(`"kind":"${kind}"`)
  })
})
