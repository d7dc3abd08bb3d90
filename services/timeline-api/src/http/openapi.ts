import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import type { ReplySpec, Route } from './define-route.ts'

const problemSchema = z
  .object({
    type: z.url().meta({ description: 'A page that explains the code.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    request_id: z.string().meta({ description: 'Say it when you ask for help.' }),
    errors: z
      .array(z.object({ path: z.string().meta({ examples: ['query.limit'] }), message: z.string() }))
      .optional()
      .meta({ description: 'Each bad field.' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' })

type ProblemDoc = { status: number; code: string; description: string }

/** The OpenAPI 3.1 document of the routes, made from the schemas that validate. */
export function describeApi(routes: readonly Route[], apiUrl: string) {
  const paths: ZodOpenApiPathsObject = {}
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: describeRoute(route) }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'WorkSights timeline API',
      version: '1',
      description: [
        'Who did what in the CRM, as lines of a team timeline. Send an access token of your organisation’s identity provider as bearer token.',
        '`member` reads, `admin` manages the integration. Errors are `application/problem+json`; unknown parameters are refused.',
        'A person, and an organisation, may make so many requests a minute: `RateLimit-Policy` names both limits, `RateLimit` says what is left, a 429 when to go on.',
        'Times are RFC 3339 in UTC. Lists go on with `next_cursor`, which is opaque.',
      ].join('\n\n'),
    },
    servers: [{ url: apiUrl }],
    tags: [...new Set(routes.map(route => route.tag))].map(name => ({ name })),
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    paths,
  })
}

function describeRoute(route: Route): ZodOpenApiOperationObject {
  return {
    operationId: operationId(route),
    tags: [route.tag],
    summary: route.summary,
    description: [route.description, route.role === 'admin' && 'For admins.'].filter(Boolean).join('\n\n'),
    security: route.role === 'public' ? [] : [{ bearer: [] }],
    requestParams: {
      ...(route.params && { path: route.params as z.ZodObject }),
      ...(route.query && { query: route.query as z.ZodObject }),
    },
    ...(route.body && { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }),
    responses: { [`${route.reply.status}`]: describeReply(route.reply), ...describeProblems(problemsOf(route)) },
  }
}

function describeReply(reply: ReplySpec) {
  const headers = Object.entries(reply.headers ?? {}).map(([name, description]) => [name, { description, schema: { type: 'string' } }])
  const content = reply.schema ?? (reply.contentType ? { type: 'string' as const } : undefined)
  return {
    description: reply.description,
    ...(headers.length && { headers: Object.fromEntries(headers) }),
    ...(content && { content: { [reply.contentType ?? 'application/json']: { schema: content, example: reply.example } } }),
  }
}

/** What any route of this make can answer beside its own problems. */
function problemsOf(route: Route): ProblemDoc[] {
  const takesInput = route.query ?? route.params ?? route.body
  const guarded = route.role !== 'public'
  return [
    ...(takesInput ? [{ status: 400, code: 'invalid_request', description: 'A parameter or field is wrong; `errors` says which.' }] : []),
    ...(guarded ? [{ status: 401, code: 'unauthenticated', description: 'No access token, or one that was refused.' }] : []),
    ...(guarded
      ? [
          { status: 403, code: 'organization_missing', description: 'The token names no organisation.' },
          { status: 403, code: 'organization_refused', description: 'The organisation signs in with another identity provider.' },
        ]
      : []),
    ...(route.role === 'admin' ? [{ status: 403, code: 'admins_only', description: 'Needs the role of an admin.' }] : []),
    { status: 429, code: 'rate_limited', description: 'Too many requests in a minute: wait as many seconds as `Retry-After` says.' },
    ...(route.params ? [{ status: 404, code: 'not_found', description: 'No such thing, or you may not see it.' }] : []),
    ...(guarded
      ? [{ status: 503, code: 'identity_provider_unavailable', description: 'The token could not be checked now: try again.' }]
      : []),
    { status: 503, code: 'temporarily_unavailable', description: 'The database cannot be reached now: try again.' },
    { status: 500, code: 'internal_error', description: 'Something failed on our side.' },
    ...route.problems,
  ]
}

function describeProblems(problems: ProblemDoc[]) {
  const statuses = [...new Set(problems.map(problem => problem.status))].sort()
  return Object.fromEntries(
    statuses.map(status => {
      const same = problems.filter(problem => problem.status === status)
      const description = same.map(({ code, description: text }) => `\`${code}\`: ${text}`).join('\n\n')
      return [`${status}` as const, { description, content: { 'application/problem+json': { schema: problemSchema } } }]
    }),
  )
}

/** `GET /v1/timeline/{id}` is `getTimelineId`. */
function operationId(route: Route): string {
  const words = route.path.split(/[^a-zA-Z]+/).filter(word => word !== '' && word !== 'v')
  return route.method + words.map(word => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
