import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import type { Workspace } from '../world/workspace.ts'
import type { World } from '../world/world.ts'
import type { WriteContext } from '../writes/context.ts'
import { invalidBody } from './errors.ts'

/** Who asks: a token of a workspace, or (with every scope) the person at the control API. */
export interface Caller {
  workspace: Workspace
  scopes: Set<string>
  clientId: string
  /** Names the budget of requests; null has none. */
  budget: string | null
}

/** What a route gets: the caller's workspace, the moment its reads show, and a writer for its actor. */
export interface Call {
  caller: Caller
  workspace: Workspace
  world: World
  /** Reads show the state as of then (epoch ms). */
  at: number
  writer: WriteContext
  params: Record<string, string>
  query: Record<string, unknown>
  /** The body, parsed with a schema; a mismatch is Attio's 400 with the paths. */
  body<T>(schema: z.ZodType<T>): T
  response: Response
}

export interface RouteOptions {
  /** Every one is needed; `x:read` is also met by `x:read-write`. */
  scopes: string[]
  /** Which of the two budgets it draws on. */
  kind: 'read' | 'write'
  /** A lower limit of its own, per second. */
  limit?: number
  /** Attio documents these errors with `statusCode`. */
  statusKey?: 'status_code' | 'statusCode'
}

export interface RouteTable {
  get(path: string, options: Omit<RouteOptions, 'kind'>, handle: (call: Call) => unknown): void
  /** A read that is asked by POST. */
  query(path: string, options: Omit<RouteOptions, 'kind'>, handle: (call: Call) => unknown): void
  post(path: string, options: Omit<RouteOptions, 'kind'>, handle: (call: Call) => unknown): void
  put(path: string, options: Omit<RouteOptions, 'kind'>, handle: (call: Call) => unknown): void
  patch(path: string, options: Omit<RouteOptions, 'kind'>, handle: (call: Call) => unknown): void
  delete(path: string, options: Omit<RouteOptions, 'kind'>, handle: (call: Call) => unknown): void
}

/** How one side of the simulator (with tokens, or without) lets a request in and answers it. */
export type Serve = (request: Request, response: Response, options: RouteOptions, handle: (call: Call) => unknown) => Promise<void>

export function routeTable(router: Router, serve: Serve): RouteTable {
  const add =
    (method: 'get' | 'post' | 'put' | 'patch' | 'delete', kind: RouteOptions['kind']) =>
    (path: string, options: Omit<RouteOptions, 'kind'>, handle: (call: Call) => unknown) => {
      router[method](path, (request, response) => serve(request, response, { ...options, kind }, handle))
    }
  return {
    get: add('get', 'read'),
    query: add('post', 'read'),
    post: add('post', 'write'),
    put: add('put', 'write'),
    patch: add('patch', 'write'),
    delete: add('delete', 'write'),
  }
}

/** Parses with a schema or answers Attio's 400 with one entry per bad path. */
export function parseOrRefuse<T>(schema: z.ZodType<T>, input: unknown, what?: string): T {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw invalidBody(
    result.error.issues.map(issue => ({
      code: issue.code,
      path: issue.path.map(key => (typeof key === 'number' ? key : String(key))),
      message: issue.message,
    })),
    what,
  )
}

/** Attio wraps what it is sent in `data`. */
export const dataOf = <T extends z.ZodType>(schema: T) => z.object({ data: schema })
