import {
  databaseFields,
  databaseUrl,
  encryptionKeys,
  httpUrl,
  oneKindOfQueue,
  port,
  queueFields,
  serviceConfig,
  wholeNumber,
} from '@worksights/runtime'
import { z } from 'zod'
import { eitherOneIssuerOrSeveral, signInFields } from './auth/issuers.ts'
import { rateLimitFields } from './http/rate-limits.ts'

const variables = z.object({
  ...serviceConfig.shape,
  ...databaseFields,
  /** Two attempts to connect each hold one for their lock while Attio is asked: the work itself needs another. */
  DATABASE_POOL_MAX: wholeNumber(3, 200).default(10),
  /** A standby of that Postgres, for reads of the timeline. Its certificate is verified by DATABASE_CA_FILE too. */
  DATABASE_READ_URL: databaseUrl.optional(),
  /** Used with DATABASE_READ_URL. */
  DATABASE_READ_POOL_MAX: wholeNumber(2, 200).default(10),
  ...queueFields,
  ENCRYPTION_KEYS: encryptionKeys,
  PORT: port.default(8080),
  HOST: z.string().default('0.0.0.0'),
  PUBLIC_API_URL: httpUrl,
  PUBLIC_GATEWAY_URL: httpUrl,
  PUBLIC_FRONTEND_URL: httpUrl,
  ...signInFields,
  ...rateLimitFields,
  ATTIO_APP_URL: httpUrl.default('https://app.attio.com'),
  ATTIO_API_URL: httpUrl.default('https://api.attio.com'),
  ATTIO_CLIENT_ID: z.string().meta({ examples: ['df642098-becc-4c2b-b9c4-e5fff55a7049'] }),
  ATTIO_CLIENT_SECRET: z.string().meta({ examples: ['the secret of the Attio app'] }),
  /** Whom people turn to where the pages say that something is wrong: an e-mail address, a link, or words. */
  SUPPORT_CONTACT: z
    .string()
    .max(500)
    .optional()
    .meta({ examples: ['crm-support@example.com'] }),
  /** Where people read how Attio is set up. */
  SETUP_GUIDE_URL: httpUrl.optional(),
})

/** Everything this service reads from its environment. */
export const configSchema = variables
  // Told together with whatever else is wrong.
  .superRefine(oneKindOfQueue, { when: () => true })
  .superRefine(eitherOneIssuerOrSeveral, { when: () => true })

export type Config = z.output<typeof configSchema>
