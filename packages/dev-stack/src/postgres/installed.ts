import { execFile } from 'node:child_process'
import { access, constants, readdir } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'

/** A Postgres of this machine with its own client. */
export type InstalledPostgres = Binaries & {
  /** Holds `pg_dump`, `pg_restore` and `psql` of the same version. */
  folder: string
}

const oldest = 15
const needed = ['initdb', 'postgres', 'pg_dump', 'pg_restore', 'psql']

/**
 * The oldest installed Postgres that is supported, since what runs there runs on newer ones; null where there is none. Looks where packages put it,
 * at what `pg_config` says, and along the PATH; a folder counts that has server and client.
 */
export async function findInstalledPostgres(): Promise<InstalledPostgres | null> {
  const found: InstalledPostgres[] = []
  for (const folder of await folders()) {
    const paths = needed.map(name => join(folder, name))
    if (!(await Promise.all(paths.map(isExecutable))).every(Boolean)) continue
    const major = /\(PostgreSQL\) (\d+)/.exec(await output(join(folder, 'postgres'), ['--version']))?.[1]
    if (major === undefined || Number(major) < oldest) continue
    found.push({ folder, initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres'), major })
  }
  const [first] = found.sort((a, b) => Number(a.major) - Number(b.major))
  return first ?? null
}

async function folders(): Promise<string[]> {
  const debian = '/usr/lib/postgresql'
  const versions = await readdir(debian).catch(() => [])
  const named = (await output('pg_config', ['--bindir'])).trim()
  const homebrew = ['/opt/homebrew/opt', '/usr/local/opt'].flatMap(place =>
    [15, 16, 17, 18].map(version => `${place}/postgresql@${version}/bin`),
  )
  return [
    ...versions.map(version => join(debian, version, 'bin')),
    ...(named ? [named] : []),
    ...(process.env.PATH ?? '').split(delimiter).filter(Boolean),
    ...homebrew,
  ]
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

/** What a command says; nothing where it is not there. */
async function output(command: string, args: string[]): Promise<string> {
  return await promisify(execFile)(command, args, { timeout: 20_000 }).then(
    ({ stdout }) => stdout,
    () => '',
  )
}
