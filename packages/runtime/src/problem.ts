import { STATUS_CODES } from 'node:http'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Logger } from './logger.ts'
import { requestIdOf } from './request-id.ts'

/** One bad field: its path (`query.limit`, `body.users.3.email`) and what is wrong with it. */
export type FieldError = { path: string; message: string }

export type ProblemOptions = {
  status: number
  /** snake_case; stable, part of the API's contract. */
  code: string
  /** What happened, for this request, in a sentence. */
  detail: string
  /** What the code means, the same for every request; the status's own name if absent. */
  title?: string
  errors?: FieldError[]
  /** Such as `WWW-Authenticate` or `Retry-After`. */
  headers?: Record<string, string>
}

/** An expected failure, answered as RFC 9457 `application/problem+json`. Everything in it reaches the caller. */
export class Problem extends Error {
  readonly options: ProblemOptions

  constructor(options: ProblemOptions) {
    super(options.detail)
    this.name = 'Problem'
    this.options = options
  }

  /** The body of the answer. `typeBase` is the address below which each code has a page: `https://api.example.com/problems/`. */
  toJSON(requestId: string, typeBase: string) {
    const { status, code, detail, title, errors } = this.options
    return {
      type: typeBase + code,
      title: title ?? STATUS_CODES[status] ?? 'Error',
      status,
      detail,
      code,
      request_id: requestId,
      ...(errors?.length ? { errors } : {}),
    }
  }
}

/** Answers errors; goes last. A {@link Problem} as it says; the rest as 500 without internals, logged under the request's id. */
export function problemHandler({ log, typeBase }: { log: Logger; typeBase: string }): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    const requestId = requestIdOf(response)
    const problem = toProblem(error)
    if (problem.options.status >= 500) log.error({ err: error, request_id: requestId }, 'a request failed')
    if (response.headersSent) {
      // Too late for a status: cut the connection, so that half an answer is not taken for a whole one.
      response.destroy()
      return
    }
    response
      .status(problem.options.status)
      .set(problem.options.headers ?? {})
      .set('cache-control', 'no-store')
      .type('application/problem+json')
      .send(JSON.stringify(problem.toJSON(requestId, typeBase)))
  }
}

/** Answers what no route took; goes before {@link problemHandler}. */
export function noSuchRoute(): RequestHandler {
  return (_request, _response, next) => {
    next(
      new Problem({ status: 404, code: 'no_such_route', detail: 'There is nothing at this address. See /openapi.json for what there is.' }),
    )
  }
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  // What express's own body and URL parsers throw; their messages may quote the input.
  if (error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status >= 400 && error.status < 500) {
    return new Problem({
      status: error.status,
      code: 'unreadable_request',
      detail: 'The request could not be read: check its body, encoding and address.',
    })
  }
  return internalError()
}

/** What is said of a fault of ours: nothing of its cause. */
export function internalError(): Problem {
  return new Problem({
    status: 500,
    code: 'internal_error',
    detail: 'Something failed on our side. Try again; if it stays, report the request_id.',
  })
}
