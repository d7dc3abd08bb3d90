import { databaseUrl, queueUrl, serviceConfig, wholeNumber } from '@worksights/runtime'
import { z } from 'zod'

export const configSchema = z.object({
  ...serviceConfig.shape,
  DATABASE_URL: databaseUrl,
  DATABASE_POOL_MAX: wholeNumber(2, 100).default(10),
  QUEUE_URL: queueUrl,
  /** Connections worked side by side. */
  CONCURRENCY: wholeNumber(1, 64).default(4),
})
