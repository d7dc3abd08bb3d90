import { createKeyRing, databaseUrl, encryptionKeys, httpUrl, queueUrl } from '@worksights/runtime'
import { z } from 'zod'

/* What commands read from the environment, by the names the services know. */

const database = { DATABASE_URL: databaseUrl }
const keys = { ENCRYPTION_KEYS: encryptionKeys.transform(createKeyRing) }

export const migrateConfig = z.object({ ...database, QUEUE_URL: queueUrl })
export const keysConfig = z.object({ ...database, ...keys })
export const runConfig = z.object({ ...database, QUEUE_URL: queueUrl })
export const retargetConfig = z.object({
  ...database,
  ...keys,
  PUBLIC_GATEWAY_URL: httpUrl,
  ATTIO_API_URL: httpUrl.default('https://api.attio.com'),
  ATTIO_APP_URL: httpUrl.default('https://app.attio.com'),
})
