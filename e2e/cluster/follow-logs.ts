import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Commands } from './commands.ts'
import { release } from './installation.ts'
import { selectPods } from './pods.ts'

export type LogFollower = {
  /** Copies what was written so far, a file a pod. */
  save(folder: string): Promise<void>
  close(): Promise<void>
}

const everyMs = 1_000
const ofRelease = `app.kubernetes.io/instance=${release}`

/** Writes down what every pod of the release logs, from its start: a pod that was killed takes its log with it. */
export async function followLogs(commands: Commands): Promise<LogFollower> {
  const folder = await mkdtemp(join(tmpdir(), 'worksights-cluster-logs-'))
  const following = new Map<string, ChildProcess>()
  let closed = false
  const follow = (pod: string) => {
    const args = [...commands.target, 'logs', pod, '--all-containers', '--timestamps', '--follow']
    const child = spawn(commands.kubectlPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
    // From the beginning at each try: kubectl fails as long as the container has not started.
    child.stdout.pipe(createWriteStream(join(folder, `${pod}.log`)))
    following.set(pod, child)
    const again = () => void following.delete(pod)
    child.once('error', again)
    child.once('exit', code => {
      if (code !== 0) again()
    })
  }
  const keep = async () => {
    while (!closed) {
      const pods = await selectPods(commands, ofRelease).catch(() => [])
      for (const { name, started } of pods) if (started && !following.has(name)) follow(name)
      await pause(everyMs)
    }
  }
  const keeping = keep()
  return {
    save: to => cp(folder, to, { recursive: true }),
    async close() {
      closed = true
      await keeping
      for (const child of following.values()) child.kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
