import { isEnding, requestRun, type Scope, selectConnections } from '@worksights/database'
import { Problem } from '@worksights/runtime'
import { z } from 'zod'
import { connectionEnding } from '../connections/ending.ts'
import { answerRun, exampleRun, runReply } from '../connections/run-form.ts'
import { defineRoute } from '../http/define-route.ts'
import { notFound } from '../http/problems.ts'
import { replaceSchema } from '../http/query-fields.ts'

export const disconnectConnection = defineRoute({
  method: 'delete',
  path: '/v1/integrations/attio/connections/{id}',
  tag: 'Attio',
  role: 'admin',
  summary: 'Disconnect, or disconnect and erase',
  description: [
    'Deletes our webhooks at Attio and forgets the token; the timeline stays. With `erase=true` everything the workspace brought is deleted too, and its lines',
    'vanish at once; feature switches and the audit trail stay. Erasing works after disconnecting as well. It cannot be undone.',
  ].join(' '),
  params: z.strictObject({ id: z.uuid('is not an id (UUID)').meta({ description: 'The connection.' }) }),
  query: z.strictObject({
    erase: z
      .enum(['true', 'false'], 'must be true or false')
      .transform(text => text === 'true')
      .default(false)
      .meta({ description: 'Also delete what the workspace brought.', override: replaceSchema({ type: 'boolean', default: false }) }),
  }),
  reply: {
    ...runReply,
    example: {
      ...exampleRun,
      kind: 'disconnect',
      steps: [
        { name: 'webhooks', state: 'running', detail: null },
        { name: 'token', state: 'waiting', detail: null },
      ],
    },
  },
  problems: [
    { status: 409, code: 'connection_disconnected', description: 'It has ended already; only erasing is left.' },
    { status: 409, code: 'connection_ending', description: 'It is being erased, which disconnects it too.' },
  ],
  async handler({ params, query, principal, tenant, audit }, { hint }) {
    const kind = query.erase ? ('erase' as const) : ('disconnect' as const)
    const run = await tenant.transaction(async scope => {
      const { id, workspaceName } = await endable(scope, params.id, query.erase)
      const { organizationId } = scope
      const { run, isNew } = await requestRun(scope, {
        ...{ organizationId, connectionId: id, requestedBy: principal.user?.id ?? null },
        ...{ kind, params: {} },
      })
      const action = query.erase ? 'connection.erased' : 'connection.disconnected'
      if (isNew) await audit(scope, { action, connectionId: id, details: { workspace: workspaceName, run_id: run.id } })
      return run
    })
    void hint('runs', run.connectionId)
    return answerRun(run)
  },
})

async function endable(scope: Scope, id: string, erase: boolean) {
  const [connection] = await selectConnections(scope, id)
  if (!connection) throw notFound('connection')
  if (erase) return connection
  if (await isEnding(scope, id, ['erase'])) throw connectionEnding(connection)
  if (connection.state !== 'disconnected') return connection
  throw new Problem({
    status: 409,
    code: 'connection_disconnected',
    title: 'The workspace is not connected',
    detail: `${connection.workspaceName} is disconnected already. To delete what it brought as well, ask for erase=true.`,
  })
}
