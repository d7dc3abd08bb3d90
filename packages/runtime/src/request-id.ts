import type { RequestHandler, Response } from 'express'
import { v7 } from 'uuid'

/** Gives every request an id: the caller's `x-request-id` if it is sane, else a new one. The answer carries it. */
export function requestIds(): RequestHandler {
  return (request, response, next) => {
    const given = request.get('x-request-id')
    const id = given && /^[A-Za-z0-9._-]{8,128}$/.test(given) ? given : v7()
    response.locals.requestId = id
    response.set('x-request-id', id)
    next()
  }
}

/** The id {@link requestIds} gave. */
export function requestIdOf(response: Response): string {
  return String(response.locals.requestId ?? '')
}
