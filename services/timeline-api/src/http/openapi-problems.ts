import { internalError, Problem } from '@worksights/runtime'
import { z } from 'zod'
import { databaseAway, tookTooLong } from './database-down.ts'
import type { Route } from './define-route.ts'
import {
  adminsOnly,
  identityProviderDown,
  invalidFields,
  noOrganization,
  notFound,
  organizationBusy,
  organizationRefused,
  rateLimited,
  unauthenticated,
} from './problems.ts'

/*
 * What can go wrong, for the OpenAPI document: each code a route answers with, and an example of it.
 */

const problemSchema = z
  .object({
    type: z.url().meta({ description: 'The page that explains the code.' }),
    title: z.string().meta({ description: 'What the code means, the same for every request.' }),
    status: z.int(),
    detail: z.string().meta({ description: 'What happened to this request, and what to do; for people.' }),
    code: z.string().meta({ description: 'What programs go by: it stays.' }),
    request_id: z.string().meta({ description: 'Say it when you ask for help.' }),
    errors: z
      .array(z.object({ path: z.string().meta({ examples: ['query.limit'] }), message: z.string() }))
      .optional()
      .meta({ description: 'Each bad field: `query.…`, `params.…` or `body.…`.' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' })

const requestId = '0192f0c4-7a4f-7d2e-9a39-6b1f0f1a2c3d'

/** What routes answer whatever they are about. */
const common = {
  invalid_request: {
    ...{ status: 400, description: 'A parameter or field is wrong; `errors` says which.' },
    example: invalidFields([{ path: 'query.page', message: 'is not known here' }]),
  },
  unauthenticated: { status: 401, description: 'No access token, or one that was refused.', example: unauthenticated(null) },
  organization_missing: { status: 403, description: 'The token names no organisation.', example: noOrganization() },
  organization_refused: {
    ...{ status: 403, description: 'The organisation signs in with another identity provider.' },
    example: organizationRefused(),
  },
  admins_only: { status: 403, description: 'Needs the role of an admin.', example: adminsOnly() },
  not_found: { status: 404, description: 'No such thing, or you may not see it.', example: notFound('thing') },
  rate_limited: {
    ...{ status: 429, description: 'Too many requests in a minute: wait as many seconds as `Retry-After` says.' },
    example: rateLimited('user', 600),
  },
  organization_busy: { status: 429, description: 'Your organisation has too much under way: try again.', example: organizationBusy() },
  internal_error: { status: 500, description: 'Something failed on our side.', example: internalError() },
  identity_provider_unavailable: {
    ...{ status: 503, description: 'The token could not be checked now: try again.' },
    example: identityProviderDown(),
  },
  temporarily_unavailable: { status: 503, description: 'The database cannot be reached now: try again.', example: databaseAway() },
  took_too_long: { status: 504, description: 'It was too much for one request: ask for less.', example: tookTooLong() },
} as const satisfies Record<string, { status: number; description: string; example: Problem }>

/** Where each code of an API has its page. */
export const problemsAddress = (apiUrl: string) => `${apiUrl}/problems/`

/** Examples that routes share, for `components.examples`. */
export function problemExamples(apiUrl: string) {
  const entries = Object.entries(common).map(([code, { description, example }]) => {
    return [code, { summary: description, value: example.toJSON(requestId, problemsAddress(apiUrl)) }]
  })
  return Object.fromEntries(entries)
}

function commonProblemsOf(route: Route): (keyof typeof common)[] {
  const guarded = route.role !== 'public'
  return [
    ...(route.query || route.params || route.body ? (['invalid_request'] as const) : []),
    ...(guarded ? (['unauthenticated', 'organization_missing', 'organization_refused'] as const) : []),
    ...(route.role === 'admin' ? (['admins_only'] as const) : []),
    ...(route.params ? (['not_found'] as const) : []),
    ...(['rate_limited'] as const),
    ...(guarded ? (['organization_busy'] as const) : []),
    ...(['internal_error'] as const),
    ...(guarded ? (['identity_provider_unavailable'] as const) : []),
    ...(['temporarily_unavailable', 'took_too_long'] as const),
  ]
}

/** The responses of a route's problems, by status, each code with an example. */
export function describeProblems(route: Route, apiUrl: string) {
  const problems = [
    ...commonProblemsOf(route).map(code => ({ code, ...common[code], example: { $ref: `#/components/examples/${code}` } })),
    ...route.problems.map(problem => ({ ...problem, example: { summary: problem.description, value: exampleOf(problem, apiUrl) } })),
  ]
  const statuses = [...new Set(problems.map(problem => problem.status))].sort()
  return Object.fromEntries(
    statuses.map(status => {
      const same = problems.filter(problem => problem.status === status)
      const description = same.map(({ code, description: text }) => `\`${code}\`: ${text}`).join('\n\n')
      const examples = Object.fromEntries(same.map(({ code, example }) => [code, example]))
      return [`${status}` as const, { description, content: { 'application/problem+json': { schema: problemSchema, examples } } }]
    }),
  )
}

function exampleOf({ status, code, description }: Route['problems'][number], apiUrl: string) {
  return new Problem({ status, code, title: titleOf(code), detail: description }).toJSON(requestId, problemsAddress(apiUrl))
}

function titleOf(code: string): string {
  const words = code.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export type KnownProblem = { code: string; status: number; title: string; description: string; routes: string[] }

/** Every code the API answers with, for people: what it means and which routes answer it. */
export function knownProblems(routes: readonly Route[]): KnownProblem[] {
  const known = new Map<string, KnownProblem>()
  const add = (code: string, status: number, title: string, description: string, route: string | null) => {
    const problem = known.get(code) ?? { code, status, title, description, routes: [] }
    known.set(code, problem)
    if (route !== null) problem.routes.push(route)
  }
  for (const [code, { status, title, description }] of Object.entries(beforeAnyRoute)) add(code, status, title, description, null)
  for (const route of routes) {
    const name = `${route.method.toUpperCase()} ${route.path}`
    for (const code of commonProblemsOf(route)) {
      const { status, description, example } = common[code]
      add(code, status, example.options.title ?? titleOf(code), description, name)
    }
    for (const { code, status, description } of route.problems) add(code, status, titleOf(code), description, name)
  }
  return [...known.values()]
}

/** What is answered where no route was reached. */
const beforeAnyRoute = {
  no_such_route: {
    status: 404,
    title: 'No such route',
    description: 'There is nothing at this address. `/openapi.json` lists what there is.',
  },
  unreadable_request: {
    status: 400,
    title: 'Unreadable request',
    description: 'The request could not be read: check its body, encoding and address.',
  },
}
