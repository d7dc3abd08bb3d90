import { randomBytes } from 'node:crypto'
import { createAttioClient } from '@worksights/attio'
import { startSimulator } from '@worksights/attio-simulator'
import { openDatabase, readSealedToken, tenantOf, tokenSealContext } from '@worksights/database'
import { createTestDatabase } from '@worksights/dev-stack/testing'
import { createKeyRing, createLogger } from '@worksights/runtime'
import { v7 as uuid } from 'uuid'
import { createAttioConnector } from '../connector.ts'
import { openUpkeep, type Upkeep } from '../upkeep.ts'

/*
 * Connections to a simulated Attio, made as the API makes them and looked after as the workers do, each with the rights of its own database login and
 * with a clock that a test can put forward.
 */

export type Workshop = Awaited<ReturnType<typeof openWorkshop>>
export type Place = Awaited<ReturnType<Workshop['connect']>>

type RemoteWebhook = { id: string; target_url: string; status: string; subscriptions: { event_type: string; filter: unknown }[] }

const redirectUri = 'http://localhost/callback'
const client = { clientId: 'simulator-client', clientSecret: 'simulator-secret' }

export async function openWorkshop() {
  const [testDatabase, simulator] = await Promise.all([createTestDatabase(), startSimulator()])
  const owner = openDatabase({ url: testDatabase.url, applicationName: 'connections-test' })
  const api = openDatabase({ url: testDatabase.apiUrl, applicationName: 'connections-test-api' })
  const worker = openDatabase({ url: testDatabase.workerUrl, applicationName: 'connections-test-worker' })
  const keyRing = createKeyRing(`test:${randomBytes(32).toString('base64')}`)
  const logged: string[] = []
  const log = createLogger({ service: 'test', level: 'debug', destination: { write: line => void logged.push(line) } })
  let aheadMs = 0
  const clock = { now: () => Date.now() + aheadMs }
  const gatewayUrl = 'http://127.0.0.1:9/gateway'
  const { url } = simulator
  const attio = { apiUrl: url, appUrl: url }

  async function control<T = unknown>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${url}/_simulator${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return JSON.parse(text) as T
  }
  const slugs: string[] = []

  /** A code as Attio's consent page gives it. */
  async function consent(workspace: string): Promise<string> {
    const body = new URLSearchParams({
      client_id: client.clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      workspace,
      decision: 'allow',
    })
    const response = await fetch(`${url}/authorize`, { method: 'POST', body, redirect: 'manual' })
    return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? ''
  }

  async function newOrganization() {
    const [organizationId, userId] = [uuid(), uuid()]
    await owner.pool.query('insert into organization (id, external_id, name) values ($1, $2, $3)', [organizationId, organizationId, 'Test'])
    await owner.pool.query(
      `insert into app_user (id, organization_id, email, email_folded, name) values ($1, $2, 'ada@example.com', 'ada@example.com', 'Ada')`,
      [userId, organizationId],
    )
    return { organizationId, userId }
  }

  const connector = createAttioConnector({ keyRing, clock, log, attio: { ...attio, ...client }, redirectUri, gatewayUrl })

  /** Connects a workspace of its own, or `workspace`, or `again` what is connected. */
  async function connect(options: { workspace?: string; again?: { organizationId: string; userId: string; workspace: string } } = {}) {
    const workspace = options.again?.workspace ?? options.workspace ?? `w${slugs.push('') + 1}`
    if (!options.again && !options.workspace) await control('POST', '/workspaces', { slug: workspace, name: workspace })
    const { organizationId, userId } = options.again ?? (await newOrganization())
    const store = tenantOf(api, organizationId)
    const outcome = await connector.connect({ code: await consent(workspace), store, userId, requestId: 'request' })
    if (outcome.outcome !== 'connected') throw new Error(`not connected: ${outcome.code}`)
    const { connectionId } = outcome
    const rows = async <T extends object>(sql: string): Promise<T[]> => (await owner.pool.query<T>(sql, [connectionId])).rows
    return {
      ...{ organizationId, userId, workspace, connectionId, rows },
      /** The upkeep as a worker opens it, with changes of its gateway address. */
      async upkeep(changes: Partial<Upkeep> = {}): Promise<Upkeep> {
        const opened = await openUpkeep({ database: worker, keyRing, attio, gatewayUrl, clock, log }, connectionId)
        if (!opened) throw new Error('There is no such connection.')
        return { ...opened, ...changes }
      },
      async token(): Promise<string> {
        const row = await readSealedToken(owner.pool, connectionId)
        if (!row?.tokenSealed || row.tokenKeyId === null) throw new Error('There is no token.')
        return keyRing.open(row.tokenSealed, row.tokenKeyId, tokenSealContext(connectionId))
      },
      async client() {
        return createAttioClient({ apiUrl: url, token: await this.token() })
      },
      /** What is at Attio, of whichever app. */
      async remote(): Promise<RemoteWebhook[]> {
        const { webhooks } = await control<{ webhooks: (RemoteWebhook & { workspace: string })[] }>('GET', '/webhooks')
        return webhooks.filter(webhook => webhook.workspace === workspace)
      },
      webhooks: () =>
        rows<{
          id: string
          endpoint_id: string
          attio: string
          purpose: string
          status: string
          retired: boolean
          silenced: boolean
          checked_at: Date
        }>(
          `select id, endpoint_id, attio_webhook_id as attio, purpose, status, retired_at is not null as retired, silenced_at is not null as silenced, checked_at
           from webhook where connection_id = $1 order by retired_at nulls first, purpose desc`,
        ),
      gaps: () =>
        rows<{ purpose: string; reason: string; started_at: Date; ended_at: Date | null }>(
          'select purpose, reason, started_at, ended_at from delivery_gap where connection_id = $1 order by started_at, purpose',
        ),
      /** Its history, oldest first, as `state reason`. */
      history: async () =>
        (
          await rows<{ was: string; became: string }>(
            `select concat_ws(' ', from_state, from_reason) as was, concat_ws(' ', to_state, to_reason) as became
             from connection_state_change where connection_id = $1 order by at, id`,
          )
        ).map(({ was, became }) => `${was} → ${became}`),
      async row() {
        const [row] = await rows<{
          state: string
          state_reason: string | null
          scopes: string[]
          token_dead_since: Date | null
          checked_at: Date | null
          members_synced_at: Date | null
          due_in_ms: number | null
          has_token: boolean
        }>(
          `select state, state_reason, scopes, token_dead_since, checked_at, members_synced_at, token_sealed is not null as has_token,
             (extract(epoch from check_due_at - now()) * 1000)::float8 as due_in_ms from connection where id = $1`,
        )
        if (!row) throw new Error('There is no such connection.')
        return row
      },
    }
  }

  return {
    ...{ url, attio, owner, worker, keyRing, clock, log, logged, gatewayUrl, control, connect },
    /** Puts the clock forward. */
    later(ms: number): void {
      aheadMs += ms
    },
    faults: (switches: object) => control('PUT', '/faults', switches),
    async heal() {
      await control('DELETE', '/faults')
    },
    makeIll: (id: string, status: string, degradedForMs = 0) =>
      control('PUT', `/webhooks/${id}/status`, { status, degraded_for_ms: degradedForMs }),
    vanish: (id: string) => control('DELETE', `/webhooks/${id}`),
    async close() {
      await simulator.close()
      await Promise.all([owner.close(), api.close(), worker.close()])
      await testDatabase.drop()
    },
  }
}
