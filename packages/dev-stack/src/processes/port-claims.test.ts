import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, expect, test } from '@jest/globals'
import { claimPort } from './port-claims.ts'

const claims = new URL('./port-claims.ts', import.meta.url).href
let others: { child: ChildProcess }[] = []

afterEach(() => {
  for (const { child } of others) child.kill('SIGKILL')
  others = []
})

/** A process that claims a port, says whether it got it, and lives on. */
function claimElsewhere(port: number) {
  const script = `import(${JSON.stringify(claims)}).then(({ claimPort }) => { console.log(claimPort(${port})); setInterval(() => {}, 1000) })`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const other = { child, got: once(child.stdout, 'data').then(([said]) => String(said).trim() === 'true') }
  others.push(other)
  return other
}

// Beyond every port there is, so that no stack of this machine is in the way.
const port = () => 100_000 + Math.floor(Math.random() * 1_000_000)

test('of two processes that want a port one gets it', async () => {
  const wanted = port()
  const got = await Promise.all([claimElsewhere(wanted).got, claimElsewhere(wanted).got])
  expect(got.filter(Boolean)).toHaveLength(1)
  expect(claimPort(wanted)).toBe(false)
})

test('a claim ends with its process, also when that was killed', async () => {
  const wanted = port()
  const { child, got } = claimElsewhere(wanted)
  expect(await got).toBe(true)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(claimPort(wanted)).toBe(true)
  expect(claimPort(wanted)).toBe(true)
})
