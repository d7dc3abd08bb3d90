import { type ConnectionDetails, isEnding, type Scope, selectConnections } from '@worksights/database'
import { Problem } from '@worksights/runtime'
import { notFound } from '../http/problems.ts'

/*
 * Actions that need a connection that lives: what they answer where it does not.
 */

export const endedProblems = [
  { status: 409, code: 'connection_disconnected', description: 'The workspace is not connected: connect it first.' },
  { status: 409, code: 'connection_ending', description: 'The connection is being disconnected or erased.' },
] as const

/** The connection, to act on. Throws a 404, or a 409 where it has ended or is about to. */
export async function livingConnection(scope: Scope, id: string): Promise<ConnectionDetails> {
  const [connection] = await selectConnections(scope, id)
  if (!connection) throw notFound('connection')
  if (connection.state === 'disconnected') {
    throw new Problem({
      status: 409,
      code: 'connection_disconnected',
      title: 'The workspace is not connected',
      detail: `${connection.workspaceName} is not connected, so there is nothing this could do. Connect it first; what was recorded is still there.`,
    })
  }
  if (await isEnding(scope, id)) throw connectionEnding(connection)
  return connection
}

export function connectionEnding({ workspaceName }: ConnectionDetails): Problem {
  return new Problem({
    status: 409,
    code: 'connection_ending',
    title: 'The connection is being ended',
    detail: `${workspaceName} is being disconnected at this moment. Wait until that is done; connect it again if you want to go on.`,
  })
}
