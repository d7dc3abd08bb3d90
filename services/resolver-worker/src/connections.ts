import { type AttioClientOptions, createAttioClient } from '@worksights/attio'
import { type Database, tokenSealContext } from '@worksights/database'
import type { KeyRing, Logger } from '@worksights/runtime'
import { LRUCache } from 'lru-cache'

/** A connection as the resolver works with it. `client` reads Attio with the connection's token. */
export type Connection = { connectionId: string; organizationId: string; client: ReturnType<typeof createAttioClient> }

export type FoundConnection =
  | ({ outcome: 'usable' } & Connection)
  /** No token yet, or none that works: to be tried again. */
  | { outcome: 'not_ready' }
  /** Ended, or not there: what still arrives makes no line. */
  | { outcome: 'disconnected' }

type Row = { organization_id: string; state: string; token_sealed: Buffer | null; token_key_id: string | null }

/** Finds connections, with a client each that is kept while its token stays the same. Throws when the key ring cannot open the token. */
export function createConnections(options: {
  database: Database
  keyRing: KeyRing
  attioApiUrl: string | undefined
  log: Logger
  /** Told of each call to Attio. */
  onResponse?: AttioClientOptions['onResponse']
}) {
  const clients = new LRUCache<string, Connection>({ max: 1_000 })
  return async function findConnection(connectionId: string): Promise<FoundConnection> {
    const { rows } = await options.database.pool.query<Row>(
      'select organization_id, state, token_sealed, token_key_id from connection where id = $1',
      [connectionId],
    )
    const row = rows[0]
    if (!row || row.state === 'disconnected') return { outcome: 'disconnected' }
    if (!row.token_sealed || row.token_key_id === null) return { outcome: 'not_ready' }
    const key = `${connectionId}/${row.token_key_id}/${row.token_sealed.toString('base64')}`
    const cached = clients.get(key)
    if (cached) return { outcome: 'usable', ...cached }
    const token = options.keyRing.open(row.token_sealed, row.token_key_id, tokenSealContext(connectionId))
    const client = createAttioClient({ apiUrl: options.attioApiUrl, token, log: options.log, onResponse: options.onResponse })
    const connection = { connectionId, organizationId: row.organization_id, client }
    clients.set(key, connection)
    return { outcome: 'usable', ...connection }
  }
}
