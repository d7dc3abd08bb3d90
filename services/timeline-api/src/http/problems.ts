import { type FieldError, Problem } from '@worksights/runtime'
import type { z } from 'zod'

/** 400 with the path of each bad field: `query.limit`, `body.users.3.email`. Takes what was parsed with `reportInput`: what is missing is said to be. */
export function invalidInput(parts: Record<string, z.ZodSafeParseResult<unknown>>): Problem {
  return invalidFields(
    Object.entries(parts).flatMap(([part, result]) => result.error?.issues.flatMap(issue => toFieldErrors(part, issue)) ?? []),
  )
}

export function invalidFields(errors: FieldError[]): Problem {
  return new Problem({
    status: 400,
    code: 'invalid_request',
    title: 'The request is not valid',
    detail: `${errors.map(error => `${error.path}: ${error.message}`).join('; ')}. See /docs for what this route takes.`,
    errors,
  })
}

function toFieldErrors(part: string, issue: z.core.$ZodIssue): FieldError[] {
  const path = [part, ...issue.path.map(String)].join('.')
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.input === undefined ? required(path) : issue.message }]
  return issue.keys.map(key => ({ path: `${path}.${key}`, message: 'is not known here' }))
}

/** A body of another type is not read, and so is not there. */
function required(path: string): string {
  return path === 'body' ? 'is required, with Content-Type: application/json' : 'is required'
}

export function notFound(what: string): Problem {
  return new Problem({ status: 404, code: 'not_found', title: 'Not found', detail: `There is no such ${what}, or you may not see it.` })
}

export function unauthenticated(reason: string | null): Problem {
  return new Problem({
    status: 401,
    code: 'unauthenticated',
    title: 'Sign in first',
    detail: reason
      ? `The access token was refused: ${reason}. Get a new one from your identity provider.`
      : 'Send an access token of your identity provider as "Authorization: Bearer …".',
    headers: { 'www-authenticate': reason ? 'Bearer error="invalid_token"' : 'Bearer' },
  })
}

export function identityProviderDown(): Problem {
  return new Problem({
    status: 503,
    code: 'identity_provider_unavailable',
    title: 'The identity provider does not answer',
    detail:
      'Your access token could not be checked, because the identity provider does not answer. Your token may be fine: try again soon.',
    headers: { 'retry-after': '5' },
  })
}

export function noOrganization(): Problem {
  return new Problem({
    status: 403,
    code: 'organization_missing',
    title: 'The token names no organisation',
    detail: 'The access token carries no organisation. Ask whoever runs the identity provider to add the organisation claim to it.',
  })
}

export function organizationRefused(): Problem {
  return new Problem({
    status: 403,
    code: 'organization_refused',
    title: 'The organisation signs in elsewhere',
    detail:
      'The organisation your access token names signs in with an identity provider of its own. Sign in with that one, or ask whoever runs this server.',
  })
}

export function adminsOnly(): Problem {
  return new Problem({
    status: 403,
    code: 'admins_only',
    title: 'For admins only',
    detail:
      'This needs the role of an admin. Ask an admin of your organisation to do it, or whoever runs the identity provider for the role; it counts from your next access token.',
  })
}

const whoIsLimited = {
  user: 'You made',
  organization: 'Your organisation made',
  address: 'Without a valid access token, your address made',
}

/** 429; `Retry-After` is set by the limiter. */
export function rateLimited(policy: keyof typeof whoIsLimited, perMinute: number): Problem {
  return new Problem({
    status: 429,
    code: 'rate_limited',
    title: 'Too many requests',
    detail: `${whoIsLimited[policy]} more than ${perMinute} requests in a minute. Wait as many seconds as Retry-After says, then go on; RateLimit tells how much is left.`,
  })
}

/** 429: others of the organisation wait for the database already. */
export function organizationBusy(): Problem {
  return new Problem({
    status: 429,
    code: 'organization_busy',
    title: 'Your organisation has too much under way',
    detail:
      'Requests of your organisation take so long that this one found no turn; nothing was changed. Wait as Retry-After says, then try again.',
    headers: { 'retry-after': '5' },
  })
}

/** 429 of one stream more than a person may have open. */
export function tooManyStreams(atOnce: number): Problem {
  return new Problem({
    status: 429,
    code: 'too_many_streams',
    title: 'Too many streams at once',
    detail: `You have ${atOnce} streams open. End one of them, or wait until one ends.`,
    headers: { 'retry-after': '30' },
  })
}

/** 503 of a stream that is asked for while the server shuts down. */
export function draining(): Problem {
  return new Problem({
    status: 503,
    code: 'draining',
    title: 'This server is being replaced',
    detail: 'This server takes no new streams. Try again: another one will.',
    headers: { 'retry-after': '1' },
  })
}
