import type { AttioConnector } from '@worksights/connections'
import type { SpentState, SpentTicket, Tenant } from '@worksights/database'
import type { Clock, Logger } from '@worksights/runtime'
import type { Hint } from './hint.ts'
import type { Slots } from './http/slots.ts'
import type { StreamHub } from './stream/hub.ts'

/** What the handlers work with. No database: rows come from the `tenant` of whoever asks. */
export type ApiContext = {
  /** The rows of an organisation that is known by other means than a token: the state of an authorisation. */
  tenantOf(organizationId: string): Tenant
  /** Spends the state of an authorisation, given the hashes of state and browser. */
  spendState(stateHash: Buffer, browserHash: Buffer): Promise<SpentState>
  /** Spends the ticket of an export, given its hash. */
  spendTicket(ticketHash: Buffer): Promise<SpentTicket>
  exportSlots: Slots
  streamSlots: Slots
  connector: AttioConnector
  hub: StreamHub
  hint: Hint
  clock: Clock
  log: Logger
  /** Without a trailing slash. */
  urls: { api: string; frontend: string }
  /** Whom people turn to, and where they read how Attio is set up; null where the operator says neither. */
  help: { contact: string | null; setupGuideUrl: string | null }
}
