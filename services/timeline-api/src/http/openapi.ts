import type { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { apiGuide, tagDescriptions } from './api-guide.ts'
import type { NamedRoute, ReplySpec } from './define-route.ts'
import { describeProblems, problemExamples } from './openapi-problems.ts'

/** The OpenAPI 3.1 document of the routes, made from the schemas that validate. */
export function describeApi(routes: readonly NamedRoute[], apiUrl: string) {
  const paths: ZodOpenApiPathsObject = {}
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: describeRoute(route, apiUrl) }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'WorkSights timeline API',
      version: '1',
      description: apiGuide,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: apiUrl }],
    tags: Object.entries(tagDescriptions).flatMap(([name, description]) =>
      routes.some(route => route.tag === name) ? { name, description } : [],
    ),
    components: {
      examples: problemExamples(apiUrl),
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An access token of your organisation’s identity provider.',
        },
      },
    },
    paths,
  })
}

function describeRoute(route: NamedRoute, apiUrl: string): ZodOpenApiOperationObject {
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    description: [route.description, route.role === 'admin' && 'For admins.'].filter(Boolean).join('\n\n'),
    security: route.role === 'public' ? [] : [{ bearer: [] }],
    requestParams: {
      ...(route.params && { path: route.params as z.ZodObject }),
      ...(route.query && { query: route.query as z.ZodObject }),
    },
    ...(route.body && { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }),
    responses: { [`${route.reply.status}`]: describeReply(route.reply), ...describeProblems(route, apiUrl) },
  }
}

function describeReply(reply: ReplySpec) {
  const headers = Object.entries(reply.headers ?? {}).map(([name, description]) => [name, { description, schema: { type: 'string' } }])
  const others = Object.fromEntries(
    Object.entries(reply.otherContents ?? {}).map(([type, example]) => [type, { schema: { type: 'string' as const }, example }]),
  )
  const content = reply.schema ?? (reply.contentType ? { type: 'string' as const } : undefined)
  return {
    description: reply.description,
    ...(headers.length && { headers: Object.fromEntries(headers) }),
    ...(content && { content: { [reply.contentType ?? 'application/json']: { schema: content, example: reply.example }, ...others } }),
  }
}
