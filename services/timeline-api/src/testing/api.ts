import { randomBytes } from 'node:crypto'
import { type Database, openDatabase, type Tenant, tenantOf } from '@worksights/database'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import { createKeyRing, createLogger, createMetrics, type KeyRing, listen, loadConfig, systemClock } from '@worksights/runtime'
import { createTimelineApi } from '../app.ts'
import { configSchema } from '../config.ts'
import { openReplica } from '../replica.ts'
import { audience, startIssuer, type TestIssuer } from './issuer.ts'

export type TestApi = {
  url: string
  /** The owner's view: what a test prepares and looks at. The API has a login of its own. */
  database: Database
  /** An organisation's rows as the API's own login sees them. */
  tenantOf(organizationId: string): Tenant
  issuer: TestIssuer
  /** Opens what the API sealed. */
  keyRing: KeyRing
  /** Every log line so far. */
  logs: string[]
  /** GET (or whatever `init` says) with a bearer token; claims as in `issuer.token`. */
  call(path: string, claims?: Record<string, unknown>, init?: RequestInit): Promise<Response>
  /** Every hint given so far: `queue connection`. */
  hints: string[]
  /** Its metrics, in Prometheus's text format. */
  metrics(): Promise<string>
  closeStreams(): void
  close(): Promise<void>
}

/** Tests ask quickly; one of them sets limits of its own. */
const unlimited = {
  RATE_LIMIT_USER_PER_MINUTE: '1000000',
  RATE_LIMIT_ORGANIZATION_PER_MINUTE: '1000000',
  RATE_LIMIT_ADDRESS_PER_MINUTE: '1000000',
}

/** The whole API on a database of its own, or on the one given, with an issuer of its own; `env` adds to its configuration. */
export async function startApi(env: Record<string, string> = {}, given?: Pick<TestDatabase, 'url' | 'apiUrl' | 'drop'>): Promise<TestApi> {
  const [testDatabase, issuer] = await Promise.all([given ?? createTestDatabase(), startIssuer()])
  const logs: string[] = []
  const log = createLogger({ service: 'timeline-api', level: 'debug', destination: { write: line => logs.push(line) } })
  // The callback's address holds the port, so that is taken first.
  let handle: Parameters<typeof listen>[0] | undefined
  const server = await listen((request, response) => handle?.(request, response), { port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${server.port}`
  const config = loadConfig(configSchema, {
    DATABASE_URL: testDatabase.apiUrl,
    QUEUE_URL: testDatabase.apiUrl,
    ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
    PUBLIC_API_URL: url,
    PUBLIC_GATEWAY_URL: 'http://127.0.0.1:9/gateway',
    PUBLIC_FRONTEND_URL: 'http://app.test.example',
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: audience,
    ATTIO_CLIENT_ID: 'simulator-client',
    ATTIO_CLIENT_SECRET: 'simulator-secret',
    ...unlimited,
    ...env,
  })
  const own = openDatabase({ url: config.DATABASE_URL, applicationName: 'timeline-api' })
  const database = openDatabase({ url: testDatabase.url, applicationName: 'timeline-api-test' })
  const keyRing = createKeyRing(config.ENCRYPTION_KEYS)
  const hints: string[] = []
  const hint = async (queue: string, connectionId: string) => void hints.push(`${queue} ${connectionId}`)
  const metrics = createMetrics('timeline-api')
  const common = { clock: systemClock, log, meter: metrics.meter }
  const replica = config.DATABASE_READ_URL
    ? openReplica({ ...common, url: config.DATABASE_READ_URL, poolMax: config.DATABASE_READ_POOL_MAX })
    : undefined
  const api = createTimelineApi({ ...common, config, database: own, replica, keyRing, hint })
  handle = (request, response) => (request.url === '/metrics' ? metrics.handler(request, response) : api.app(request, response))
  return {
    ...{ url, database, issuer, logs, keyRing, hints },
    async call(path, claims, init = {}) {
      const authorization = `Bearer ${await issuer.token(claims)}`
      return await fetch(url + path, { ...init, headers: { authorization, ...init.headers } })
    },
    tenantOf: organizationId => tenantOf(own, organizationId),
    metrics: async () => await (await fetch(`${url}/metrics`)).text(),
    closeStreams: () => api.hub.close(),
    async close() {
      api.hub.close()
      await server.close()
      await Promise.all([own.close(), database.close(), replica?.database.close()])
      await Promise.all([testDatabase.drop(), issuer.close()])
    },
  }
}

/** The JSON of a response, of the shape the test expects. */
export async function json<T>(response: Response): Promise<T> {
  return (await response.json()) as T
}

/** Waits until `condition` gives something, at most as long as jest lets the test run. */
export async function until<T>(condition: () => T | Promise<T>): Promise<NonNullable<Awaited<T>>> {
  for (;;) {
    const value = await condition()
    if (value) return value
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
