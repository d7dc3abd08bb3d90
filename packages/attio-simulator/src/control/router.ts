import { json, Router } from 'express'
import { z } from 'zod'
import { type ServeDependencies, serveWithoutToken } from '../api/serve.ts'
import { allScopes } from '../api/tokens.ts'
import { v2Router } from '../api/v2/router.ts'
import { parseFaultChanges } from '../faults/store.ts'
import type { SimulatorSettings } from '../options.ts'
import type { Deliveries } from '../webhooks/delivery.ts'
import type { Poster } from '../webhooks/post.ts'
import { answerControlError, Refusal } from './answer.ts'
import { deliveryRoutes } from './deliveries.ts'
import { describeControl } from './describe.ts'
import { type RequestLog, requestQuery } from './request-log.ts'
import { scenarioRoutes } from './scenarios.ts'
import { stateRoutes } from './state.ts'
import { webhookControlRoutes } from './webhooks.ts'
import { workspaceRoutes } from './workspaces.ts'

export interface ControlDependencies extends ServeDependencies {
  settings: SimulatorSettings
  deliveries: Deliveries
  poster: Poster
  requests: RequestLog
  /** Set when the simulator closes. */
  stopped: AbortSignal
}

const tokenBody = z.strictObject({ workspace: z.string(), scopes: z.array(z.string()).default(allScopes), member: z.string().optional() })
const faultQuery = z.strictObject({ workspace: z.string().optional() })

/** Everything under /_simulator: no token, JSON, meant for tests and scripts on the same machine. */
export function controlRouter(dependencies: ControlDependencies): Router {
  const { world, faults, tokens, settings, requests } = dependencies
  const router = Router()
  router.use('/api/v2', json({ limit: '10mb' }), v2Router(serveWithoutToken(dependencies), faults, settings.webhookTargets))
  router.use(json({ limit: '64mb' }))

  const known = (slug: string | undefined): string | null => {
    if (slug === undefined) return null
    const workspace = world.find(slug)
    if (workspace === undefined) throw new Refusal(404, `There is no workspace "${slug}". GET /_simulator/workspaces lists them.`)
    return workspace.slug
  }

  router.get('/', (_request, response) => void response.json(describeControl()))

  router.get('/faults', (request, response) => {
    const slug = known(faultQuery.parse(request.query).workspace)
    response.json({ faults: faults.of(slug), switched: faults.switched() })
  })
  router.put('/faults', (request, response) => {
    const slug = known(faultQuery.parse(request.query).workspace)
    response.json({ faults: faults.change(slug, parseFaultChanges(request.body ?? {})), switched: faults.switched() })
  })
  router.delete('/faults', (request, response) => {
    const slug = known(faultQuery.parse(request.query).workspace)
    faults.reset(slug)
    response.json({ faults: faults.of(slug), switched: faults.switched() })
  })

  router.get('/requests', (request, response) => void response.json(requests.find(requestQuery.parse(request.query))))
  router.delete('/requests', (_request, response) => {
    requests.clear()
    response.json({})
  })

  router.post('/tokens', (request, response) => {
    const { workspace: slug, scopes, member } = tokenBody.parse(request.body)
    const workspace = world.find(slug)
    const authorizer = workspace?.members
      .all()
      .find(row => (member === undefined ? row.accessLevel === 'admin' : row.id === member || row.email === member))
    if (workspace === undefined || authorizer === undefined) throw new Refusal(404, 'There is no such workspace, or no such member in it.')
    const access_token = tokens.issue({
      workspaceId: workspace.id,
      clientId: settings.clientId,
      memberId: authorizer.id,
      scope: scopes.join(' '),
      issuedAt: Math.floor(world.clock() / 1_000),
    })
    response.json({ access_token, token_type: 'Bearer' })
  })
  router.post('/tokens/revoke', (request, response) => {
    tokens.revoke(z.strictObject({ access_token: z.string() }).parse(request.body).access_token)
    response.json({})
  })

  webhookControlRoutes(router, dependencies)
  deliveryRoutes(router, dependencies)
  workspaceRoutes(router, dependencies)
  stateRoutes(router, dependencies)
  scenarioRoutes(router, dependencies)
  router.use((request, _response) => {
    throw new Refusal(404, `There is no ${request.method} ${request.originalUrl}. GET /_simulator/ lists the routes.`)
  })
  router.use(answerControlError)
  return router
}
