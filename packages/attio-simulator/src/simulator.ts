import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { ApiError, notFound } from './api/errors.ts'
import { oauthRoutes } from './api/oauth.ts'
import { answerError, serveWithToken } from './api/serve.ts'
import { createTokens } from './api/tokens.ts'
import { v2Router } from './api/v2/router.ts'
import { identify } from './api/v2/self.ts'
import { createRequestLog } from './control/request-log.ts'
import { controlRouter } from './control/router.ts'
import { createFaultStore } from './faults/store.ts'
import { type SimulatorOptions, simulatorOptions } from './options.ts'
import { seedWorkspace, workspaceSeeds } from './seed/seed.ts'
import { seedTeamWorld } from './seed/team-world.ts'
import { createDeliveries } from './webhooks/delivery.ts'
import { createDispatch } from './webhooks/dispatch.ts'
import { createPace } from './webhooks/pace.ts'
import { createPoster } from './webhooks/post.ts'
import { namedId } from './world/ids.ts'
import { createWorld, type World } from './world/world.ts'

export interface Simulator {
  /** Serves as https://app.attio.com and https://api.attio.com at once. */
  url: string
  port: number
  world: World
  /** Stops serving and sending; nothing is left running. */
  close(): Promise<void>
}

const clock = () => Date.now()
const dayMs = 24 * 3_600_000

/** Starts an Attio of its own: state in memory, seeded, on a port of this machine. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const settings = simulatorOptions.parse(options)
  const log = settings.log ?? (() => {})
  const faults = createFaultStore(clock, settings.seed)
  const poster = createPoster()
  const pace = createPace(() => performance.now())
  const deliveries = createDeliveries({
    poster,
    pace,
    faults: workspace => faults.of(workspace.slug),
    retrySchedule: settings.retrySchedule,
    clock,
    log,
  })
  const dispatch = createDispatch({ deliveries, faults: workspace => faults.of(workspace.slug), clock, seed: settings.seed })
  const world = createWorld({ faults, dispatch, clock, appId: namedId(settings.seed, 'app', settings.clientId) })
  for (const seed of workspaceSeeds) {
    const workspace = seedWorkspace(settings.seed, seed, clock() - 60 * dayMs)
    seedTeamWorld(workspace, settings.seed, clock())
    world.add(workspace)
  }
  const tokens = createTokens(settings.seed)
  const requests = createRequestLog(clock)
  const stop = new AbortController()
  const dependencies = { world, faults, tokens, log, settings, deliveries, poster, requests, stopped: stop.signal }

  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(requests.middleware)
  app.use('/_simulator', controlRouter(dependencies))
  app.use(oauthRoutes(settings, dependencies))
  app.get('/v2/self', identify(dependencies))
  app.use('/v2', express.json({ limit: '10mb' }), v2Router(serveWithToken(dependencies), faults, settings.webhookTargets))
  app.use((request: express.Request) => {
    throw notFound(`Could not find endpoint "${request.method} ${request.path}".`)
  })
  app.use((error: unknown, _request: express.Request, response: express.Response, _next: express.NextFunction) => {
    const badBody = error instanceof SyntaxError ? new ApiError(400, 'validation_type', 'Body payload validation error.') : error
    answerError(response, badBody, 'status_code', log)
  })

  const server = createServer(app)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(settings.port, settings.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  const host = settings.host === '0.0.0.0' || settings.host === '::' ? '127.0.0.1' : settings.host

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    world,
    async close() {
      stop.abort()
      world.close()
      dispatch.close()
      pace.close()
      deliveries.close()
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeAllConnections()
      poster.close()
      await closed
    },
  }
}
