import type { Connection, Overview } from '@worksights/api-client'

/*
 * What of the connections' health a reader of the timeline should know; all of it is on Overview.
 */

export type Notice = {
  /** Unlike any other, and another once there is more to say. */
  key: string
  level: 'trouble' | 'warning' | 'info'
  about:
    | {
        what: 'state'
        state: 'degraded' | 'needs_attention' | 'disconnected'
        workspace: string
        explanation: string | null
        losing: boolean
      }
    | { what: 'permissions'; workspace: string }
    | { what: 'hidden'; people: number; activities: number }
  /** Nothing is lost if nobody sees it any more. */
  dismissable: boolean
}

/** What concerns a member: that lines are missing, or will be. Admins hear of everything they can mend that shows in the timeline. */
export function noticesOf({ connections, warnings, hidden }: Overview, isAdmin: boolean): Notice[] {
  const notices = connections.flatMap((connection): Notice[] => {
    const has = (code: string) => warnings.some(warning => warning.code === code && warning.connection_id === connection.id)
    const state = stateNotice(connection, has('deliveries_being_lost'), isAdmin)
    if (state) return [state]
    if (!isAdmin || !has('permissions_missing')) return []
    return [
      {
        key: `permissions ${connection.id}`,
        level: 'warning',
        about: { what: 'permissions', workspace: nameOf(connection) },
        dismissable: true,
      },
    ]
  })
  if (isAdmin && hidden.activities > 0) {
    notices.push({ key: `hidden ${hidden.people}`, level: 'info', about: { what: 'hidden', ...hidden }, dismissable: true })
  }
  return notices
}

function stateNotice(connection: Connection, losing: boolean, isAdmin: boolean): Notice | null {
  const { id, state, state_reason: reason, state_since: since, explanation } = connection
  if (state === 'connected' || reason === 'connecting') return null
  if (state === 'degraded' && !losing && !isAdmin) return null
  return {
    key: `${state} ${id} ${since}`,
    level: state === 'disconnected' ? 'info' : state === 'needs_attention' || losing ? 'trouble' : 'warning',
    about: { what: 'state', state, workspace: nameOf(connection), explanation, losing },
    dismissable: state !== 'needs_attention' && !losing,
  }
}

const nameOf = ({ workspace }: Connection) => workspace.name
