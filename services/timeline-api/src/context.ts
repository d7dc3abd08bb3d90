import type { Database } from '@worksights/database'
import type { Clock, Logger } from '@worksights/runtime'
import type { AttioConnector } from './connect/connector.ts'
import type { StreamHub } from './stream/hub.ts'

/** What the handlers work with. */
export type ApiContext = {
  database: Database
  connector: AttioConnector
  hub: StreamHub
  clock: Clock
  log: Logger
  /** Without a trailing slash. */
  urls: { api: string; frontend: string }
}
