import {
  type AttioClient,
  type AttioClientOptions,
  type AttioResult,
  createAttioClient,
  introspect,
  type SelfReply,
} from '@worksights/attio'
import { type Database, readSealedToken, type Transaction, tokenSealContext } from '@worksights/database'
import type { Clock, KeyRing, Logger } from '@worksights/runtime'

/** Where the rows of one organisation are read and written: a worker's database, or the `Tenant` of a request. */
export type Store = { organizationId: string; transaction<T>(work: (client: Transaction) => Promise<T>): Promise<T> }

/** All that looking after one connection takes. */
export type Upkeep = {
  store: Store
  keyRing: KeyRing
  /** Attio as the connection's token sees it; null where there is no token, or none that the key ring opens. */
  attio: AttioClient | null
  /** Whether the connection's token is still the one this was opened with; else it was authorised anew meanwhile. */
  isCurrent(): Promise<boolean>
  /** What the token is, asked at Attio's authorisation server: a second opinion on a token that seems dead. Null without a token. */
  introspect: (() => Promise<AttioResult<SelfReply>>) | null
  /** Without a trailing slash. */
  gatewayUrl: string
  clock: Clock
  log: Logger
  connection: { id: string }
}

export type UpkeepOptions = {
  database: Database
  keyRing: KeyRing
  attio: { apiUrl: string; appUrl: string }
  /** Told of each call to Attio. */
  onResponse?: AttioClientOptions['onResponse']
  /** Without a trailing slash. */
  gatewayUrl: string
  clock: Clock
  log: Logger
}

const nothing = Buffer.alloc(0)

/** The upkeep of a connection, whosever it is; null when it is not there. Throws when the key ring does not open its token. For workers. */
export async function openUpkeep(options: UpkeepOptions, connectionId: string): Promise<Upkeep | null> {
  const { database, keyRing, attio, gatewayUrl, clock, log, onResponse } = options
  const row = await readSealedToken(database.pool, connectionId)
  if (!row) return null
  const store: Store = { organizationId: row.organizationId, transaction: work => database.transaction(work) }
  const isCurrent = async () => {
    const now = await readSealedToken(database.pool, connectionId)
    return now !== null && Buffer.compare(now.tokenSealed ?? nothing, row.tokenSealed ?? nothing) === 0
  }
  const common = { store, keyRing, gatewayUrl, clock, log, isCurrent, connection: { id: connectionId } }
  if (row.tokenSealed === null || row.tokenKeyId === null) return { ...common, attio: null, introspect: null }
  const token = keyRing.open(row.tokenSealed, row.tokenKeyId, tokenSealContext(connectionId))
  return {
    ...common,
    attio: createAttioClient({ apiUrl: attio.apiUrl, token, log, onResponse }),
    introspect: () => introspect({ appUrl: attio.appUrl, token, onResponse }),
  }
}
