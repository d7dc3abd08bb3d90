import { wholeNumber } from '@worksights/runtime'
import type { Request, RequestHandler, Response } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import type { Principal } from '../auth/principal.ts'
import { rateLimited } from './problems.ts'
import { trustedProxies } from './trusted-proxies.ts'

/*
 * How many requests a minute: of a person or machine, of an organisation, and of an address that proves nothing. Counts are kept in this process
 * (docs/decisions/0009). Whoever signed in is never held to the limit of the address: colleagues share one.
 */

const perMinute = wholeNumber(1, 1_000_000)

export const rateLimitFields = {
  RATE_LIMIT_USER_PER_MINUTE: perMinute.default(600),
  RATE_LIMIT_ORGANIZATION_PER_MINUTE: perMinute.default(6_000),
  RATE_LIMIT_ADDRESS_PER_MINUTE: perMinute.default(300),
  TRUST_PROXY: trustedProxies,
}

export type RateLimits = {
  /** For what is asked without a valid token. */
  address: RequestHandler
  /** For whoever signed in, after `response.locals.principal` is set: the person or machine, then the organisation. */
  principal: readonly RequestHandler[]
}

type Rates = Record<'RATE_LIMIT_USER_PER_MINUTE' | 'RATE_LIMIT_ORGANIZATION_PER_MINUTE' | 'RATE_LIMIT_ADDRESS_PER_MINUTE', number>

/** Makes the limits with counts of their own. A person over their own limit does not use up the organisation's. */
export function createRateLimits(rates: Rates): RateLimits {
  return {
    address: limit('address', rates.RATE_LIMIT_ADDRESS_PER_MINUTE, (request, response) => {
      const address = ipKeyGenerator(request.ip ?? '')
      // A public route has a count of its own: a broken client next door must not keep anybody from coming back from Attio.
      return response.locals.refused ? address : `${request.route?.path} ${address}`
    }),
    principal: [
      limit('user', rates.RATE_LIMIT_USER_PER_MINUTE, (_request, response) => {
        const { tenant, identity } = principalOf(response)
        return `${tenant.organizationId} ${identity}`
      }),
      limit('organization', rates.RATE_LIMIT_ORGANIZATION_PER_MINUTE, (_request, response) => principalOf(response).tenant.organizationId),
    ],
  }
}

function limit(
  policy: 'user' | 'organization' | 'address',
  rate: number,
  key: (request: Request, response: Response) => string,
): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: rate,
    identifier: policy,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: key,
    handler: (_request, _response, next) => next(rateLimited(policy, rate)),
  })
}

function principalOf(response: Response): Principal {
  const principal: Principal | undefined = response.locals.principal
  if (!principal) throw new Error('A limit of those who signed in was reached without a principal.')
  return principal
}
