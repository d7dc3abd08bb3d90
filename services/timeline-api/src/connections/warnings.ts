import { excessScopes, missingScopes } from '@worksights/attio'
import type { ConnectionDetails } from '@worksights/database'
import { z } from 'zod'

/*
 * What people should know of a connection that works.
 */

export const warningForm = z
  .object({
    code: z
      .enum(['permissions_missing', 'permissions_excessive', 'authorizer_suspended', 'deliveries_being_lost', 'people_unmapped'])
      .meta({
        description:
          '`permissions_missing`: connect again and grant them. `permissions_excessive`: granted and never used. `authorizer_suspended`: the token will die with the access of whose it is. `deliveries_being_lost`: now. `people_unmapped`: what they did is hidden; only in the overview.',
      }),
    connection_id: z.uuid().nullable().meta({ description: 'Null where it is about all connections.' }),
    message: z.string().meta({ description: 'What is wrong and what to do, for people.' }),
  })
  .meta({ id: 'Warning' })
export type Warning = z.output<typeof warningForm>

/** What is to be said of a connection; nothing of one that has ended. */
export function warningsOf(connection: ConnectionDetails, isLosing: boolean): Warning[] {
  if (connection.state === 'disconnected') return []
  const { id, workspaceName: name, memberName } = connection
  const granted = connection.scopes.join(' ')
  const missing = connection.scopes.length > 0 ? missingScopes(granted).map(({ scope }) => scope) : []
  const excess = excessScopes(granted)
  const warnings: Warning[] = []
  const warn = (code: Warning['code'], message: string) => warnings.push({ code, connection_id: id, message })
  if (isLosing)
    warn('deliveries_being_lost', `Events of ${name} are being lost at this moment. Refresh the connection, or connect it again.`)
  if (missing.length > 0) {
    warn('permissions_missing', `${name} lacks ${missing.join(', ')}. Connect it again and grant what is missing.`)
  }
  if (excess.length > 0) {
    warn(
      'permissions_excessive',
      `The token of ${name} can write more than webhooks: ${excess.join(', ')}. It is never used for that; connect with an app that asks for reading only.`,
    )
  }
  if (connection.memberAccess === 'suspended') {
    warn(
      'authorizer_suspended',
      `${memberName ?? 'The member'} who authorised ${name} is suspended in Attio. Let somebody else connect it again before the token stops working.`,
    )
  }
  return warnings
}
