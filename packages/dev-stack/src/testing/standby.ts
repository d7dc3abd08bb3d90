import { execFile } from 'node:child_process'
import { chmod, chown, copyFile, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { serverAccount } from '../postgres/account.ts'
import { removeCluster } from '../postgres/cluster.ts'
import { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from '../postgres/embedded.ts'
import { startGuardian } from '../processes/guardian.ts'
import { freePort } from '../processes/ports.ts'
import { openDatabase } from '../stack/database.ts'

const run = promisify(execFile)

/** Addresses of one server's database by who signs in. */
type Addresses = {
  /** The owner, who is a superuser. */
  url: string
  apiUrl: string
  workerUrl: string
}

export type ReplicatedPostgres = {
  primary: Addresses
  standby: Addresses & {
    /** Ends it as a crash would, connections and all; resolves when it is gone. */
    crash(): Promise<void>
    /** Starts it again at the same address, after {@link crash}. */
    start(): Promise<void>
  }
  close(): Promise<void>
}

/**
 * Two servers with a migrated database: a primary, and a standby that follows it by streaming. The standby begins as a cold copy of the
 * primary, since npm's Postgres comes without `pg_basebackup`. `settings` are for both.
 */
export async function startReplicatedPostgres(settings: Readonly<Record<string, string>> = {}): Promise<ReplicatedPostgres> {
  const guardian = startGuardian()
  const folder = await mkdtemp(join(tmpdir(), 'worksights-standby-'))
  // Postgres may run as another account, and must get to its clusters.
  await chmod(folder, 0o711)
  const [first, second] = [join(folder, 'primary'), join(folder, 'standby')] as const
  const running = new Set<EmbeddedPostgres>()
  const close = async () => {
    for (const server of running) await server.stop()
    await removeCluster(first)
    await removeCluster(second)
    await rm(folder, { recursive: true, force: true })
    guardian.dismiss()
  }
  const start = async (dataDir: string, more: Pick<EmbeddedPostgresOptions, 'port' | 'settings'>) => {
    const server = await startEmbeddedPostgres({ ...more, dataDir, durable: false, guardian, log: () => {} })
    running.add(server)
    return server
  }
  // As in production, what a session sees committed was written; what was not is not sent to a standby.
  const common = { synchronous_commit: 'on', ...settings }
  try {
    const port = await freePort()
    const empty = await start(first, { port, settings: common })
    const database = await openDatabase(empty.url, () => {})
    const { logins } = database
    await empty.stop()
    running.delete(empty)
    await copyCluster(first, second)
    const primary = await start(first, { port, settings: common })
    const { password, username } = new URL(primary.url)
    const following = {
      ...{ ...common, hot_standby: 'on', wal_retrieve_retry_interval: '100ms' },
      primary_conninfo: `host=127.0.0.1 port=${primary.port} user=${username} password=${password}`,
    }
    const standbyPort = await freePort()
    let standby = await start(second, { port: standbyPort, settings: following })
    const at = (address: string, to: number) => Object.assign(new URL(address), { port: String(to) }).href
    const addresses = (to: number): Addresses => ({
      ...{ url: at(database.url, to), apiUrl: at(logins.api, to), workerUrl: at(logins.worker, to) },
    })
    return {
      primary: addresses(primary.port),
      standby: {
        ...addresses(standbyPort),
        async crash() {
          process.kill(standby.pid, 'SIGQUIT')
          await standby.ended
          await standby.stop()
          running.delete(standby)
        },
        async start() {
          standby = await start(second, { port: standbyPort, settings: following })
        },
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Makes `to` what `from` is, a stopped server, and has it follow another one when it is started. */
async function copyCluster(from: string, to: string): Promise<void> {
  const account = await serverAccount(join(from, 'cluster'))
  await mkdir(to)
  await copyFile(join(from, 'password'), join(to, 'password'))
  const cluster = join(to, 'cluster')
  // Unlike Node's, it keeps whose files they are.
  await run('cp', ['-a', await realpath(join(from, 'cluster')), cluster])
  const signal = join(cluster, 'standby.signal')
  await writeFile(signal, '', { mode: 0o600 })
  if (account) await chown(signal, account.uid, account.gid)
}
