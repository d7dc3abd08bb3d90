import { createAttioClient } from '@worksights/attio'
import { type Simulator, startSimulator } from '@worksights/attio-simulator'
import { secretSealContext, tokenSealContext } from '@worksights/database'
import { startApi, type TestApi } from './api.ts'

export type TestAttio = Awaited<ReturnType<typeof startApiWithAttio>>

export type Attempt = { state: string; cookie: string; authorizeUrl: string }

const admin = { role: 'admin' }

/** The API with a simulated Attio behind it, and the steps of connecting as a browser takes them. */
export async function startApiWithAttio(env: Record<string, string> = {}) {
  const simulator: Simulator = await startSimulator({ seed: 'northwind' })
  const api: TestApi = await startApi({ ATTIO_APP_URL: simulator.url, ATTIO_API_URL: simulator.url, ...env })

  /** `POST authorize`; `claims` says who asks. */
  async function begin(claims: Record<string, unknown> = {}): Promise<Attempt> {
    const response = await api.call('/v1/integrations/attio/authorize', { ...admin, ...claims }, { method: 'POST' })
    const { authorize_url } = (await response.json()) as { authorize_url: string }
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return { state: new URL(authorize_url).searchParams.get('state') ?? '', cookie, authorizeUrl: authorize_url }
  }

  /** Answers the consent page; gives the address Attio sends the browser back to. */
  async function consent(attempt: Attempt, workspace: string, decision: 'allow' | 'deny' = 'allow'): Promise<string> {
    const asked = new URL(attempt.authorizeUrl)
    const body = new URLSearchParams([...asked.searchParams, ['workspace', workspace], ['decision', decision]])
    const response = await fetch(`${asked.origin}${asked.pathname}`, { method: 'POST', body, redirect: 'manual' })
    return response.headers.get('location') ?? ''
  }

  /** Follows the way back; gives where the browser lands. */
  async function comeBack(
    callbackUrl: string,
    cookie: string,
  ): Promise<{ status: number; connected: string | null; error: string | null; address: string }> {
    const response = await fetch(callbackUrl, { headers: { cookie }, redirect: 'manual' })
    const address = response.headers.get('location') ?? ''
    const { searchParams } = new URL(address)
    return { status: response.status, connected: searchParams.get('connected'), error: searchParams.get('error'), address }
  }

  return {
    ...{ api, simulator, begin, consent, comeBack },
    /** All steps; gives where the browser lands. */
    async connect(workspace = 'northwind', claims: Record<string, unknown> = {}) {
      const attempt = await begin(claims)
      return await comeBack(await consent(attempt, workspace), attempt.cookie)
    },
    /** Attio as a connection's stored token sees it. */
    async attioOf(connectionId: string) {
      const { rows } = await api.database.pool.query<{ sealed: Buffer; keyId: string }>(
        'select token_sealed as sealed, token_key_id as "keyId" from connection where id = $1',
        [connectionId],
      )
      const [row] = rows
      if (!row) throw new Error('There is no such connection.')
      const token = api.keyRing.open(row.sealed, row.keyId, tokenSealContext(connectionId))
      return { token, client: createAttioClient({ apiUrl: simulator.url, token }) }
    },
    /** The webhooks of a connection as stored, with their secrets opened. */
    async storedWebhooks(connectionId: string) {
      const { rows } = await api.database.pool.query<{
        id: string
        endpointId: string
        purpose: string
        attioWebhookId: string | null
        retired: boolean
        sealed: Buffer | null
        keyId: string
      }>(
        `select id, endpoint_id as "endpointId", purpose, attio_webhook_id as "attioWebhookId", retired_at is not null as retired,
                secret_sealed as sealed, secret_key_id as "keyId"
         from webhook where connection_id = $1 order by purpose desc`,
        [connectionId],
      )
      return rows.map(({ sealed, keyId, ...row }) => ({
        ...row,
        secret: sealed && api.keyRing.open(sealed, keyId, secretSealContext(row.id)),
      }))
    },
    async setFaults(faults: Record<string, unknown>) {
      const response = await fetch(`${simulator.url}/_simulator/faults`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(faults),
      })
      if (!response.ok) throw new Error(`The simulator refused the faults: ${await response.text()}`)
    },
    async clearFaults() {
      await fetch(`${simulator.url}/_simulator/faults`, { method: 'DELETE' })
    },
    async close() {
      await api.close()
      await simulator.close()
    },
  }
}
