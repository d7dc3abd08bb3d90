import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { commandOf, waitUntilGone } from '../processes/process-table.ts'

/**
 * Makes way for a new server: one left behind by an owner that was killed is stopped in Postgres' own fast way, and a lock file whose number
 * now belongs to some other program (after a reboot) is removed.
 */
export async function clearPostmaster(cluster: string, log: (line: string) => void): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return
  const pid = Number(text.split('\n')[0])
  if ((await commandOf(pid))?.includes('postgres')) {
    log(`stopping the Postgres an earlier run left behind (process ${pid})`)
    await stopPostmaster(pid)
  }
  await rm(file, { force: true })
}

/** Fast shutdown (SIGINT): rolls back what is open, writes a checkpoint. After 20 s an immediate one (SIGQUIT), which the next start repairs. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    if (await waitUntilGone(pid, 20_000)) return
  }
  process.kill(pid, 'SIGKILL')
  await waitUntilGone(pid, 5_000)
}
