import { defaultWindowMs, maxWindowMs } from '@worksights/activity'
import { databaseUrl, encryptionKeys, httpUrl, queueUrl, serviceConfig, wholeNumber } from '@worksights/runtime'
import { z } from 'zod'

export const configSchema = z.object({
  ...serviceConfig.shape,
  DATABASE_URL: databaseUrl,
  DATABASE_POOL_MAX: wholeNumber(2, 100).default(10),
  QUEUE_URL: queueUrl,
  ENCRYPTION_KEYS: encryptionKeys,
  ATTIO_API_URL: httpUrl.default('https://api.attio.com'),
  ATTIO_APP_URL: httpUrl.default('https://app.attio.com'),
  /** Where Attio reaches the gateway: what webhooks are checked against. */
  PUBLIC_GATEWAY_URL: httpUrl,
  /** Connections worked side by side. */
  CONCURRENCY: wholeNumber(1, 64).default(4),
  /** How long changes of one thing by one person are one line; stored with each event. */
  CONSOLIDATION_WINDOW_MS: wholeNumber(0, maxWindowMs).default(defaultWindowMs),
  /** How long a line may wait for its names. */
  NAME_HOLD_MS: wholeNumber(0, 10_000).default(300),
})
