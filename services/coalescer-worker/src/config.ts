import { databaseFields, oneKindOfQueue, queueFields, serviceConfig, wholeNumber } from '@worksights/runtime'
import { z } from 'zod'

const variables = z.object({
  ...serviceConfig.shape,
  ...databaseFields,
  DATABASE_POOL_MAX: wholeNumber(2, 100).default(10),
  ...queueFields,
  /** Connections worked side by side. */
  CONCURRENCY: wholeNumber(1, 64).default(4),
})

/** Everything this service reads from its environment. */
export const configSchema = variables
  // Told together with whatever else is wrong.
  .superRefine(oneKindOfQueue, { when: () => true })
