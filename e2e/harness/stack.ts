import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const root = fileURLToPath(new URL('../../', import.meta.url))
const person = z.object({ email: z.string(), name: z.string(), token: z.string() })
const organization = z.object({ admin: person, member: person })

const info = z.object({
  urls: z.object({ api: z.string(), gateway: z.string(), attio: z.string(), identity: z.string(), frontend: z.string() }),
  admin_urls: z.record(z.string(), z.string()),
  webhook_endpoints: z.array(z.object({ url: z.string(), purpose: z.string(), attio_webhook_id: z.string() })),
  connection_id: z.string(),
  organizations: z.object({ northwind: organization, globex: organization }),
  processes: z.record(z.string(), z.number()),
  database_url: z.string(),
})

export type StackInfo = z.infer<typeof info>
export type RunningStack = {
  info: StackInfo
  /** Where it keeps its data, and `secrets.json` with the keys that seal tokens and secrets. */
  dataFolder: string
  /** Everything the processes wrote so far. */
  output(): string
  /** Stops it; what it kept goes too, unless it is to be started again in the same folder. */
  stop(options?: { keepData?: boolean }): Promise<void>
}

/**
 * Starts what `npm start` starts, without the working day; resolves when the demo workspace is connected. `env` goes to the stack, `REDIS_URL` among it.
 * In a folder of its own, or in that of an earlier one which kept its data.
 */
export async function startWholeStack(env: Record<string, string> = {}, earlier?: RunningStack): Promise<RunningStack> {
  const folder = earlier ? dirname(earlier.dataFolder) : await mkdtemp(join(tmpdir(), 'worksights-e2e-'))
  const file = join(folder, 'info.json')
  const dataFolder = join(folder, 'data')
  const args = ['packages/dev-stack/src/cli.ts', '--no-scenario', '--json', '--data', dataFolder, '--info-file', file]
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  try {
    const parsed = info.parse(JSON.parse(await waitForFile(file, child, () => output)))
    return { info: parsed, dataFolder, output: () => output, stop: ({ keepData = false } = {}) => stop(child, keepData ? null : folder) }
  } catch (error) {
    await stop(child, folder)
    throw error
  }
}

async function waitForFile(file: string, child: ChildProcess, output: () => string): Promise<string> {
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => null)
    if (text !== null) return text
    if (child.exitCode !== null) throw new Error(`The stack ended with ${child.exitCode} before it was ready:\n${output().slice(-4_000)}`)
    await pause(100)
  }
}

async function stop(child: ChildProcess, folder: string | null): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  if (folder !== null) await rm(folder, { recursive: true, force: true })
}
