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
  organizationRefused,
  rateLimited,
  unauthenticated,
} from './problems.ts'

/*
 * What can go wrong, for the OpenAPI document: each code a route answers with, and an example of it.
 */

const problemSchema = z
  .object({
    type: z.url().meta({ description: 'Names the code as an address.' }),
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
  internal_error: { status: 500, description: 'Something failed on our side.', example: internalError() },
  identity_provider_unavailable: {
    ...{ status: 503, description: 'The token could not be checked now: try again.' },
    example: identityProviderDown(),
  },
  temporarily_unavailable: { status: 503, description: 'The database cannot be reached now: try again.', example: databaseAway() },
  took_too_long: { status: 504, description: 'It was too much for one request: ask for less.', example: tookTooLong() },
} as const satisfies Record<string, { status: number; description: string; example: Problem }>

/** Examples that routes share, for `components.examples`. */
export const problemExamples = Object.fromEntries(
  Object.entries(common).map(([code, { description, example }]) => [code, { summary: description, value: example.toJSON(requestId) }]),
)

function commonProblemsOf(route: Route): (keyof typeof common)[] {
  const guarded = route.role !== 'public'
  return [
    ...(route.query || route.params || route.body ? (['invalid_request'] as const) : []),
    ...(guarded ? (['unauthenticated', 'organization_missing', 'organization_refused'] as const) : []),
    ...(route.role === 'admin' ? (['admins_only'] as const) : []),
    ...(route.params ? (['not_found'] as const) : []),
    ...(['rate_limited', 'internal_error'] as const),
    ...(guarded ? (['identity_provider_unavailable'] as const) : []),
    ...(['temporarily_unavailable', 'took_too_long'] as const),
  ]
}

/** The responses of a route's problems, by status, each code with an example. */
export function describeProblems(route: Route) {
  const problems = [
    ...commonProblemsOf(route).map(code => ({ code, ...common[code], example: { $ref: `#/components/examples/${code}` } })),
    ...route.problems.map(problem => ({ ...problem, example: { summary: problem.description, value: exampleOf(problem) } })),
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

function exampleOf({ status, code, description }: Route['problems'][number]) {
  const words = code.replaceAll('_', ' ')
  const title = words.charAt(0).toUpperCase() + words.slice(1)
  return new Problem({ status, code, title, detail: description }).toJSON(requestId)
}
