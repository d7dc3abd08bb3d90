import { spawn } from 'node:child_process'
import { chown, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Guardian } from '../processes/guardian.ts'
import { freePort } from '../processes/ports.ts'
import type { Binaries } from './binaries.ts'
import { type Cluster, openCluster } from './cluster.ts'
import { clearPostmaster, stopPostmaster } from './postmaster.ts'

export type EmbeddedPostgres = {
  url: string
  port: number
  pid: number
  /** Resolves when the server has ended, asked or not, with how it ended. */
  ended: Promise<string>
  stop(): Promise<void>
}

export type EmbeddedPostgresOptions = {
  /** Holds the cluster, its password and `server.log`; made if absent. */
  dataDir: string
  /** Taken if free, else another one is. */
  port?: number
  /** false: no fsync, for data that may be lost (tests). */
  durable: boolean
  /** A Postgres of this machine in place of npm's. */
  binaries?: Binaries
  /** PEM: it also speaks TLS, as this. */
  tls?: { key: string; certificate: string }
  /** Settings of Postgres that go before those chosen here. */
  settings?: Readonly<Record<string, string>>
  /** Stops the server if this process dies without doing so. */
  guardian: Guardian
  log: (line: string) => void
}

/**
 * Starts a Postgres server, of npm's making unless others are given, on 127.0.0.1 with a password, as root or as an ordinary user. It runs detached: a Ctrl-C in the
 * terminal must not end it before the services have drained. `url` names the superuser and the database `postgres`.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const cluster = await openCluster(options.dataDir, options.log, options.binaries)
  await clearPostmaster(cluster.path, options.log)
  const port = await freePort(options.port)
  const tls = options.tls ? await placeCertificate(cluster, options.tls) : {}
  const logFile = join(options.dataDir, 'server.log')
  const output = await open(logFile, 'a', 0o600)
  const child = spawn(
    cluster.binaries.postgres,
    ['-D', cluster.path, ...settings(port, options.durable, { ...tls, ...options.settings })],
    {
      ...cluster.account,
      cwd: '/',
      detached: true,
      env: { PATH: process.env.PATH, TZ: 'UTC' },
      stdio: ['ignore', output.fd, output.fd],
    },
  )
  const ended = new Promise<string>(resolve => {
    child.once('error', error => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  await output.close()
  const pid = child.pid
  if (pid === undefined) throw new Error(`Postgres could not be started: ${await ended}`)
  child.unref()
  options.guardian.watch(pid, 'SIGINT')
  const url = `postgres://worksights:${cluster.password}@127.0.0.1:${port}/postgres`
  const stopped = await Promise.race([ended, answers(url)])
  if (stopped !== 'ready') {
    await stopPostmaster(pid)
    options.guardian.forget(pid)
    throw new Error(`Postgres did not start: ${stopped}. Its log: ${logFile}`)
  }
  return {
    url,
    port,
    pid,
    ended,
    async stop() {
      await stopPostmaster(pid)
      options.guardian.forget(pid)
    },
  }
}

/** Postgres refuses a key that others could read. */
async function placeCertificate({ path, account }: Cluster, tls: { key: string; certificate: string }): Promise<Record<string, string>> {
  const files = { ssl_key_file: join(path, 'server.key'), ssl_cert_file: join(path, 'server.crt') }
  await writeFile(files.ssl_key_file, tls.key, { mode: 0o600 })
  await writeFile(files.ssl_cert_file, tls.certificate, { mode: 0o600 })
  if (account) for (const file of Object.values(files)) await chown(file, account.uid, account.gid)
  return { ssl: 'on', ...files }
}

function settings(port: number, durable: boolean, more: Readonly<Record<string, string>>): string[] {
  const values = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '300',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '2GB' }),
    ...more,
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Waits for the first successful log-in; recovery after a crash may take a while. */
async function answers(url: string): Promise<string> {
  const deadline = performance.now() + 60_000
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      return 'ready'
    } catch (error) {
      if (performance.now() > deadline) return `no log-in within 60 s (${String(error)})`
      await pause(25)
    } finally {
      await client.end().catch(() => {})
    }
  }
}
