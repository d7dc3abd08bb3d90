import { spawn } from 'node:child_process'

/** What a person can act on: shown without a stack. */
export class BootstrapError extends Error {}

const SLOW = 2_000

/**
 * Runs one step. A step that takes over 2 s says on stderr what it is doing and how long it took; one known to be slow (`expect`) says so at
 * once.
 * @param {{ name: string, expect?: string }} about
 * @param {() => Promise<void>} work
 */
export async function step({ name, expect }, work) {
  const started = Date.now()
  let told = false
  const tell = () => {
    told = true
    process.stderr.write(`… ${name}${expect ? ` (${expect})` : ''}\n`)
  }
  const timer = setTimeout(tell, SLOW)
  if (expect) {
    clearTimeout(timer)
    tell()
  }
  try {
    await work()
  } finally {
    clearTimeout(timer)
  }
  if (told) process.stderr.write(`✓ ${name}: ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
}

/**
 * Runs a command and keeps its output for the message of a failure.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, advice: string }} options
 */
export async function command(command, args, { cwd, env = process.env, advice }) {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk))
  const code = await new Promise(resolve => {
    child.once('error', error => {
      output += error.message
      resolve(1)
    })
    child.once('close', (code, signal) => resolve(signal ?? code))
  })
  if (code === 0) return
  const tail = output.trim().split('\n').slice(-25).join('\n')
  throw new BootstrapError(`${[command, ...args].join(' ')} failed (${code}):\n\n${tail}\n\n${advice}`)
}
