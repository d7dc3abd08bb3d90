import type { Connection, Warning } from '@worksights/api-client'

/** What is wrong with a connection, or should be known of it, and the one thing to do about it. */
export type Concern = {
  /** Unlike any other concern of its connection. */
  code: Warning['code'] | 'state'
  level: 'trouble' | 'warning'
  message: string
  action: 'reauthorize' | 'refresh' | 'map' | null
}

const byReason: Record<NonNullable<Connection['state_reason']>, Concern['action']> = {
  connecting: null,
  connect_failed: 'reauthorize',
  token_dead: 'reauthorize',
  token_lost: 'reauthorize',
  missing_permission: 'reauthorize',
  webhook_refused: 'refresh',
  webhook_degraded: 'refresh',
  webhook_inactive: 'refresh',
  webhook_missing: 'refresh',
  secret_lost: 'refresh',
}

const byWarning: Record<Warning['code'], Concern['action']> = {
  deliveries_being_lost: 'refresh',
  permissions_missing: 'reauthorize',
  authorizer_suspended: 'reauthorize',
  permissions_excessive: null,
  people_unmapped: 'map',
}

/** Everything to be said of one connection: its state first, then the warnings of the overview that are about it. Each action is offered once. */
export function concernsOf(connection: Connection, warnings: readonly Warning[]): Concern[] {
  const concerns: Concern[] = []
  if (connection.explanation !== null && connection.state !== 'disconnected') {
    concerns.push({
      code: 'state',
      level: connection.state === 'needs_attention' ? 'trouble' : 'warning',
      message: connection.explanation,
      action: connection.state_reason && byReason[connection.state_reason],
    })
  }
  for (const warning of warnings) if (warning.connection_id === connection.id) concerns.push(concernOf(warning))
  return concerns.map((concern, place) => {
    const isOffered = concerns.slice(0, place).some(({ action }) => action === concern.action)
    return isOffered ? { ...concern, action: null } : concern
  })
}

/** What is to be said of all connections together. */
export function generalConcerns(warnings: readonly Warning[]): Concern[] {
  return warnings.filter(warning => warning.connection_id === null).map(concernOf)
}

function concernOf({ code, message }: Warning): Concern {
  return { code, level: code === 'deliveries_being_lost' ? 'trouble' : 'warning', message, action: byWarning[code] ?? null }
}
