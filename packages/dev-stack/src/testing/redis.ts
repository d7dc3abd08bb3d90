import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, constants, mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Guardian } from '../processes/guardian.ts'
import { freePort } from '../processes/ports.ts'

/** The path of `redis-server` or Valkey's, which speaks the same protocol; null where neither is installed. */
export async function findRedisServer(): Promise<string | null> {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), '/usr/local/bin', '/opt/homebrew/bin']
  for (const name of ['redis-server', 'valkey-server']) {
    for (const folder of folders) {
      const path = join(folder, name)
      if (
        await access(path, constants.X_OK).then(
          () => true,
          () => false,
        )
      )
        return path
    }
  }
  return null
}

/** Starts a Redis server for tests: 127.0.0.1, nothing kept on disk, nothing evicted, one database a test file; `more` are settings of its own. */
export async function startTestRedis(
  executable: string,
  guardian: Guardian,
  more: Readonly<Record<string, string | number>> = {},
): Promise<{ url: string; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'worksights-redis-'))
  const port = await freePort()
  const settings = {
    port,
    bind: '127.0.0.1',
    databases: 4096,
    dir: folder,
    save: '',
    appendonly: 'no',
    'maxmemory-policy': 'noeviction',
    ...more,
  }
  const child = spawn(
    executable,
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    { detached: true, stdio: 'ignore' },
  )
  const ended = once(child, 'exit')
  if (child.pid !== undefined) guardian.watch(child.pid, 'SIGTERM')
  child.unref()
  const close = async () => {
    child.ref()
    child.kill('SIGTERM')
    await ended
    if (child.pid !== undefined) guardian.forget(child.pid)
    await rm(folder, { recursive: true, force: true })
  }
  while (!(await answersPing(port))) {
    if (child.exitCode !== null) throw new Error(`${executable} ended at once with ${child.exitCode}.`)
    await pause(10)
  }
  return { url: `redis://127.0.0.1:${port}`, close }
}

async function answersPing(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' })
  try {
    return await new Promise<boolean>(resolve => {
      socket.once('error', () => resolve(false))
      socket.once('data', data => resolve(data.toString().startsWith('+PONG')))
      socket.write('PING\r\n')
    })
  } finally {
    socket.destroy()
  }
}
