import { execFile } from 'node:child_process'
import { chmod, chown, copyFile, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { serverAccount } from '../postgres/account.ts'
import { removeCluster } from '../postgres/cluster.ts'
import { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from '../postgres/embedded.ts'
import { startGuardian } from '../processes/guardian.ts'
import { freePort } from '../processes/ports.ts'
import { openDatabase } from '../stack/database.ts'

const run = promisify(execFile)

/** One server: addresses of its database by who signs in, and where it writes its log. */
type Server = {
  logFile: string
  /** The owner, who is a superuser. */
  url: string
  apiUrl: string
  workerUrl: string
}

export type ReplicatedPostgres = {
  primary: Server
  standby: Server & {
    /** Stops replaying what the primary wrote; resolves when it has stopped. What it shows stays as it is. */
    pause(): Promise<void>
    /** Goes on replaying after {@link pause}. */
    resume(): Promise<void>
    /** Ends it as a crash would, connections and all; resolves when it is gone. */
    crash(): Promise<void>
    /** Starts it again at the same address, after {@link crash}. */
    start(): Promise<void>
  }
  /**
   * Makes the standby a primary of its own, and the primary, once it has run the statement `last`, a standby that follows nobody: it has what the new primary
   * never got. Addresses stay.
   */
  failOver(last: string): Promise<void>
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
    const at = (address: string, port: number) => Object.assign(new URL(address), { port: String(port) }).href
    const server = (dataDir: string, port: number): Server => ({
      logFile: join(dataDir, 'server.log'),
      ...{ url: at(database.url, port), apiUrl: at(logins.api, port), workerUrl: at(logins.worker, port) },
    })
    return {
      primary: server(first, primary.port),
      standby: {
        ...server(second, standbyPort),
        async pause() {
          await ask(standby.url, 'select pg_wal_replay_pause()')
          while ((await ask(standby.url, 'select pg_get_wal_replay_pause_state() as answer')) !== 'paused') await wait(10)
        },
        async resume() {
          await ask(standby.url, 'select pg_wal_replay_resume()')
        },
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
      async failOver(last) {
        await ask(standby.url, 'select pg_promote()')
        await ask(database.url, last)
        await primary.stop()
        running.delete(primary)
        await markStandby(first)
        await start(first, { port, settings: { ...common, hot_standby: 'on' } })
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
  await mkdir(to)
  await copyFile(join(from, 'password'), join(to, 'password'))
  // Unlike Node's, it keeps whose files they are.
  await run('cp', ['-a', await realpath(join(from, 'cluster')), join(to, 'cluster')])
  await markStandby(to)
}

/** Has a stopped server be a standby when it is started. */
async function markStandby(dataDir: string): Promise<void> {
  const cluster = join(dataDir, 'cluster')
  const account = await serverAccount(cluster)
  const signal = join(cluster, 'standby.signal')
  await writeFile(signal, '', { mode: 0o600 })
  if (account) await chown(signal, account.uid, account.gid)
}

async function ask(url: string, statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<{ answer?: unknown }>(statement)).rows[0]?.answer
  } finally {
    await client.end()
  }
}
