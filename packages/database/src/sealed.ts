import type { Executor, Transaction } from './connect.ts'
import { setConnectionState } from './connection-state.ts'
import { tokenSealContext } from './connections.ts'
import { lastKnownDelivering, openGap } from './gaps.ts'
import { forgetToken, scheduleCheck } from './upkeep.ts'
import { secretSealContext, type WebhookPurpose } from './webhooks.ts'

/*
 * Everything that is kept sealed, in one place, so that a change of keys reaches all of it. Only the workers' login and the owner may read these columns.
 */

export type SealedThing = 'connection' | 'webhook'

type Place = { table: string; sealed: string; keyId: string; contextOf: (id: string) => string }

const places: Record<SealedThing, Place> = {
  connection: { table: 'connection', sealed: 'token_sealed', keyId: 'token_key_id', contextOf: tokenSealContext },
  webhook: { table: 'webhook', sealed: 'secret_sealed', keyId: 'secret_key_id', contextOf: secretSealContext },
}
export const sealedThings: readonly SealedThing[] = ['connection', 'webhook']

/** The columns that hold sealed bytes, as `table.column`. */
export const sealedColumns: readonly string[] = Object.values(places).map(({ table, sealed }) => `${table}.${sealed}`)

/** The token of a connection or the secret of a webhook, with what it was sealed with. */
export type SealedRow = { id: string; sealed: Buffer; keyId: string; context: string }

/** What is sealed, save with the key `otherThan`, in the order of ids: at most `limit`, after the id `after`. */
export async function selectSealed(
  executor: Executor,
  thing: SealedThing,
  query: { otherThan?: string; after: string | null; limit: number },
): Promise<SealedRow[]> {
  const { table, sealed, keyId, contextOf } = places[thing]
  const { rows } = await executor.query<Omit<SealedRow, 'context'>>(
    `select id, ${sealed} as sealed, ${keyId} as "keyId" from ${table}
     where ${sealed} is not null and ($1::text is null or ${keyId} <> $1) and ($2::uuid is null or id > $2) order by id limit $3`,
    [query.otherThan ?? null, query.after, query.limit],
  )
  return rows.map(row => ({ ...row, context: contextOf(row.id) }))
}

/** Puts other sealed bytes in place of these; false, with nothing changed, where these are no longer there: what was written since is newer. */
export async function replaceSealed(
  executor: Executor,
  thing: SealedThing,
  row: Pick<SealedRow, 'id' | 'sealed'>,
  by: { sealed: Uint8Array; keyId: string },
): Promise<boolean> {
  const { table, sealed, keyId } = places[thing]
  const { rowCount } = await executor.query(`update ${table} set ${sealed} = $3, ${keyId} = $4 where id = $1 and ${sealed} = $2`, [
    row.id,
    row.sealed,
    by.sealed,
    by.keyId,
  ])
  return rowCount === 1
}

export type KeyUse = { keyId: string; tokens: number; secrets: number }

/** How many tokens and webhook secrets each key has sealed, the busiest first; a key of which nothing is left is not among them. */
export async function countSealed(executor: Executor): Promise<KeyUse[]> {
  const { rows } = await executor.query<KeyUse>(
    `select key_id as "keyId", count(*) filter (where thing = 'token')::int as tokens, count(*) filter (where thing = 'secret')::int as secrets
     from (select token_key_id as key_id, 'token' as thing from connection where token_sealed is not null
           union all select secret_key_id, 'secret' from webhook where secret_sealed is not null) sealed
     group by key_id order by count(*) desc, key_id`,
  )
  return rows
}

/**
 * Gives up these sealed bytes, which nothing opens any more, in one transaction: the connection of a token asks to be authorised again; a webhook is due
 * to be replaced, and its deliveries count as lost until it is. False, with nothing changed, where the bytes are no longer there.
 */
export async function forgetSealed(client: Transaction, thing: SealedThing, row: Pick<SealedRow, 'id' | 'sealed'>): Promise<boolean> {
  return thing === 'connection' ? await forgetLostToken(client, row) : await forgetLostSecret(client, row)
}

async function forgetLostToken(client: Transaction, { id, sealed }: Pick<SealedRow, 'id' | 'sealed'>): Promise<boolean> {
  const { rows } = await client.query<{ organizationId: string }>(
    'select organization_id as "organizationId" from connection where id = $1 and token_sealed = $2 for update',
    [id, sealed],
  )
  if (!rows[0]) return false
  await forgetToken(client, id)
  await setConnectionState(client, { id, ...rows[0] }, { state: 'needs_attention', reason: 'token_lost' })
  return true
}

async function forgetLostSecret(client: Transaction, { id, sealed }: Pick<SealedRow, 'id' | 'sealed'>): Promise<boolean> {
  const startedAt = await lastKnownDelivering(client, id)
  const { rows } = await client.query<{ connectionId: string; organizationId: string; purpose: WebhookPurpose; retired: boolean }>(
    `update webhook set secret_sealed = null, secret_key_id = null where id = $1 and secret_sealed = $2
     returning connection_id as "connectionId", organization_id as "organizationId", purpose, retired_at is not null as retired`,
    [id, sealed],
  )
  const [webhook] = rows
  if (!webhook) return false
  if (webhook.retired) return true
  const connection = { id: webhook.connectionId, organizationId: webhook.organizationId }
  await openGap(client, connection, { purpose: webhook.purpose, reason: 'secret_lost', startedAt: startedAt ?? new Date() })
  await scheduleCheck(client, connection.id, 0)
  return true
}
