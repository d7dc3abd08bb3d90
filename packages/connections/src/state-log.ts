import type { StateChange } from '@worksights/database'
import type { Logger } from '@worksights/runtime'

/** One line for each change of a connection's state, a warning where it got worse. To be called once the change is committed. */
export function logStateChange(log: Logger, change: StateChange | null): void {
  if (!change) return
  const { connectionId, organizationId, from, to } = change
  const fields = { connection_id: connectionId, organization_id: organizationId, from, to }
  if (to.state === 'degraded' || to.state === 'needs_attention') log.warn(fields, 'the state of a connection changed')
  else log.info(fields, 'the state of a connection changed')
}
