import { isNativeError } from 'node:util/types'
import { isDatabaseAway, TenantBusyError } from '@worksights/database'
import { Problem } from '@worksights/runtime'
import type { ErrorRequestHandler } from 'express'
import { organizationBusy } from './problems.ts'

/** Whether the server, or else our side of the connection, gave a statement up for taking too long. */
function isTimeout(error: unknown): boolean {
  return isNativeError(error) && (('code' in error && error.code === '57014') || error.message === 'Query read timeout')
}

/**
 * Answers 503 instead of 500 while the database is away, so that clients and proxies know to try again, 504 where a statement took too long, and 429 where the
 * organisation leaves itself no turn; goes before the problem handler.
 */
export function databaseDown(): ErrorRequestHandler {
  return (error, _request, _response, next) => {
    const problem = problemOf(error)
    if (!problem) {
      next(error)
      return
    }
    problem.cause = error
    next(problem)
  }
}

function problemOf(error: unknown): Problem | null {
  if (error instanceof TenantBusyError) return organizationBusy()
  if (isDatabaseAway(error)) return databaseAway()
  return isTimeout(error) ? tookTooLong() : null
}

/** 503: try again soon. */
export function databaseAway(): Problem {
  return new Problem({
    status: 503,
    code: 'temporarily_unavailable',
    title: 'Temporarily unavailable',
    detail: 'The database cannot be reached right now. Nothing was changed; try again soon.',
    headers: { 'retry-after': '2' },
  })
}

/** 504: not a fault, and not cured by asking again at once. */
export function tookTooLong(): Problem {
  return new Problem({
    status: 504,
    code: 'took_too_long',
    title: 'Took too long',
    detail:
      'The database was given too much to do for this, and it was given up; nothing was changed. Ask for less: a shorter time, or more filters.',
  })
}
