import { databaseFields, encryptionKeys, oneKindOfQueue, port, queueFields, serviceConfig, wholeNumber } from '@worksights/runtime'
import { z } from 'zod'

const variables = z.object({
  ...serviceConfig.shape,
  ...databaseFields,
  DATABASE_POOL_MAX: wholeNumber(2, 100).default(6),
  ...queueFields,
  ENCRYPTION_KEYS: encryptionKeys,
  /** Posts a second to one endpoint; Attio sends 25 to one URL. */
  ENDPOINT_RATE_LIMIT: wholeNumber(1, 1_000_000).default(200),
  PORT: port.default(8080),
  HOST: z.string().default('0.0.0.0'),
})

/** Everything this service reads from its environment. */
export const configSchema = variables
  // Told together with whatever else is wrong.
  .superRefine(oneKindOfQueue, { when: () => true })
