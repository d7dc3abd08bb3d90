import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { requiredScopes } from '@worksights/attio'
import { startEmbeddedPostgres } from '../postgres/embedded.ts'
import { startProcess, waitUntilReady } from '../processes/child.ts'
import { startGuardian } from '../processes/guardian.ts'
import { choosePorts } from './addresses.ts'
import type { Console } from './console.ts'
import type { DataFolder } from './data-folder.ts'
import { openDatabase } from './database.ts'
import { services, startArguments, type Urls, urlsOf } from './services.ts'
import type { Settings } from './settings.ts'
import { StartError } from './start-error.ts'
import type { Teardown } from './teardown.ts'
import { copyWebApp } from './web-folder.ts'

export const root = fileURLToPath(new URL('../../../../', import.meta.url))

export type Stack = {
  urls: Urls
  /** Where each service of ours answers /livez, /readyz and /metrics. */
  adminUrls: Record<string, string>
  /** Process numbers by name. */
  processes: Record<string, number>
  /** Of the gateway on this machine, also where its public address is another. */
  gatewayPort: number
  databaseUrl: string
  queueUrl: string
  /** Resolves when a process of the stack ends without being asked to: its name and how. */
  failure: Promise<string>
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

  const ends: Promise<string>[] = []
  const tellEnd = (name: string, ended: Promise<string>) =>
    ends.push(ended.then(how => (teardown.closed ? new Promise<string>(() => {}) : `${name} (${how})`)))
  tellEnd('postgres', postgres.ended)
  const processes: Record<string, number> = { postgres: postgres.pid }
  const ready: Promise<void>[] = []
  const launch = (name: string, folder: string, args: string[], env: Record<string, string>, readyUrl: string): void => {
    if (teardown.closed) throw new StartError('Stopped while starting.')
    const onLine = (line: string) => console.log(name, line)
    const child = startProcess({ name, args, cwd: join(root, folder), env, guardian, onLine })
    teardown.add(child.stop)
    tellEnd(name, child.ended)
    processes[name] = child.pid
    ready.push(waitUntilReady(child, readyUrl).then(() => console.log(name, `ready (process ${child.pid})`)))
  }

  const signIn = {
    PORT: String(ports.identity),
    PUBLIC_FRONTEND_URL: urls.frontend,
    ...(settings.webTokenSeconds && { WEB_TOKEN_SECONDS: settings.webTokenSeconds }),
  }
  launch('identity', 'packages/identity-provider', ['src/main.ts'], signIn, `${urls.identity}/.well-known/openid-configuration`)
  if (!settings.realAttio) {
    launch('simulator', 'packages/attio-simulator', simulatorArguments(ports.simulator), {}, `${urls.attio}/_simulator/`)
  }
  const webFolder = await copyWebApp(join(root, 'services/frontend/dist'), join(data.path, 'web'))
  const ours = services({ ports, settings, logins: database.logins, encryptionKeys: data.encryptionKeys, webFolder })
  for (const { name, folder, env, adminUrl } of ours) {
    launch(name, folder, startArguments(join(root, folder)), env, `${adminUrl}/readyz`)
  }
  await Promise.all(ready)
  return {
    urls,
    adminUrls: Object.fromEntries(ours.map(({ name, adminUrl }) => [name, adminUrl])),
    processes,
    gatewayPort: ports.gateway,
    databaseUrl: database.url,
    queueUrl: settings.redisUrl ?? database.url,
    failure: Promise.race(ends),
  }
}

/** The app asks for what the set-up guide says. Attio is assumed to pause minutes and hours between retries; whoever watches has seconds. */
function simulatorArguments(port: number): string[] {
  const scopes = requiredScopes.map(({ scope }) => scope).join(' ')
  return ['src/cli.ts', '--port', String(port), '--scopes', scopes, '--retry-schedule', '1000,2000,4000,8000,16000,32000,64000']
}
