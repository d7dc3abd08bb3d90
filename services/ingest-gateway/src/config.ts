import { databaseUrl, encryptionKeys, port, queueUrl, serviceConfig, wholeNumber } from '@worksights/runtime'
import { z } from 'zod'

export const configSchema = z.object({
  ...serviceConfig.shape,
  DATABASE_URL: databaseUrl,
  DATABASE_POOL_MAX: wholeNumber(2, 100).default(6),
  QUEUE_URL: queueUrl,
  ENCRYPTION_KEYS: encryptionKeys,
  /** Posts a second to one endpoint; Attio sends 25 to one URL. */
  ENDPOINT_RATE_LIMIT: wholeNumber(1, 1_000_000).default(200),
  PORT: port.default(8080),
  HOST: z.string().default('0.0.0.0'),
})
