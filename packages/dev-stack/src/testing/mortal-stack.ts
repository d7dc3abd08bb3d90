import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Binaries } from '../postgres/binaries.ts'
import { removeCluster } from '../postgres/cluster.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../postgres/embedded.ts'
import type { Logins } from '../postgres/logins.ts'
import { type ManagedProcess, startProcess, waitUntilReady } from '../processes/child.ts'
import { startGuardian } from '../processes/guardian.ts'
import { freePort } from '../processes/ports.ts'
import { choosePorts } from '../stack/addresses.ts'
import { openDatabase } from '../stack/database.ts'
import { services, startArguments, type Urls, urlsOf } from '../stack/services.ts'
import { root } from '../stack/stack.ts'
import { openTeardown } from '../stack/teardown.ts'

/*
 * What `npm start` starts, each process to be killed and started again by a test, and as often as it likes side by side.
 */

export type ServiceName = 'api' | 'gateway' | 'resolver' | 'coalescer'

export type MortalProcess = {
  /** `kill -9`; resolves when it has ended. */
  kill(): Promise<void>
}

export type MortalStack = {
  urls: Urls
  databaseUrl: string
  /** `kid:base64`, what seals tokens and secrets. */
  encryptionKeys: string
  /** Starts one more process of a service; resolves when it is ready. */
  start(service: ServiceName): Promise<MortalProcess>
  /** Ends Postgres, all connections and what is open in them with it, and starts it again. */
  restartPostgres(): Promise<void>
  /** Ends Postgres for good. */
  losePostgres(): Promise<void>
  /** Services that are started from now on sign in here. */
  moveTo(logins: Logins): void
  /** Processes that ended without being killed or stopped, and how. */
  died: readonly string[]
  stop(): Promise<void>
}

/** Starts Postgres (npm's, or another), the identity provider and the simulator; services are the test's to start. */
export async function startMortalStack({ binaries }: { binaries?: Binaries } = {}): Promise<MortalStack> {
  const teardown = openTeardown()
  const guardian = startGuardian()
  teardown.add(() => guardian.dismiss())
  const folder = await mkdtemp(join(tmpdir(), 'worksights-mortal-'))
  teardown.add(() => rm(folder, { recursive: true, force: true }))
  teardown.add(() => removeCluster(folder))
  const settings = { redisUrl: null, logLevel: 'info', webTokenSeconds: null, realAttio: null }
  const ports = await choosePorts(() => {})
  const urls = urlsOf(ports, settings)
  const openPostgres = () =>
    startEmbeddedPostgres({ dataDir: folder, port: ports.postgres, durable: false, guardian, log: () => {}, ...(binaries && { binaries }) })
  let postgres: EmbeddedPostgres = await openPostgres().catch(async error => {
    await teardown.run()
    throw error
  })
  teardown.add(() => postgres.stop())
  let output = ''
  const died: string[] = []
  const onLine = (line: string) => {
    output += `${line}\n`
  }

  async function launch(
    name: string,
    place: string,
    args: string[],
    env: Record<string, string>,
    readyUrl: string,
  ): Promise<MortalProcess> {
    const child: ManagedProcess = startProcess({ name, args, cwd: join(root, place), env, guardian, onLine })
    let isKilled = false
    teardown.add(async () => {
      if (!isKilled) await child.stop()
    })
    void child.ended.then(how => {
      if (!isKilled && !teardown.closed) died.push(`${name} (${how})`)
    })
    await waitUntilReady(child, readyUrl).catch(error => {
      throw new Error(`${error instanceof Error ? error.message : error}\n${output.slice(-4_000)}`)
    })
    return {
      async kill() {
        isKilled = true
        process.kill(child.pid, 'SIGKILL')
        await child.ended
      },
    }
  }

  try {
    const database = await openDatabase(postgres.url, () => {})
    const signIn = { PORT: String(ports.identity), PUBLIC_FRONTEND_URL: urls.frontend }
    const discovery = `${urls.identity}/.well-known/openid-configuration`
    await launch('identity', 'packages/identity-provider', ['src/main.ts'], signIn, discovery)
    const simulator = ['src/cli.ts', '--port', String(ports.simulator), '--retry-schedule', '200,400,800,1600,3200,6400,12800']
    await launch('simulator', 'packages/attio-simulator', simulator, {}, `${urls.attio}/_simulator/`)
    const encryptionKeys = `test:${randomBytes(32).toString('base64')}`
    let { logins } = database
    return {
      urls,
      databaseUrl: database.url,
      encryptionKeys,
      async start(service) {
        const found = services({ ports, settings, logins, encryptionKeys }).find(({ name }) => name === service)
        if (!found) throw new Error(`There is no service ${service}.`)
        const adminPort = await freePort()
        const env = { ...found.env, ADMIN_PORT: String(adminPort) }
        return await launch(service, found.folder, startArguments(join(root, found.folder)), env, `http://127.0.0.1:${adminPort}/readyz`)
      },
      async restartPostgres() {
        await postgres.stop()
        postgres = await openPostgres()
      },
      losePostgres: () => postgres.stop(),
      moveTo(others) {
        logins = others
      },
      died,
      stop: () => teardown.run(),
    }
  } catch (error) {
    await teardown.run()
    throw error
  }
}
