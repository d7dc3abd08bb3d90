import { createKeyRing, databaseFields, encryptionKeys, httpUrl, queueFields } from '@worksights/runtime'
import { z } from 'zod'

/* What commands read from the environment, by the names the services know. */

const keys = { ENCRYPTION_KEYS: encryptionKeys.transform(createKeyRing) }

export const migrateConfig = z.object({ ...databaseFields, ...queueFields })
export const keysConfig = z.object({ ...databaseFields, ...keys })
export const runConfig = z.object({ ...databaseFields, ...queueFields })
export const retargetConfig = z.object({
  ...databaseFields,
  ...keys,
  PUBLIC_GATEWAY_URL: httpUrl,
  ATTIO_API_URL: httpUrl.default('https://api.attio.com'),
  ATTIO_APP_URL: httpUrl.default('https://app.attio.com'),
})
