import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * A process of its own that outlives its owner by a moment: when the owner ends in any way, even by `kill -9`, it stops what the owner had
 * started, newest first. In its own process group, so that a Ctrl-C in the terminal does not reach it.
 */
export type Guardian = {
  /** `signal` is what asks this process to end. */
  watch(pid: number, signal: 'SIGINT' | 'SIGTERM'): void
  forget(pid: number): void
  /** Lets it go, with whatever it still watches left running. */
  dismiss(): Promise<void>
}

export function startGuardian(): Guardian {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./guardian-main.ts', import.meta.url))], {
    cwd: '/',
    detached: true,
    env: { PATH: process.env.PATH },
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  child.stdin.on('error', () => {}) // it was killed; nothing here depends on it
  child.unref()
  const say = (message: GuardianMessage) => child.stdin.write(`${JSON.stringify(message)}\n`)
  return {
    watch: (pid, signal) => say({ watch: pid, signal }),
    forget: pid => say({ forget: pid }),
    async dismiss() {
      child.ref()
      child.stdin.end(`${JSON.stringify({ dismiss: true } satisfies GuardianMessage)}\n`)
      await gone
    },
  }
}

export type GuardianMessage = { watch: number; signal: 'SIGINT' | 'SIGTERM' } | { forget: number } | { dismiss: true }
