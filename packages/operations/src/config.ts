import { createKeyRing, databaseFields, encryptionKeys, httpUrl, oneKindOfQueue, queueFields } from '@worksights/runtime'
import { z } from 'zod'
import { parseJson } from './check/ask.ts'

/* What commands read from the environment, by the names the services know. */

const keys = { ENCRYPTION_KEYS: encryptionKeys.transform(createKeyRing) }

export const migrateConfig = z.object({ ...databaseFields, ...queueFields })
export const keysConfig = z.object({ ...databaseFields, ...keys })
export const restoredConfig = z.object(databaseFields)
export const runConfig = z.object({ ...databaseFields, ...queueFields })
export const retargetConfig = z.object({
  ...databaseFields,
  ...keys,
  PUBLIC_GATEWAY_URL: httpUrl,
  ATTIO_API_URL: httpUrl.default('https://api.attio.com'),
  ATTIO_APP_URL: httpUrl.default('https://app.attio.com'),
})

/** Issuers as the API has them, of which only the addresses matter here. */
const issuers = z
  .string()
  .transform((json, context) => {
    const read = z.array(z.looseObject({ issuer: z.url() })).safeParse(parseJson(json))
    if (read.success) return read.data.map(({ issuer }) => issuer)
    context.addIssue({ code: 'custom', message: 'must be a JSON list of objects with "issuer"' })
    return z.NEVER
  })
  .meta({ examples: ['[{"issuer":"https://login.example.com"}]'] })

export const checkConfigs = {
  database: keysConfig,
  queue: z.object(queueFields).superRefine(oneKindOfQueue),
  gateway: z.object({ ...databaseFields, ...keys, GATEWAY_URL: httpUrl }),
  api: z.object({ API_URL: httpUrl, OIDC_ISSUER: z.url().optional(), OIDC_ISSUERS: issuers.optional() }),
}
