import { requestIdOf } from '@worksights/runtime'
import { json, type RequestHandler, Router } from 'express'
import type { Authenticate, Principal } from '../auth/principal.ts'
import type { ApiContext } from '../context.ts'
import type { Role, Route } from './define-route.ts'
import { adminsOnly, identityProviderDown, noOrganization, unauthenticated } from './problems.ts'

/** Holds 1,000 people with room to spare. */
const bodyLimit = '1mb'

/** Serves routes: authentication, then role, then the shape of the request, then the handler. */
export function mountRoutes(routes: readonly Route[], context: ApiContext, authenticate: Authenticate): Router {
  const router = Router({ caseSensitive: true, strict: true })
  for (const route of routes) {
    const path = route.path.replace(/\{(\w+)\}/g, ':$1')
    const handlers: RequestHandler[] = []
    handlers.push(accessLog(route, context))
    if (route.role !== 'public') handlers.push(guard(route.role, authenticate))
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

function guard(role: Exclude<Role, 'public'>, authenticate: Authenticate): RequestHandler {
  return async (request, response, next) => {
    const authentication = await authenticate(request.get('authorization'))
    switch (authentication.outcome) {
      case 'missing':
        throw unauthenticated(null)
      case 'invalid':
        throw unauthenticated(authentication.reason)
      case 'unavailable':
        throw identityProviderDown()
      case 'no_organization':
        throw noOrganization()
      case 'ok':
        if (role === 'admin' && authentication.principal.role !== 'admin') throw adminsOnly()
        response.locals.principal = authentication.principal
        next()
    }
  }
}
