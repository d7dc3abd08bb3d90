import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Account, canReach, serverAccount } from './account.ts'
import { type Binaries, postgresBinaries, ROOT_STORE } from './binaries.ts'

export type Cluster = { path: string; password: string; account: Account; binaries: Binaries }

/**
 * Gives the database cluster of `dataDir`, of npm's Postgres or of `installed`, made on first use: `cluster/` (Postgres' own files) and `password` (mode 600) beside it. The
 * password is written last, so that an interrupted `initdb` is done again rather than started.
 */
export async function openCluster(dataDir: string, log: (line: string) => void, installed?: Binaries): Promise<Cluster> {
  await mkdir(dataDir, { recursive: true })
  const link = join(dataDir, 'cluster')
  const account = await serverAccount(link)
  await chmod(dataDir, account ? 0o711 : 0o700)
  const [path, binaries] = await Promise.all([clusterFolder(link, account), installed ?? postgresBinaries(account)])
  const passwordFile = join(dataDir, 'password')
  const known = await readFile(passwordFile, 'utf8').catch(() => null)
  if (known !== null) {
    await refuseOtherMajor(path, binaries)
    return { path, password: known, account, binaries }
  }
  await rm(path, { recursive: true, force: true })
  await mkdir(path, { mode: 0o700 })
  if (account) await chown(path, account.uid, account.gid)
  log('creating the database cluster')
  const password = randomBytes(24).toString('base64url')
  await initdb({ path, password, account, binaries })
  await writeFile(passwordFile, password, { mode: 0o600 })
  return { path, password, account, binaries }
}

/** Deletes a cluster, also where it had to live outside `dataDir`. */
export async function removeCluster(dataDir: string): Promise<void> {
  const path = await realpath(join(dataDir, 'cluster')).catch(() => null)
  if (path) await rm(path, { recursive: true, force: true })
}

/** Root may keep its project where no other account can go; the files then live in root's store, with a link in their place. */
async function clusterFolder(link: string, account: Account): Promise<string> {
  const existing = await realpath(link).catch(() => null)
  if (existing) return existing
  await rm(link, { force: true })
  if (await canReach(link, account)) return link
  const name = createHash('sha256').update(link).digest('hex').slice(0, 16)
  const elsewhere = join(ROOT_STORE, `cluster-${name}`)
  await rm(elsewhere, { recursive: true, force: true })
  await mkdir(elsewhere, { recursive: true, mode: 0o755 })
  await symlink(elsewhere, link)
  return elsewhere
}

async function refuseOtherMajor(path: string, binaries: Binaries): Promise<void> {
  const version = (await readFile(join(path, 'PG_VERSION'), 'utf8')).trim()
  if (version === binaries.major) return
  throw new Error(`${path} was made by Postgres ${version} and this is ${binaries.major}. Start afresh, or use another data folder.`)
}

async function initdb({ path, password, account, binaries }: Cluster): Promise<void> {
  const folder = await mkdtemp(join(dirname(path), '.initdb-'))
  const passwordFile = join(folder, 'password')
  try {
    await writeFile(passwordFile, password, { mode: 0o600 })
    if (account) for (const made of [folder, passwordFile]) await chown(made, account.uid, account.gid)
    await new Promise<void>((resolve, reject) => {
      const child = spawn(
        binaries.initdb,
        // Without an explicit encoding a machine with no LANG gets SQL_ASCII, which accepts broken text.
        [
          `--pgdata=${path}`,
          '--username=worksights',
          `--pwfile=${passwordFile}`,
          '--auth=scram-sha-256',
          '--encoding=UTF8',
          ...locale(binaries),
          '--no-sync',
          '--no-instructions',
        ],
        { ...account, cwd: '/', env: { PATH: process.env.PATH, TZ: 'UTC' }, stdio: ['ignore', 'pipe', 'pipe'] },
      )
      let output = ''
      child.stdout.on('data', chunk => (output += String(chunk)))
      child.stderr.on('data', chunk => (output += String(chunk)))
      child.once('error', reject)
      child.once('close', code => (code === 0 ? resolve() : reject(new Error(`initdb failed (${code}):\n${output.trim()}`))))
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  await stat(join(path, 'PG_VERSION'))
}

/** Letters of every language, the same on every machine. Before Postgres 17 only the system has such a locale. */
function locale({ major }: Binaries): string[] {
  if (Number(major) >= 17) return ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  return [`--locale=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`]
}
