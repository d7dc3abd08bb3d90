import type { Executor } from './connect.ts'
import { tokenSealContext } from './connections.ts'
import { secretSealContext } from './webhooks.ts'

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

/** What another key than `keyId` sealed, in the order of ids: at most `limit`, after the id `after`. */
export async function selectSealedOtherwise(
  executor: Executor,
  thing: SealedThing,
  query: { keyId: string; after: string | null; limit: number },
): Promise<SealedRow[]> {
  const { table, sealed, keyId, contextOf } = places[thing]
  const { rows } = await executor.query<Omit<SealedRow, 'context'>>(
    `select id, ${sealed} as sealed, ${keyId} as "keyId" from ${table}
     where ${sealed} is not null and ${keyId} <> $1 and ($2::uuid is null or id > $2) order by id limit $3`,
    [query.keyId, query.after, query.limit],
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
