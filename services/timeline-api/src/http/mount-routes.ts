import { type Problem, requestIdOf } from '@worksights/runtime'
import { json, type RequestHandler, Router } from 'express'
import type { Authenticate, Authentication, Principal } from '../auth/principal.ts'
import type { ApiContext } from '../context.ts'
import type { Route } from './define-route.ts'
import { adminsOnly, identityProviderDown, noOrganization, organizationRefused, unauthenticated } from './problems.ts'
import type { RateLimits } from './rate-limits.ts'

/** Holds 1,000 people with room to spare. */
const bodyLimit = '1mb'

/** Serves routes: authentication, then limits, then role, then the shape of the request, then the handler. */
export function mountRoutes(
  routes: readonly Route[],
  context: ApiContext,
  { authenticate, limits }: { authenticate: Authenticate; limits: RateLimits },
): Router {
  const router = Router({ caseSensitive: true, strict: true })
  for (const route of routes) {
    const path = route.path.replace(/\{(\w+)\}/g, ':$1')
    const handlers: RequestHandler[] = []
    handlers.push(accessLog(route, context))
    if (route.role === 'public') handlers.push(limits.address)
    else handlers.push(admit(authenticate, limits), ...limits.principal)
    if (route.role === 'admin') handlers.push(admins)
    if (route.body) handlers.push(json({ limit: bodyLimit, strict: true }))
    handlers.push(async (request, response) => {
      const principal: Principal | null = response.locals.principal ?? null
      const reply = await route.handle(request, response, principal, context)
      if (!reply) return
      response
        .status(route.reply.status)
        .set('cache-control', 'no-store')
        .set(reply.headers ?? {})
      if (reply.body === undefined) response.end()
      else response.json(reply.body)
    })
    router[route.method](path, ...handlers)
  }
  return router
}

/** One line a request, without its query: the callback's holds a code. */
function accessLog(route: Route, { log }: ApiContext): RequestHandler {
  return (_request, response, next) => {
    const started = performance.now()
    response.on('close', () => {
      const ms = Math.round(performance.now() - started)
      log.debug({ method: route.method, path: route.path, status: response.statusCode, ms, request_id: requestIdOf(response) }, 'answered')
    })
    next()
  }
}

/**
 * Sets `response.locals.principal`, or counts and refuses. What cannot be checked now is not counted: that is nobody's fault.
 */
function admit(authenticate: Authenticate, limits: RateLimits): RequestHandler {
  return async (request, response, next) => {
    const authentication = await authenticate(request.get('authorization'))
    if (authentication.outcome === 'unavailable') throw identityProviderDown()
    if (authentication.outcome === 'ok') {
      response.locals.principal = authentication.principal
      next()
      return
    }
    response.locals.refused = true
    await limits.address(request, response, error => next(error ?? refusalOf(authentication)))
  }
}

function refusalOf(authentication: Exclude<Authentication, { outcome: 'ok' | 'unavailable' }>): Problem {
  switch (authentication.outcome) {
    case 'missing':
      return unauthenticated(null)
    case 'invalid':
      return unauthenticated(authentication.reason)
    case 'no_organization':
      return noOrganization()
    case 'organization_refused':
      return organizationRefused()
  }
}

const admins: RequestHandler = (_request, response, next) => {
  const principal: Principal | undefined = response.locals.principal
  if (principal?.role !== 'admin') throw adminsOnly()
  next()
}
