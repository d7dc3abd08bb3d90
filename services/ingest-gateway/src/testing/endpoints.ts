import { createHmac, randomBytes } from 'node:crypto'
import { type Database, issueEndpoint, saveWebhook, secretSealContext } from '@worksights/database'
import type { KeyRing } from '@worksights/runtime'
import { v7 as uuid } from 'uuid'

export type TestEndpoint = {
  endpointId: string
  organizationId: string
  connectionId: string
  webhookId: string
  secret: string
  path: string
  /** What Attio puts into `Attio-Signature`. */
  sign(body: string | Buffer): string
}

/** A connection of an organisation of its own with one webhook; with `withSecret: false` one whose secret Attio has not told yet. */
export async function addEndpoint(database: Database, keyRing: KeyRing, { withSecret = true } = {}): Promise<TestEndpoint> {
  const [organizationId, connectionId] = [uuid(), uuid()]
  const endpointId = randomBytes(32).toString('base64url')
  const secret = randomBytes(32).toString('hex')
  await database.pool.query(`insert into organization (id, external_id, name) values ($1, $2, 'Northwind')`, [
    organizationId,
    organizationId,
  ])
  await database.pool.query(
    `insert into connection (id, organization_id, workspace_id, workspace_name, workspace_slug, state)
     values ($1, $2, $3, 'Northwind', 'northwind', 'connected')`,
    [connectionId, organizationId, uuid()],
  )
  const { id: webhookId } = await issueEndpoint(database.pool, { organizationId, connectionId, endpointId, purpose: 'records' })
  if (withSecret) await storeSecret(database, keyRing, { webhookId, secret })
  const sign = (body: string | Buffer) => createHmac('sha256', secret).update(body).digest('hex')
  return { endpointId, organizationId, connectionId, webhookId, secret, path: `/webhooks/attio/${endpointId}`, sign }
}

/** Stores the secret a webhook signs with, as connecting does. */
export async function storeSecret(database: Database, keyRing: KeyRing, webhook: { webhookId: string; secret: string }): Promise<void> {
  const { sealed, keyId } = keyRing.seal(webhook.secret, secretSealContext(webhook.webhookId))
  await saveWebhook(database.pool, webhook.webhookId, { attioWebhookId: uuid(), secretSealed: sealed, secretKeyId: keyId, at: new Date() })
}

/** The body of a delivery with one event, as Attio sends most. */
export function recordUpdated(attributeId: string = uuid()): string {
  const id = { workspace_id: uuid(), object_id: uuid(), record_id: uuid(), attribute_id: attributeId }
  return JSON.stringify({
    webhook_id: uuid(),
    events: [{ event_type: 'record.updated', id, actor: { type: 'workspace-member', id: uuid() } }],
  })
}
