import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate, migrateQueues } from '../migrations.ts'
import { removeCluster } from '../postgres/cluster.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../postgres/embedded.ts'
import { createLogins, type Logins } from '../postgres/logins.ts'
import type { Guardian } from '../processes/guardian.ts'

const TEMPLATE = 'template_worksights'

/**
 * Lives in jest's parent process and gives the test files their databases over loopback HTTP. Postgres starts with the first request, so a
 * run of pure tests never pays for it. `POST /databases` answers
 * `{ url, apiUrl, workerUrl, name }`; `DELETE /databases/{name}` drops one.
 */
export async function startTestServer(guardian: Guardian): Promise<{ url: string; close(): Promise<void> }> {
  let cluster: Promise<TestCluster> | undefined
  const server = createServer((request, response) => {
    const answer = async (): Promise<object> => {
      cluster ??= startTestCluster(guardian)
      const { create, drop } = await cluster
      const name = /^\/databases\/(test_\d+)$/.exec(request.url ?? '')?.[1]
      if (request.method === 'DELETE' && name) return await drop(name)
      if (request.method === 'POST' && request.url === '/databases') return await create()
      throw new Error(`No such route: ${request.method} ${request.url}`)
    }
    answer().then(
      body => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      error => response.writeHead(500, { 'content-type': 'text/plain' }).end(error instanceof Error ? error.stack : String(error)),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The test server has no address.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await (await cluster?.catch(() => undefined))?.close()
    },
  }
}

type TestCluster = {
  create(): Promise<{ url: string; apiUrl: string; workerUrl: string; name: string }>
  drop(name: string): Promise<object>
  close(): Promise<void>
}

async function startTestCluster(guardian: Guardian): Promise<TestCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'worksights-test-'))
  const postgres = await startEmbeddedPostgres({ dataDir: folder, durable: false, guardian, log: () => {} })
  const admin = new pg.Pool({ connectionString: postgres.url, max: 4 })
  admin.on('error', () => {}) // an idle connection may be cut when the server stops
  const close = async () => {
    await admin.end()
    await discard(postgres, folder)
  }
  let logins: Logins
  try {
    await admin.query(`CREATE DATABASE ${TEMPLATE}`)
    const template = databaseUrl(postgres.url, TEMPLATE)
    await migrate(template)
    await migrateQueues(template)
    logins = await createLogins(admin, postgres.url)
  } catch (error) {
    await close()
    throw error
  }
  let last = 0
  return {
    async create() {
      const name = `test_${++last}`
      await admin.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`)
      const at = (server: string) => databaseUrl(server, name)
      return { url: at(postgres.url), apiUrl: at(logins.api), workerUrl: at(logins.worker), name }
    },
    async drop(name) {
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      return {}
    },
    close,
  }
}

async function discard(postgres: EmbeddedPostgres, folder: string): Promise<void> {
  await postgres.stop()
  await removeCluster(folder)
  await rm(folder, { recursive: true, force: true })
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
