import type { Actor } from '../world/types.ts'
import type { Workspace } from '../world/workspace.ts'
import { invalid } from './errors.ts'

/**
 * Who acts, by the header `X-Simulator-Actor`: a member's id or e-mail address, `system`, or `api-token:<id>`. Without the header it
 * is the app that holds the token, as in Attio.
 */
export function actorOf(header: string | undefined, workspace: Workspace, appActor: Actor): Actor {
  if (header === undefined || header === '') return appActor
  if (header === 'system') return { type: 'system', id: null }
  const other = /^(api-token|app):(.+)$/.exec(header)
  if (other !== null) return { type: other[1] === 'app' ? 'app' : 'api-token', id: other[2] ?? null }
  const member = workspace.members.all().find(candidate => candidate.id === header || candidate.email === header.toLowerCase())
  if (member === undefined)
    throw invalid(
      `X-Simulator-Actor "${header}" is neither a member's id or e-mail address, nor "system", nor "api-token:<id>", nor "app:<id>".`,
    )
  return { type: 'workspace-member', id: member.id }
}
