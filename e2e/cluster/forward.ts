import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import type { Commands } from './commands.ts'

export type Forward = { url: string; close(): void }

/** Whatever kubectl says when the pod behind it is gone: some versions end then, others stay and serve nobody. */
const broken = /lost connection|error forwarding|error copying|unable to|unhandled error/i

/**
 * Leads a port of this machine to a Service as long as it is open. kubectl binds it to one pod; when that dies, it is led to another. Meanwhile
 * requests fail: whoever asks, asks again.
 */
export function openForward(commands: Commands, service: string, servicePort: number, localPort: number): Forward {
  let closed = false
  let child: ChildProcess | undefined
  const args = [...commands.target, 'port-forward', `service/${service}`, `${localPort}:${servicePort}`, '--address', '127.0.0.1']
  const keep = async () => {
    while (!closed) {
      const current = spawn(commands.kubectlPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
      child = current
      current.stderr.setEncoding('utf8').on('data', (text: string) => {
        if (broken.test(text)) current.kill()
      })
      await new Promise<void>(resolve => {
        current.once('error', () => resolve())
        current.once('exit', () => resolve())
      })
      await pause(250)
    }
  }
  void keep()
  return {
    url: `http://127.0.0.1:${localPort}`,
    close() {
      closed = true
      child?.kill()
    },
  }
}

/** How long one question may take: a connection whose pod was killed without grace may stay open and silent. */
const answerMs = 30_000

/** Asks until it is answered, for two minutes; then fails as the last time. For questions that may be put twice. */
export async function persist<T>(ask: () => Promise<T>, signal?: AbortSignal, patienceMs = 120_000): Promise<T> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    try {
      return await within(answerMs, ask)
    } catch (error) {
      signal?.throwIfAborted()
      if (Date.now() > deadline) throw error
      await pause(250)
    }
  }
}

/** The answer, or an error if there is none in time. */
export async function within<T>(ms: number, ask: () => Promise<T>): Promise<T> {
  const answered = new AbortController()
  const late = pause(ms, undefined, { signal: answered.signal }).then(() => {
    throw new Error(`No answer within ${ms / 1_000} s.`)
  })
  // Whichever comes second is heard by nobody.
  late.catch(() => {})
  try {
    return await Promise.race([ask(), late])
  } finally {
    answered.abort()
  }
}
