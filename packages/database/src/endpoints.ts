import type { Executor } from './connect.ts'

/** Where a webhook of Attio's posts to, with the sealed secret its deliveries are signed with; null secret while it is not known yet. */
export type Endpoint = {
  webhookId: string
  connectionId: string
  organizationId: string
  secretSealed: Buffer | null
  secretKeyId: string | null
}

/** The endpoint with this id, retired or not: a webhook on its way out still delivers what it owes. */
export async function findEndpoint(executor: Executor, endpointId: string): Promise<Endpoint | null> {
  const { rows } = await executor.query<Endpoint>({
    name: 'find-endpoint',
    text: `select id as "webhookId", connection_id as "connectionId", organization_id as "organizationId", secret_sealed as "secretSealed",
             secret_key_id as "secretKeyId" from webhook where endpoint_id = $1`,
    values: [endpointId],
  })
  return rows[0] ?? null
}
