import { randomBytes } from 'node:crypto'
import { type Database, openDatabase } from '@worksights/database'
import { createTestDatabase } from '@worksights/dev-stack/testing'
import { createQueues } from '@worksights/queues'
import { createKeyRing, createLogger, createMetrics, type KeyRing, listen, systemClock } from '@worksights/runtime'
import { createGateway } from '../app.ts'
import { addEndpoint, type TestEndpoint } from './endpoints.ts'

export type StoredRow = {
  idempotencyKey: string | null
  body: Buffer
  eventTypes: string[]
  state: string
  reason: string | null
  repeats: number
  due: boolean
  finished: boolean
}

export type TestGateway = {
  url: string
  database: Database
  keyRing: KeyRing
  queueUrl: string
  /** Every log line so far. */
  logs: string[]
  /** Posts a body to an endpoint, signed with its secret unless `headers` say otherwise. */
  post(endpoint: TestEndpoint, body: string | Buffer, headers?: Record<string, string>): Promise<Response>
  rows(endpoint: TestEndpoint): Promise<StoredRow[]>
  addEndpoint(options?: { withSecret?: boolean }): Promise<TestEndpoint>
  /** Waits until nothing is being written or hinted. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** The gateway in this process on a database of its own, which is its queue too unless `queueUrl` says otherwise. */
export async function startGateway(
  options: { queueUrl?: (database: { url: string }) => string; endpointRateLimit?: number } = {},
): Promise<TestGateway> {
  const testDatabase = await createTestDatabase()
  const queueUrl = options.queueUrl?.(testDatabase) ?? testDatabase.url
  const logs: string[] = []
  const log = createLogger({ service: 'ingest-gateway', level: 'debug', destination: { write: line => logs.push(line) } })
  const keyRing = createKeyRing(`test:${randomBytes(32).toString('base64')}`)
  const onError = () => {} // the tests cut connections
  const database = openDatabase({ url: testDatabase.url, applicationName: 'test', max: 2, onError })
  const own = openDatabase({
    url: testDatabase.url,
    ...{ applicationName: 'ingest-gateway', max: 6, connectionTimeoutMs: 1_500, statementTimeoutMs: 2_500, onError },
  })
  const queues = createQueues({ url: queueUrl, log })
  const gateway = createGateway({
    ...{ database: own, queues, keyRing, log, clock: systemClock, meter: createMetrics('ingest-gateway').meter },
    endpointRateLimit: options.endpointRateLimit ?? 10_000,
  })
  const server = await listen(gateway.app, { port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${server.port}`
  return {
    ...{ url, database, keyRing, queueUrl, logs, settle: gateway.settle },
    addEndpoint: endpointOptions => addEndpoint(database, keyRing, endpointOptions),
    async post(endpoint, body, headers = {}) {
      return await fetch(url + endpoint.path, {
        method: 'POST',
        body: typeof body === 'string' ? body : new Uint8Array(body),
        headers: { 'content-type': 'application/json', 'attio-signature': endpoint.sign(body), ...headers },
      })
    },
    async rows(endpoint) {
      const { rows } = await database.pool.query<StoredRow>(
        `select idempotency_key as "idempotencyKey", body, event_types as "eventTypes", state, reason, repeats, due_at is not null as due,
           finished_at is not null as finished
         from delivery where connection_id = $1 order by id`,
        [endpoint.connectionId],
      )
      return rows
    },
    async close() {
      await server.close()
      await gateway.settle()
      await queues.close()
      await Promise.all([own.close(), database.close()])
      await testDatabase.drop()
    },
  }
}
