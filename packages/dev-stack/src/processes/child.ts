import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { StartError } from '../stack/start-error.ts'
import type { Guardian } from './guardian.ts'

export type ManagedProcess = {
  name: string
  pid: number
  /** Resolves when it has ended, however: "exit code 1", "SIGKILL". */
  ended: Promise<string>
  /** Asks it to end (SIGTERM) and waits; after 15 s it is killed. */
  stop(): Promise<void>
}

export type ProcessOptions = {
  name: string
  /** Arguments of Node. */
  args: string[]
  cwd: string
  /** What it needs beside what every process on this machine needs (`inherited`). */
  env: Record<string, string>
  guardian: Guardian
  onLine: (line: string) => void
}

const passedOn = /^(PATH|HOME|TZ|LANG|LC_.*|NO_COLOR|NODE_OPTIONS|NODE_EXTRA_CA_CERTS|OTEL_.*|(https?|no)_proxy)$/i

/** The machine's own settings (proxy, certificates, telemetry). A stray DATABASE_URL or PORT of the shell must not reach a service. */
function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => passedOn.test(name)))
}

/** Starts a Node process in a process group of its own: a Ctrl-C in the terminal ends only its owner, which then stops all in order. */
export function startProcess({ name, args, cwd, env, guardian, onLine }: ProcessOptions): ManagedProcess {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...inherited(), ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${name} could not be started: ${process.execPath} does not run.`)
  guardian.watch(pid, 'SIGTERM')
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', onLine)
  const ended = once(child, 'close').then(([code, signal]: (number | string | null)[]) => {
    guardian.forget(pid)
    return signal === null ? `exit code ${code}` : String(signal)
  })
  return {
    name,
    pid,
    ended,
    async stop() {
      child.kill('SIGTERM')
      const patience = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await ended
      clearTimeout(patience)
    },
  }
}

/** Waits until the process answers 2xx at `url`. A process that ends first, or takes over 60 s, is an error. */
export async function waitUntilReady(child: ManagedProcess, url: string): Promise<void> {
  const deadline = performance.now() + 60_000
  let died: string | undefined
  void child.ended.then(how => {
    died = how
  })
  while (!(await answers(url))) {
    if (died !== undefined) throw new StartError(`${child.name} ended while starting (${died}); its last lines above say why.`)
    if (performance.now() > deadline) throw new StartError(`${child.name} is not ready after 60 s: ${url} does not answer 200.`)
    await pause(50)
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
