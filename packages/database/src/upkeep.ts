import type { Executor, Transaction } from './connect.ts'
import type { ConnectionState, Standing, StateReason } from './connection-state.ts'

/*
 * What looking after a connection reads and writes: its token, what Attio says of it, and when it is to be looked at again.
 */

export type ConnectionUnderCare = {
  id: string
  organizationId: string
  workspaceId: string
  standing: Standing
  stateSince: Date
  tokenDeadSince: Date | null
  /** When Attio last gave a verdict on token and webhooks. */
  checkedAt: Date | null
}

/** The connection, null when it is not there. Readable by the API too: no token. */
export async function readConnectionUnderCare(
  executor: Executor,
  connection: { id: string; organizationId: string },
): Promise<ConnectionUnderCare | null> {
  type Row = Omit<ConnectionUnderCare, 'standing'> & { state: ConnectionState; reason: StateReason | null }
  const { rows } = await executor.query<Row>(
    `select id, organization_id as "organizationId", workspace_id as "workspaceId", state, state_reason as reason, state_since as "stateSince", token_dead_since as "tokenDeadSince",
       checked_at as "checkedAt"
     from connection where id = $1 and organization_id = $2`,
    [connection.id, connection.organizationId],
  )
  const [row] = rows
  if (!row) return null
  const { state, reason, ...rest } = row
  return { ...rest, standing: { state, reason } }
}

export type SealedToken = { organizationId: string; tokenSealed: Buffer | null; tokenKeyId: string | null }

/** Whose a connection is, and its sealed token; for workers, which may read it. */
export async function readSealedToken(executor: Executor, connectionId: string): Promise<SealedToken | null> {
  const { rows } = await executor.query<SealedToken>(
    'select organization_id as "organizationId", token_sealed as "tokenSealed", token_key_id as "tokenKeyId" from connection where id = $1',
    [connectionId],
  )
  return rows[0] ?? null
}

/** Notes that the token works, and what Attio says of the workspace and of what the token may. */
export async function noteLivingToken(
  client: Transaction,
  connectionId: string,
  self: { workspaceName: string; workspaceSlug: string | null; scopes: readonly string[] },
): Promise<void> {
  await client.query(
    `update connection set token_dead_since = null, workspace_name = $2, workspace_slug = coalesce($3, workspace_slug), scopes = $4, updated_at = now()
     where id = $1`,
    [connectionId, self.workspaceName, self.workspaceSlug, self.scopes],
  )
}

/** Notes when Attio first called the token dead. */
export async function noteDeadToken(client: Transaction, connectionId: string, at: Date): Promise<void> {
  await client.query('update connection set token_dead_since = coalesce(token_dead_since, $2) where id = $1', [connectionId, at])
}

/** Notes that Attio gave a verdict on the connection. */
export async function noteChecked(client: Transaction, connectionId: string, at: Date): Promise<void> {
  await client.query('update connection set checked_at = $2 where id = $1', [connectionId, at])
}

/** Sets when the connection is to be looked at next; never where there is no token. */
export async function scheduleCheck(executor: Executor, connectionId: string, inMs: number): Promise<void> {
  await executor.query(
    `update connection set check_due_at = case when token_key_id is not null then now() + make_interval(secs => $2::float8 / 1000) end where id = $1`,
    [connectionId, inMs],
  )
}

/** Claims connections that are due to be looked at, longest due first, for `leaseMs`: a worker that dies gives them back by doing nothing. */
export async function claimDueChecks(executor: Executor, limit: number, leaseMs: number): Promise<string[]> {
  const { rows } = await executor.query<{ id: string }>(
    `with due as (select id from connection where check_due_at <= now() order by check_due_at limit $1 for update skip locked)
     update connection c set check_due_at = now() + make_interval(secs => $2::float8 / 1000) from due where c.id = due.id returning c.id`,
    [limit, leaseMs],
  )
  return rows.map(row => row.id)
}

/** Forgets the token and ends the looking after; the state is `setConnectionState`'s. */
export async function forgetToken(client: Transaction, connectionId: string): Promise<void> {
  await client.query(
    `update connection set token_sealed = null, token_key_id = null, token_dead_since = null, check_due_at = null, updated_at = now() where id = $1`,
    [connectionId],
  )
}
