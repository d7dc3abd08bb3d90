import { randomBytes } from 'node:crypto'
import { type Database, issueEndpoint, openDatabase, secretSealContext, tokenSealContext, type WebhookPurpose } from '@worksights/database'
import { createTestDatabase } from '@worksights/dev-stack/testing'
import type { KeyRing } from '@worksights/runtime'
import { v7 as uuid } from 'uuid'
import { runCommand } from '../program.ts'

/*
 * A database with connections whose tokens and secrets are known, commands run on it in this process, and everything they wrote.
 */

export type Bench = Awaited<ReturnType<typeof openBench>>
export type TestConnection = {
  id: string
  organizationId: string
  token: string
  webhooks: { id: string; purpose: WebhookPurpose; endpointId: string; secret: string }[]
}
export type Ran = { exitCode: number; out: string; err: string }

/** A key as ENCRYPTION_KEYS holds it. */
export const key = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString('base64')}`

export async function openBench() {
  const testDatabase = await createTestDatabase()
  const database: Database = openDatabase({ url: testDatabase.url, applicationName: 'operations-test', max: 4 })
  const written: string[] = []
  const secrets: string[] = [new URL(testDatabase.url).password, new URL(testDatabase.workerUrl).password]

  return {
    ...{ database, urls: testDatabase, written, secrets },
    /** Runs `worksights …` as the workers' login unless `env` says otherwise. */
    async run(argv: string[], env: Record<string, string> = {}, answer: string | null = null): Promise<Ran> {
      const ran = { out: '', err: '' }
      const exitCode = await runCommand(argv, {
        env: { DATABASE_URL: testDatabase.workerUrl, QUEUE_URL: testDatabase.workerUrl, ...env },
        out: text => {
          ran.out += text
        },
        err: text => {
          ran.err += text
        },
        ask: answer === null ? null : async () => answer,
      })
      written.push(ran.out, ran.err)
      for (const entry of (env.ENCRYPTION_KEYS ?? '').split(',')) if (entry) secrets.push(entry.slice(entry.indexOf(':') + 1))
      return { exitCode, ...ran }
    },
    /** A connection of an organisation of its own with both webhooks, sealed with the first key of the ring. */
    async connect(keyRing: KeyRing, workspaceSlug = 'northwind', token = randomBytes(32).toString('hex')): Promise<TestConnection> {
      const [organizationId, id] = [uuid(), uuid()]
      const { pool } = database
      await pool.query(`insert into organization (id, external_id, name) values ($1, $2, 'Test')`, [organizationId, uuid()])
      const sealed = keyRing.seal(token, tokenSealContext(id))
      await pool.query(
        `insert into connection (id, organization_id, workspace_id, workspace_name, workspace_slug, state, token_sealed, token_key_id)
         values ($1, $2, $3, 'Northwind', $4, 'connected', $5, $6)`,
        [id, organizationId, uuid(), workspaceSlug, sealed.sealed, sealed.keyId],
      )
      const webhooks: TestConnection['webhooks'] = []
      for (const purpose of ['records', 'other'] satisfies WebhookPurpose[]) {
        const [endpointId, secret] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('hex')]
        const { id: webhookId } = await issueEndpoint(pool, { organizationId, connectionId: id, endpointId, purpose })
        const { sealed: bytes, keyId } = keyRing.seal(secret, secretSealContext(webhookId))
        await pool.query(
          'update webhook set attio_webhook_id = $2, secret_sealed = $3, secret_key_id = $4, checked_at = now() where id = $1',
          [...[webhookId, uuid()], bytes, keyId],
        )
        webhooks.push({ id: webhookId, purpose, endpointId, secret })
        secrets.push(secret, Buffer.from(bytes).toString('base64'), Buffer.from(bytes).toString('hex'))
      }
      secrets.push(token, Buffer.from(sealed.sealed).toString('base64'), Buffer.from(sealed.sealed).toString('hex'))
      return { id, organizationId, token, webhooks }
    },
    async close() {
      await database.close()
      await testDatabase.drop()
    },
  }
}
