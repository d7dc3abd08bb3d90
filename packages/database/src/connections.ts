import { v7 as uuid } from 'uuid'
import type { Database, Executor, Transaction } from './connect.ts'
import type { Scope } from './tenant.ts'

/** What the token of a connection is sealed with beside the key, so that a sealed token cannot be moved to another row. */
export function tokenSealContext(connectionId: string): string {
  return `connection:${connectionId}:token`
}

/** Runs `work` while nobody else, in any process, connects the same workspace. Waits up to 30 s for its turn. */
export async function withWorkspaceLock<T>(database: Database, workspaceId: string, work: () => Promise<T>): Promise<T> {
  // The transaction only holds the lock (it writes nothing, so it gets no id and holds nobody back); the work commits on connections of its own.
  return await database.transaction(async client => {
    await client.query(`set local lock_timeout = '30s'`)
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`workspace:${workspaceId}`])
    return await work()
  })
}

export type ClaimedWorkspace = { outcome: 'claimed'; connectionId: string; isNew: boolean } | { outcome: 'taken' }

/**
 * Finds or makes the organisation's connection to a workspace; `taken` while another organisation is connected to it. A new one is in need of
 * attention, `connecting`, until `saveAuthorization`. To be called under `withWorkspaceLock`.
 */
export async function claimWorkspace(
  executor: Executor,
  claim: { organizationId: string; workspaceId: string; workspaceName: string; workspaceSlug: string },
): Promise<ClaimedWorkspace> {
  const { rows } = await executor.query<{ taken: boolean; id: string | null }>(
    `select is_workspace_taken($1, $2) as taken, (select id from connection where workspace_id = $1 and organization_id = $2) as id`,
    [claim.workspaceId, claim.organizationId],
  )
  if (rows[0]?.taken) return { outcome: 'taken' }
  const own = rows[0]?.id
  if (own) return { outcome: 'claimed', connectionId: own, isNew: false }
  const connectionId = uuid()
  await executor.query(
    `insert into connection (id, organization_id, workspace_id, workspace_name, workspace_slug, state, state_reason, scopes)
     values ($1, $2, $3, $4, $5, 'needs_attention', 'connecting', '{}')`,
    [connectionId, claim.organizationId, claim.workspaceId, claim.workspaceName, claim.workspaceSlug],
  )
  return { outcome: 'claimed', connectionId, isNew: true }
}

/** Keeps what an authorisation brought and says that the connection works. */
export async function saveAuthorization(
  client: Transaction,
  connectionId: string,
  authorization: {
    workspaceName: string
    workspaceSlug: string
    tokenSealed: Uint8Array
    tokenKeyId: string
    scopes: readonly string[]
    authorizedByMemberId: string | null
    authorizedByUserId: string
  },
): Promise<void> {
  await client.query(
    `update connection set state = 'connected', state_reason = null, workspace_name = $2, workspace_slug = $3, token_sealed = $4, token_key_id = $5,
       scopes = $6, authorized_by_member_id = $7, authorized_by_user_id = $8, updated_at = now()
     where id = $1`,
    [
      connectionId,
      authorization.workspaceName,
      authorization.workspaceSlug,
      authorization.tokenSealed,
      authorization.tokenKeyId,
      authorization.scopes,
      authorization.authorizedByMemberId,
      authorization.authorizedByUserId,
    ],
  )
}

/** Takes back a new connection that never worked: its row and its webhooks' rows go. */
export async function deleteConnection(executor: Executor, connectionId: string): Promise<void> {
  await executor.query('delete from connection where id = $1', [connectionId])
}

/** Gives the workspace free and keeps the row, because something at Attio may still point at its endpoints. */
export async function markDisconnected(executor: Executor, connectionId: string, reason: string): Promise<void> {
  await executor.query(
    `update connection set state = 'disconnected', state_reason = $2, token_sealed = null, token_key_id = null, updated_at = now() where id = $1`,
    [connectionId, reason],
  )
}

export type ConnectionSummary = {
  id: string
  state: string
  stateReason: string | null
  workspaceId: string
  workspaceName: string
  workspaceSlug: string
  scopes: string[]
  lastEventAt: Date | null
  lastActivityAt: Date | null
  createdAt: Date
}

/** The connections of an organisation, oldest first. */
export async function listConnections(scope: Scope): Promise<ConnectionSummary[]> {
  const { rows } = await scope.query<ConnectionSummary>(
    `select id, state, state_reason as "stateReason", workspace_id as "workspaceId", workspace_name as "workspaceName",
            workspace_slug as "workspaceSlug", scopes, last_event_at as "lastEventAt", last_activity_at as "lastActivityAt",
            created_at as "createdAt"
     from connection where organization_id = $1 order by created_at, id`,
    [scope.organizationId],
  )
  return rows
}
