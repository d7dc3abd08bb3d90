import { v7 as uuid } from 'uuid'
import type { Transaction } from './connect.ts'

export type ConnectionState = 'connected' | 'degraded' | 'needs_attention' | 'disconnected'

/** Every reason for a state, with what it means and what cures it, for people. */
export const stateReasons = {
  connecting: 'The workspace is being connected.',
  connect_failed: 'Connecting failed, and what it made at Attio may still be there. Connect again.',
  token_dead: 'Attio takes the token no more: the app was uninstalled, or its access was taken away. Connect again.',
  token_lost: 'The token cannot be read here any more, so nothing can be asked of Attio. Connect again.',
  missing_permission: 'The token may not see or make webhooks. Connect again and grant what is missing.',
  webhook_refused: 'Attio refuses to make or correct a webhook. Its answer is in the log; the next check tries again.',
  webhook_degraded:
    'Attio calls a webhook degraded: deliveries failed for days, and it may hold some back. It still delivers, and is replaced after five days.',
  webhook_inactive: 'Attio stopped a webhook, and it could not be replaced yet: events are being lost. It is tried again.',
  webhook_missing: 'A webhook is gone at Attio, and it could not be replaced yet: events are being lost. It is tried again.',
  secret_lost:
    'The secret of a webhook cannot be read, and the webhook could not be replaced yet: events are being lost. It is tried again.',
} as const
export type StateReason = keyof typeof stateReasons

/** A state with its reason, null when there is nothing to explain. */
export type Standing = { state: ConnectionState; reason: StateReason | null }

export type StateChange = { connectionId: string; organizationId: string; from: Standing; to: Standing }

/**
 * The only place where a connection's state is changed. Keeps the change in the history and owes it to the operator's webhook; null when it was so
 * already. Whoever calls this logs the change once it is committed: `logStateChange` of the package connections.
 */
export async function setConnectionState(
  client: Transaction,
  connection: { id: string; organizationId: string },
  to: Standing,
  at: Date = new Date(),
): Promise<StateChange | null> {
  const { rows } = await client.query<{ state: ConnectionState; reason: StateReason | null }>(
    `with old as (select id, state, state_reason from connection where id = $1 and organization_id = $2 for update)
     update connection c set state = $3, state_reason = $4, state_since = $5, updated_at = now()
     from old where c.id = old.id and (old.state, old.state_reason) is distinct from ($3, $4)
     returning old.state, old.state_reason as reason`,
    [connection.id, connection.organizationId, to.state, to.reason, at],
  )
  const [from] = rows
  if (!from) return null
  await client.query(
    `insert into connection_state_change (id, organization_id, connection_id, from_state, from_reason, to_state, to_reason, at, tell_due_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, now())`,
    [uuid(), connection.organizationId, connection.id, from.state, from.reason, to.state, to.reason, at],
  )
  return { connectionId: connection.id, organizationId: connection.organizationId, from: { ...from }, to }
}

export type UntoldChange = {
  id: string
  at: Date
  attempts: number
  connectionId: string
  organizationId: string
  workspaceId: string
  workspaceName: string
  from: Standing
  to: Standing
}

/** Claims changes the operator's webhook is owed, oldest first, for `leaseMs`: one that dies telling them gives them back by doing nothing. */
export async function claimUntoldChanges(client: Transaction, limit: number, leaseMs: number): Promise<UntoldChange[]> {
  const { rows } = await client.query<
    Omit<UntoldChange, 'from' | 'to'> & { fs: ConnectionState; fr: StateReason | null; ts: ConnectionState; tr: StateReason | null }
  >(
    `with due as (
       select id from connection_state_change where tell_due_at <= now() order by tell_due_at, id limit $1 for update skip locked
     ), claimed as (
       update connection_state_change s set tell_due_at = now() + make_interval(secs => $2::float8 / 1000), tell_attempts = tell_attempts + 1
       from due where s.id = due.id returning s.*
     )
     select s.id, s.at, s.tell_attempts as attempts, s.connection_id as "connectionId", s.organization_id as "organizationId",
       c.workspace_id as "workspaceId", c.workspace_name as "workspaceName",
       s.from_state as fs, s.from_reason as fr, s.to_state as ts, s.to_reason as tr
     from claimed s join connection c on c.id = s.connection_id order by s.at, s.id`,
    [limit, leaseMs],
  )
  return rows.map(({ fs, fr, ts, tr, ...row }) => ({ ...row, from: { state: fs, reason: fr }, to: { state: ts, reason: tr } }))
}

/** Ends or puts off the telling of a change: `told`, again in so many ms, or given up. */
export async function settleUntoldChange(
  client: Transaction,
  id: string,
  outcome: 'told' | 'given_up' | { againInMs: number },
): Promise<void> {
  await client.query(
    `update connection_state_change set told_at = case when $2 then now() end, tell_due_at = now() + make_interval(secs => $3::float8 / 1000) where id = $1`,
    [id, outcome === 'told', typeof outcome === 'object' ? outcome.againInMs : null],
  )
}

/** Owes nothing to anybody: there is no operator's webhook. */
export async function forgetUntoldChanges(client: Transaction): Promise<void> {
  await client.query('update connection_state_change set tell_due_at = null where tell_due_at is not null')
}
