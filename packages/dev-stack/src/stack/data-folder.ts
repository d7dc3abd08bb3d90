import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { removeCluster } from '../postgres/cluster.ts'
import { clearPostmaster } from '../postgres/postmaster.ts'
import { commandOf } from '../processes/process-table.ts'
import { StartError } from './start-error.ts'

const MARKER = '.worksights-data'
const secrets = z.object({ encryptionKeys: z.string() })

export type DataFolder = {
  path: string
  /** `kid:base64`, the keys that seal tokens and webhook secrets; kept, since what they sealed is kept. */
  encryptionKeys: string
  release(): Promise<void>
}

/**
 * Opens the folder that holds everything `npm start` keeps, making it on first use, for this process alone. `fresh` empties it first, which is
 * refused for a folder without our marker file, and so is using such a folder while anything is in it.
 */
export async function openDataFolder(path: string, { fresh, log }: { fresh: boolean; log: (line: string) => void }): Promise<DataFolder> {
  const names: string[] = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new StartError(`${path} cannot be used as the data folder: ${error.message}`)
  })
  if (names.length > 0 && !names.includes(MARKER)) {
    throw new StartError(
      fresh
        ? `${path} was not made by npm start (it has no file ${MARKER}), so --fresh does not delete it. Empty it yourself, or choose another folder with --data.`
        : `${path} holds other files. Choose an empty or a new folder with --data.`,
    )
  }
  const lock = join(path, 'running.pid')
  await refuseIfRunning(lock)
  if (fresh) await empty(path, log)
  await mkdir(path, { recursive: true, mode: 0o755 })
  await writeFile(join(path, MARKER), 'Made by npm start of WorkSights for Attio. With this file in it, --fresh may delete the folder.\n')
  await writeFile(lock, String(process.pid))
  return { path, encryptionKeys: await openKeys(path), release: () => rm(lock, { force: true }) }
}

async function refuseIfRunning(lock: string): Promise<void> {
  const pid = Number(await readFile(lock, 'utf8').catch(() => '0'))
  if (pid === process.pid || !(await commandOf(pid))?.includes('dev-stack')) return
  throw new StartError(`npm start is already running on this data folder (process ${pid}). Stop it, or start beside it with --data DIR.`)
}

async function empty(path: string, log: (line: string) => void): Promise<void> {
  if (!(await stat(path).catch(() => null))) return
  const postgres = join(path, 'postgres')
  await clearPostmaster(join(postgres, 'cluster'), log)
  await removeCluster(postgres)
  await rm(path, { recursive: true, force: true })
}

async function openKeys(path: string): Promise<string> {
  const file = join(path, 'secrets.json')
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text !== null) return secrets.parse(JSON.parse(text)).encryptionKeys
  const encryptionKeys = `dev:${randomBytes(32).toString('base64')}`
  await writeFile(file, JSON.stringify({ encryptionKeys }), { mode: 0o600 })
  return encryptionKeys
}
