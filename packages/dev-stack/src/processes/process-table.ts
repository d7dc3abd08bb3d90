import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The command line of a living process, else null. Read from /proc where there is one: small images have no `ps`. */
export async function commandOf(pid: number): Promise<string | null> {
  if (!isAlive(pid)) return null
  if (process.platform !== 'linux') {
    const listed = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => null)
    return listed?.stdout.trim() || null
  }
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return line.replaceAll('\0', ' ').trim() || null
}

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Resolves to true once no such process is left, or to false after `timeout` milliseconds. */
export async function waitUntilGone(pid: number, timeout: number): Promise<boolean> {
  const deadline = performance.now() + timeout
  while (await isRunning(pid)) {
    if (performance.now() > deadline) return false
    await pause(20)
  }
  return true
}

/** A process that ended but was not collected by its parent yet (a zombie) has no command line: it counts as gone. */
async function isRunning(pid: number): Promise<boolean> {
  return isAlive(pid) && (process.platform !== 'linux' || (await commandOf(pid)) !== null)
}
