import type { Tenant } from '@worksights/database'
import type { Request, Response } from 'express'
import { z } from 'zod'
import { type Audit, auditOf } from '../audit.ts'
import type { Principal } from '../auth/principal.ts'
import type { ApiContext } from '../context.ts'
import { invalidInput } from './problems.ts'

/*
 * A route is one file: its schemas and its handler in one `defineRoute`. The same schemas validate, type the handler and make the documentation, so
 * none of the three can drift.
 */

export type Role = 'public' | 'member' | 'admin'

/** How a route answers when all is well. Without a schema it has no body; `contentType` is JSON unless said. */
export type ReplySpec<Reply extends z.ZodType = z.ZodType> = {
  status: 200 | 202 | 303
  description: string
  schema?: Reply
  example?: unknown
  contentType?: string
  /** Examples of other content types it can be of, by type. */
  otherContents?: Record<string, string>
  /** Headers worth telling of, with what they say. */
  headers?: Record<string, string>
}

type Answer<Body> = { body: Body; headers?: Record<string, string> }

export type RouteSpec<
  R extends Role,
  Query extends z.ZodType,
  Params extends z.ZodType,
  Body extends z.ZodType,
  Reply extends z.ZodType,
> = {
  method: 'get' | 'post' | 'patch' | 'delete'
  /** As OpenAPI writes it: `/v1/timeline/{id}`. */
  path: string
  summary: string
  description?: string
  tag: 'Timeline' | 'People' | 'Attio' | 'About'
  role: R
  query?: Query
  params?: Params
  body?: Body
  reply: ReplySpec<Reply>
  /** Codes of problems this route answers beside those every route has. */
  problems?: readonly { status: number; code: string; description: string }[]
  /** Answers with a body, or with null after it took the response over (a stream). */
  handler: (
    input: {
      query: z.output<Query>
      params: z.output<Params>
      body: z.output<Body>
      principal: R extends 'public' ? null : Principal
      /** The rows of the principal's organisation. */
      tenant: R extends 'public' ? null : Tenant
      /** Writes down who did what. */
      audit: R extends 'public' ? null : Audit
      request: Request
      response: Response
    },
    context: ApiContext,
  ) => Promise<Answer<z.output<Reply>> | null>
}

export type Route = {
  method: 'get' | 'post' | 'patch' | 'delete'
  path: string
  summary: string
  description: string | undefined
  tag: string
  role: Role
  query: z.ZodType | undefined
  params: z.ZodType | undefined
  body: z.ZodType | undefined
  reply: ReplySpec
  problems: readonly { status: number; code: string; description: string }[]
  handle(request: Request, response: Response, principal: Principal | null, context: ApiContext): Promise<Answer<unknown> | null>
}

/** A route with the name it has in the OpenAPI document and in clients made from it. */
export type NamedRoute = Route & { operationId: string }

/** What was wrong is looked at, to tell what is missing from what is malformed; it is not answered. */
const told = { reportInput: true }
const nothing = z.strictObject({})

/** Makes a route of its description. Without `query` or `body` schemas none may be sent; every object schema is to be strict. */
export function defineRoute<
  const R extends Role,
  Query extends z.ZodType = typeof nothing,
  Params extends z.ZodType = typeof nothing,
  Body extends z.ZodType = z.ZodUndefined,
  Reply extends z.ZodType = z.ZodUndefined,
>(spec: RouteSpec<R, Query, Params, Body, Reply>): Route {
  return {
    method: spec.method,
    path: spec.path,
    summary: spec.summary,
    description: spec.description,
    tag: spec.tag,
    role: spec.role,
    query: spec.query,
    params: spec.params,
    body: spec.body,
    reply: spec.reply,
    problems: spec.problems ?? [],
    async handle(request, response, principal, context) {
      const query = (spec.query ?? nothing).safeParse(request.query, told)
      const params = (spec.params ?? nothing).safeParse(request.params, told)
      const body = (spec.body ?? z.undefined()).safeParse(spec.body ? request.body : undefined, told)
      if (!query.success || !params.success || !body.success) throw invalidInput({ params, query, body })
      if (spec.role !== 'public' && !principal) throw new Error(`${spec.path} was reached without a principal.`)
      return await spec.handler(
        {
          query: query.data as z.output<Query>,
          params: params.data as z.output<Params>,
          body: body.data as z.output<Body>,
          principal: principal as R extends 'public' ? null : Principal,
          tenant: (principal?.tenant ?? null) as R extends 'public' ? null : Tenant,
          audit: (principal && auditOf(principal, response)) as R extends 'public' ? null : Audit,
          request,
          response,
        },
        context,
      )
    },
  }
}
