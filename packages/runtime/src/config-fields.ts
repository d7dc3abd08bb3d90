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
