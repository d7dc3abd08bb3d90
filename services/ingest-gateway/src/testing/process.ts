import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export type GatewayProcess = {
  child: ChildProcess
  url: string
  adminUrl: string
  /** Everything it wrote so far, stdout and stderr. */
  output(): string
  /** Resolves when it has ended, with its exit code; null if a signal ended it. */
  exited: Promise<number | null>
}

/** Starts the service itself as a process of its own, on free ports; resolves when it listens, and rejects with what it wrote if it ends before. */
export async function startGatewayProcess(env: {
  DATABASE_URL: string
  ENCRYPTION_KEYS: string
  [name: string]: string
}): Promise<GatewayProcess> {
  const child = spawn(process.execPath, ['--import', './telemetry.ts', 'index.ts'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: {
      PATH: process.env.PATH,
      ...{ PORT: '0', HOST: '127.0.0.1', ADMIN_PORT: '0', ADMIN_HOST: '127.0.0.1' },
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const [, port, adminPort] = await new Promise<RegExpExecArray>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const listening = /"port":(\d+),"admin_port":(\d+)/.exec(output)
      if (listening) resolve(listening)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    void exited.then(code => reject(new Error(`The gateway ended while starting (${code}):\n${output}`)))
  })
  return { child, url: `http://127.0.0.1:${port}`, adminUrl: `http://127.0.0.1:${adminPort}`, output: () => output, exited }
}
