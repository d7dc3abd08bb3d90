import { type DestinationStream, type Logger, pino } from 'pino'
import { traceFields } from './tracing.ts'

export type { Logger }

/** Names whose values are never written, in the logged object and two levels below it. */
const secretNames = [
  'authorization',
  'cookie',
  'set-cookie',
  'token',
  'access_token',
  'refresh_token',
  'accessToken',
  'password',
  'secret',
  'client_secret',
  'clientSecret',
  'signature',
  'attio-signature',
  'x-attio-signature',
  'body',
  'rawBody',
]

const secretPaths = secretNames.flatMap(name => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`])

/**
 * JSON lines on stdout with ISO times, and the trace they were written in. Payloads do not belong in a log; what slips in under a telling name is redacted.
 * `destination` is for tests.
 */
export function createLogger(options: { service: string; level: string; destination?: DestinationStream }): Logger {
  const settings = {
    level: options.level,
    base: { service: options.service },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    mixin: traceFields,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: secretPaths, censor: '[redacted]' },
    serializers: { err: describeError, error: describeError },
  }
  return options.destination ? pino(settings, options.destination) : pino(settings)
}

type ErrorDescription = {
  type: string
  message: string
  code?: unknown
  stack?: string | undefined
  cause?: unknown
  errors?: unknown[]
}

/**
 * An error as it may be logged: named fields only. Libraries hang requests, parameters and whole rows on their errors
 * (Postgres's `detail` quotes the failing row), and these hold payloads and tokens.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription | string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : 'not an Error'
  const description: ErrorDescription = { type: error.name, message: error.message }
  if ('code' in error) description.code = error.code
  if (depth === 0) description.stack = error.stack
  if (depth < 3 && error.cause !== undefined) description.cause = describeError(error.cause, depth + 1)
  // A refused connection to `localhost` is an AggregateError whose own message is empty.
  if (depth < 3 && error instanceof AggregateError) description.errors = error.errors.map(inner => describeError(inner, depth + 1))
  return description
}
