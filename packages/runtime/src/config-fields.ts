import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { createKeyRing } from './key-ring.ts'

/*
 * Fields that more than one service reads. The schema of a service names its variables itself:
 * z.object({ DATABASE_URL: databaseUrl, PORT: port.default(8080) }).
 */

/** Where Postgres is. */
export const databaseUrl = urlWith(['postgres:', 'postgresql:'], 'must be a postgres:// URL').meta({
  examples: ['postgres://worksights:password@localhost:5432/worksights'],
})

/** Where the queues live: the scheme chooses the backend. */
export const queueUrl = urlWith(['redis:', 'rediss:', 'postgres:', 'postgresql:'], 'must be a redis://, rediss:// or postgres:// URL').meta(
  {
    examples: ['redis://localhost:6379'],
  },
)

/** A file of PEM certificates: the authorities that may vouch for a server. With it the server is spoken to over TLS, and its certificate and name are verified. */
export const caFile = z
  .string()
  .superRefine((path, context) => {
    const problem = problemOfCertificates(path)
    if (problem) context.addIssue({ code: 'custom', message: problem })
  })
  .meta({ examples: ['/etc/worksights/ca/ca.crt'] })

/** What every service with a database reads of it. */
export const databaseFields = { DATABASE_URL: databaseUrl, DATABASE_CA_FILE: caFile.optional() }

/** What every service with queues reads of them. */
export const queueFields = {
  QUEUE_URL: queueUrl,
  QUEUE_CA_FILE: caFile.optional(),
  /** QUEUE_URL names one node of a Redis Cluster; the others are learned from it. */
  QUEUE_REDIS_CLUSTER: z.stringbool({ error: 'must be true or false' }).default(false),
}

/** The URL at which Postgres is spoken to over TLS with a certificate of `caFile` and the host's own name; the URL itself where there is no such file. */
export function verifiedUrl(url: string, caFile: string | undefined): string {
  if (caFile === undefined) return url
  const verified = new URL(url)
  verified.searchParams.set('sslmode', 'verify-full')
  verified.searchParams.set('sslrootcert', caFile)
  return verified.href
}

/** Refuses a Redis Cluster in PostgreSQL. For `.superRefine` of a schema with {@link queueFields}. */
export function oneKindOfQueue(config: { QUEUE_URL?: string; QUEUE_REDIS_CLUSTER?: boolean }, context: z.core.$RefinementCtx): void {
  if (!config.QUEUE_REDIS_CLUSTER || !config.QUEUE_URL?.startsWith('postgres')) return
  context.addIssue({
    code: 'custom',
    path: ['QUEUE_REDIS_CLUSTER'],
    message: 'is for queues on Redis, and QUEUE_URL names a PostgreSQL database',
  })
}

/** Where the queues are, as `createQueues` takes it. */
export function queueAt(config: { QUEUE_URL: string; QUEUE_CA_FILE?: string | undefined; QUEUE_REDIS_CLUSTER: boolean }): {
  url: string
  caFile: string | undefined
  redisCluster: boolean
} {
  return { url: config.QUEUE_URL, caFile: config.QUEUE_CA_FILE, redisCluster: config.QUEUE_REDIS_CLUSTER }
}

function problemOfCertificates(path: string): string | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return `names a file that cannot be read (${codeOf(error)})`
  }
  try {
    new X509Certificate(text)
    return null
  } catch {
    return 'names a file that does not begin with a PEM certificate'
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown fault'
}

/** A public or internal web address, kept without a trailing slash so that paths can be appended. */
export const httpUrl = urlWith(['http:', 'https:'], 'must be an http:// or https:// URL')
  .transform(url => url.replace(/\/+$/, ''))
  .meta({ examples: ['https://worksights.example.com'] })

/** A TCP port; 0 takes any that is free. */
export const port = wholeNumber(0, 65_535).meta({ examples: [8080] })

export const logLevel = z
  .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be one of fatal, error, warn, info, debug, trace, silent')
  .default('info')
  .meta({ examples: ['info'] })

/** `kid:base64 of 32 bytes,…`: the first key seals, all of them open. Stays text; {@link createKeyRing} reads it. */
export const encryptionKeys = z
  .string()
  .superRefine((text, context) => {
    try {
      createKeyRing(text)
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'cannot be read' })
    }
  })
  .meta({ examples: ['key1:$(openssl rand -base64 32)'] })

/** A whole number written in decimal digits, within both bounds. */
export function wholeNumber(minimum: number, maximum: number) {
  const message = `must be a whole number from ${minimum} to ${maximum}`
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine(number => number >= minimum && number <= maximum, message)
}

function urlWith(protocols: string[], message: string) {
  return z.string().refine(text => URL.canParse(text) && protocols.includes(new URL(text).protocol), message)
}
