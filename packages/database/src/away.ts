import { isNativeError } from 'node:util/types'

/**
 * Codes that say the database cannot be reached or takes nobody now: of the socket, and of Postgres (class 08 connection exception, 53300 too many
 * connections, class 57P shutting down or starting up; https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const unreachable = /^(ECONN\w+|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|08\w{3}|53300|57P0\d)$/
/** What the pool and its clients throw without a code. */
const lostConnection = /^(timeout exceeded when trying to connect|Connection terminated)/

/** Whether an error means that the database is away for now, and not that something was wrong with what it was asked. */
export function isDatabaseAway(error: unknown): boolean {
  if (!isNativeError(error)) return false
  // A refused connection to a name with several addresses.
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.some(isDatabaseAway)
  return ('code' in error && typeof error.code === 'string' && unreachable.test(error.code)) || lostConnection.test(error.message)
}
