import type { Request, Response } from 'express'
import { v4 } from 'uuid'
import { interveneInRequest } from '../faults/http-faults.ts'
import type { FaultSettings } from '../faults/settings.ts'
import type { FaultStore } from '../faults/store.ts'
import { nanoTime } from '../world/time.ts'
import type { World } from '../world/world.ts'
import { actorOf } from './actor.ts'
import { ApiError, forbidden, rateLimited, unauthorized } from './errors.ts'
import { createRateLimit, retryAfter } from './rate-limit.ts'
import { type Call, type Caller, parseOrRefuse, type RouteOptions, type Serve } from './route.ts'
import { type Tokens, tokenOf } from './tokens.ts'

export interface ServeDependencies {
  world: World
  faults: FaultStore
  tokens: Tokens
  log: (message: string) => void
}

const holds = (scopes: Set<string>, needed: string) => scopes.has(needed) || scopes.has(needed.replace(/:read$/, ':read-write'))

/** Whose token it is, or null for none, an unknown or a revoked one. Scopes a fault takes away are gone. */
export function callerOf(dependencies: ServeDependencies, authorization: string | undefined): Caller | null {
  const token = tokenOf(authorization)
  const facts = token === null ? null : dependencies.tokens.read(token)
  const workspace = facts === null ? undefined : dependencies.world.find(facts.workspaceId)
  if (facts === null || workspace === undefined) return null
  const settings = dependencies.faults.of(workspace.slug)
  if (settings.token_revoked) return null
  const missing = new Set(settings.missing_scopes)
  const scopes = facts.scope.split(' ').flatMap(scope => {
    if (!missing.has(scope)) return [scope]
    return scope.endsWith(':read-write') && !missing.has(scope.replace('-write', '')) ? [scope.replace('-write', '')] : []
  })
  return {
    workspace,
    scopes: new Set(scopes.filter(scope => !missing.has(scope.replace('-write', '')))),
    clientId: facts.clientId,
    budget: facts.nonce,
  }
}

const callFor = (dependencies: ServeDependencies, caller: Caller, request: Request, response: Response, lag: number): Call => ({
  caller,
  workspace: caller.workspace,
  world: dependencies.world,
  at: dependencies.world.clock() - lag,
  writer: dependencies.world.context(
    caller.workspace,
    actorOf(request.get('x-simulator-actor'), caller.workspace, dependencies.world.appActor),
  ),
  params: Object.fromEntries(Object.entries(request.params).map(([key, value]) => [key, String(value)])),
  query: request.query,
  body: schema => parseOrRefuse(schema, request.body ?? {}),
  response,
})

async function answer(request: Request, response: Response, call: Call, handle: (call: Call) => unknown): Promise<void> {
  if (request.method === 'GET') response.set('x-accurate-at', nanoTime(call.at))
  const body = await handle(call)
  if (response.headersSent) return
  if (body === undefined) response.status(204).end()
  else response.json(body)
}

export function answerError(
  response: Response,
  error: unknown,
  statusKey: 'status_code' | 'statusCode',
  log: (message: string) => void,
): void {
  if (response.headersSent) return
  const known = error instanceof ApiError ? error : new ApiError(500, 'internal_error', 'The simulator failed.', { type: 'api_error' })
  if (!(error instanceof ApiError)) log(`the simulator failed: ${error instanceof Error ? error.stack : String(error)}`)
  response.status(known.status).set(known.headers).json(known.body(statusKey))
}

/** Attio's side: a token decides the workspace; faults, budgets and scopes hold. */
export function serveWithToken(dependencies: ServeDependencies): Serve {
  const { world, faults, log } = dependencies
  const limits = createRateLimit(world.clock)

  const takeBudget = (caller: Caller, options: RouteOptions, settings: FaultSettings, route: string) => {
    const general = options.kind === 'read' ? settings.read_limit : settings.write_limit
    const refused =
      (general !== null && !limits.take(`${caller.budget} ${options.kind}`, general)) ||
      (general !== null && options.limit !== undefined && !limits.take(`${caller.budget} ${route}`, options.limit))
    if (refused) throw rateLimited(retryAfter(settings.rate_limit_retry_after, world.clock(), 1))
  }

  return async (request, response, options, handle) => {
    const caller = callerOf(dependencies, request.get('authorization'))
    const settings = faults.of(caller?.workspace.slug ?? null)
    response.set('x-attio-execution-id', v4())
    try {
      const intervention = await interveneInRequest(settings, faults, request, response, world.clock)
      if (intervention !== 'none') return
      if (caller === null) throw unauthorized()
      takeBudget(caller, options, settings, String(request.route?.path))
      const missing = options.scopes.find(scope => !holds(caller.scopes, scope))
      if (missing !== undefined) throw forbidden(missing)
      await answer(request, response, callFor(dependencies, caller, request, response, settings.read_lag_ms), handle)
    } catch (error) {
      answerError(response, error, settings.odd_error_bodies ? 'statusCode' : (options.statusKey ?? 'status_code'), log)
    }
  }
}

/** The people's side: the workspace is in the query; no token, no budget, no fault of the API. It stands for Attio's own user interface. */
export function serveWithoutToken(dependencies: ServeDependencies): Serve {
  const { world, log } = dependencies
  return async (request, response, options, handle) => {
    try {
      const workspace = world.find(String(request.query.workspace ?? ''))
      if (workspace === undefined)
        throw new ApiError(
          404,
          'not_found',
          `Name a workspace with ?workspace=<slug>: one of ${world.workspaces.map(known => known.slug).join(', ')}.`,
        )
      const caller: Caller = { workspace, scopes: new Set(), clientId: 'simulator', budget: null }
      await answer(request, response, callFor(dependencies, caller, request, response, 0), handle)
    } catch (error) {
      answerError(response, error, options.statusKey ?? 'status_code', log)
    }
  }
}
