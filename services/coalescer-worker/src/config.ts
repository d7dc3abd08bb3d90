import { databaseUrl, logLevel, port, queueUrl, wholeNumber } from '@worksights/runtime'
import { z } from 'zod'

export const configSchema = z.object({
  DATABASE_URL: databaseUrl,
  DATABASE_POOL_MAX: wholeNumber(2, 100).default(10),
  QUEUE_URL: queueUrl,
  /** Connections worked side by side. */
  CONCURRENCY: wholeNumber(1, 64).default(4),
  ADMIN_PORT: port.default(9090),
  ADMIN_HOST: z.string().default('0.0.0.0'),
  LOG_LEVEL: logLevel,
})
