import { v7 as uuid } from 'uuid'
import type { Executor, Transaction } from './connect.ts'
import type { ConnectionState } from './connection-state.ts'
import type { Scope } from './tenant.ts'

/** What the token of a connection is sealed with beside the key, so that a sealed token cannot be moved to another row. */
export function tokenSealContext(connectionId: string): string {
  return `connection:${connectionId}:token`
}

/** Where transactions come from: a whole database, or an organisation's rows. */
type Transactions = { transaction<T>(work: (client: Transaction) => Promise<T>): Promise<T> }

/** Another process is at work on the same workspace, and was for as long as was to be waited. */
export class WorkspaceBusyError extends Error {
  constructor() {
    super('The workspace is being connected, checked or disconnected by another process.')
    this.name = 'WorkspaceBusyError'
  }
}

/**
 * Runs `work` while nobody else, in any process, connects, checks or ends a connection to the same workspace. Waits so long for its turn (0: not at all),
 * then throws a {@link WorkspaceBusyError}.
 */
export async function withWorkspaceLock<T>(
  store: Transactions,
  workspaceId: string,
  work: () => Promise<T>,
  { waitMs = 30_000 }: { waitMs?: number } = {},
): Promise<T> {
  // The transaction only holds the lock (it writes nothing, so it gets no id and holds nobody back); the work commits on connections of its own.
  return await store.transaction(async client => {
    if (!(await lockWorkspace(client, `workspace:${workspaceId}`, waitMs))) throw new WorkspaceBusyError()
    return await work()
  })
}

async function lockWorkspace(client: Transaction, key: string, waitMs: number): Promise<boolean> {
  if (waitMs === 0) {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine', [key])
    return rows[0]?.mine === true
  }
  await client.query(`select set_config('lock_timeout', $1, true)`, [`${waitMs}ms`])
  try {
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key])
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === lockNotAvailable) return false
    throw error
  }
}

/** SQLSTATE of a lock that did not come in time. */
const lockNotAvailable = '55P03'

/** `before` is what the connection was until now; null for one that is new. */
export type ClaimedWorkspace = { outcome: 'claimed'; connectionId: string; before: ConnectionState | null } | { outcome: 'taken' }

/**
 * Finds or makes the organisation's connection to a workspace; `taken` while another organisation is connected to it. A new one is in need of
 * attention, `connecting`, until `saveAuthorization`. To be called under `withWorkspaceLock`.
 */
export async function claimWorkspace(
  executor: Executor,
  claim: { organizationId: string; workspaceId: string; workspaceName: string; workspaceSlug: string },
): Promise<ClaimedWorkspace> {
  const { rows } = await executor.query<{ taken: boolean; id: string | null; state: ConnectionState | null }>(
    `select is_workspace_taken($1, $2) as taken, own.id, own.state
     from (select) as always left join connection own on own.workspace_id = $1 and own.organization_id = $2`,
    [claim.workspaceId, claim.organizationId],
  )
  const [found] = rows
  if (found?.taken) return { outcome: 'taken' }
  if (found?.id) return { outcome: 'claimed', connectionId: found.id, before: found.state }
  const connectionId = uuid()
  await executor.query(
    `insert into connection (id, organization_id, workspace_id, workspace_name, workspace_slug, state, state_reason, scopes)
     values ($1, $2, $3, $4, $5, 'needs_attention', 'connecting', '{}')`,
    [connectionId, claim.organizationId, claim.workspaceId, claim.workspaceName, claim.workspaceSlug],
  )
  return { outcome: 'claimed', connectionId, before: null }
}

/** Keeps what an authorisation brought, and when the connection is to be looked at next; the state is `setConnectionState`'s. */
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
    at: Date
    checkInMs: number
  },
): Promise<void> {
  await client.query(
    `update connection set workspace_name = $2, workspace_slug = $3, token_sealed = $4, token_key_id = $5, scopes = $6, authorized_by_member_id = $7,
       authorized_by_user_id = $8, token_dead_since = null, sync_due_at = now(), checked_at = $9, check_due_at = now() + make_interval(secs => $10::float8 / 1000),
       updated_at = now()
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
      authorization.at,
      authorization.checkInMs,
    ],
  )
}

/** Connections whose authorisation was begun an hour ago or more and never came to an end: whoever worked on it died. */
export async function findAbandonedAttempts(executor: Executor): Promise<{ id: string; organizationId: string }[]> {
  const { rows } = await executor.query<{ id: string; organizationId: string }>(
    `select id, organization_id as "organizationId" from connection
     where state = 'needs_attention' and state_reason = 'connecting' and token_sealed is null and state_since < now() - interval '1 hour'`,
  )
  return rows
}

/** Takes back a new connection that never worked: its row and its webhooks' rows go. */
export async function deleteConnection(executor: Executor, connectionId: string): Promise<void> {
  await executor.query('delete from connection where id = $1', [connectionId])
}

/** Whether the organisation has this connection. */
export async function isConnection(scope: Scope, connectionId: string): Promise<boolean> {
  const { rowCount } = await scope.query('select from connection where organization_id = $1 and id = $2', [
    scope.organizationId,
    connectionId,
  ])
  return rowCount === 1
}
