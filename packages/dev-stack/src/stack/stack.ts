import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmbeddedPostgres } from '../postgres/embedded.ts'
import { type ManagedProcess, startProcess, waitUntilReady } from '../processes/child.ts'
import { startGuardian } from '../processes/guardian.ts'
import { choosePorts, type Ports } from './addresses.ts'
import type { Console } from './console.ts'
import type { DataFolder } from './data-folder.ts'
import { openDatabase } from './database.ts'
import { services, startArguments, type Urls, urlsOf } from './services.ts'
import type { Settings } from './settings.ts'

export const root = fileURLToPath(new URL('../../../../', import.meta.url))

export type Stack = {
  urls: Urls
  ports: Ports
  databaseUrl: string
  /** Resolves when a process of the stack ends without being asked to: its name and how. */
  failure: Promise<string>
}

/** What was started, to be stopped in the opposite order. */
export type Teardown = { add(stop: () => Promise<void>): void; run(): Promise<void> }

export function openTeardown(): Teardown {
  const stops: (() => Promise<void>)[] = []
  return {
    add: stop => void stops.push(stop),
    async run() {
      for (let stop = stops.pop(); stop; stop = stops.pop()) await stop()
    },
  }
}

/**
 * Starts Postgres, the simulator, the identity provider and every service, and waits until each is ready. Whatever it started is in `teardown`
 * even when it throws: the caller runs that in any case.
 */
export async function startStack(options: { data: DataFolder; settings: Settings; console: Console; teardown: Teardown }): Promise<Stack> {
  const { data, settings, console, teardown } = options
  const guardian = startGuardian()
  teardown.add(() => guardian.dismiss())
  const ports = await choosePorts(console.say)
  const urls = urlsOf(ports, settings)
  const log = (line: string) => console.log('postgres', line)
  const postgres = await startEmbeddedPostgres({
    dataDir: join(data.path, 'postgres'),
    port: ports.postgres,
    durable: true,
    guardian,
    log,
  })
  teardown.add(() => postgres.stop())
  const database = await openDatabase(postgres.url, log)

  let stopping = false
  const ends: Promise<string>[] = []
  const launch = (name: string, folder: string, args: string[], env: Record<string, string>): ManagedProcess => {
    const onLine = (line: string) => console.log(name, line)
    const child = startProcess({ name, args, cwd: join(root, folder), env, guardian, onLine })
    teardown.add(() => {
      stopping = true
      return child.stop()
    })
    ends.push(child.ended.then(how => (stopping ? new Promise<string>(() => {}) : `${name} (${how})`)))
    return child
  }

  const ready: Promise<void>[] = []
  const identity = launch('identity', 'packages/dev-stack', ['src/identity/main.ts'], {
    PORT: String(ports.identity),
    PUBLIC_FRONTEND_URL: urls.frontend,
  })
  ready.push(waitUntilReady(identity, `${urls.identity}/.well-known/openid-configuration`))
  if (!settings.realAttio) {
    const simulator = launch('simulator', 'packages/attio-simulator', ['src/cli.ts', '--port', String(ports.simulator)], {})
    ready.push(waitUntilReady(simulator, `${urls.attio}/_simulator/`))
  }
  for (const service of services({ ports, settings, databaseUrl: database.url, encryptionKeys: data.encryptionKeys })) {
    const child = launch(service.name, service.folder, await startArguments(join(root, service.folder)), service.env)
    ready.push(waitUntilReady(child, service.readyUrl))
  }
  await Promise.all(ready)
  return { urls, ports, databaseUrl: database.url, failure: Promise.race(ends) }
}
