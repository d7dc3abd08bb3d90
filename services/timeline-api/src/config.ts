import { databaseUrl, encryptionKeys, httpUrl, port, serviceConfig, wholeNumber } from '@worksights/runtime'
import { z } from 'zod'

const claimName = z.string().meta({ examples: ['realm_access.roles'] })

/** Everything this service reads from its environment. */
export const configSchema = z.object({
  ...serviceConfig.shape,
  DATABASE_URL: databaseUrl,
  DATABASE_POOL_MAX: wholeNumber(2, 200).default(10),
  ENCRYPTION_KEYS: encryptionKeys,
  PORT: port.default(8080),
  HOST: z.string().default('0.0.0.0'),
  PUBLIC_API_URL: httpUrl,
  PUBLIC_GATEWAY_URL: httpUrl,
  PUBLIC_FRONTEND_URL: httpUrl,
  /** Exactly as the provider's tokens say it, so a trailing slash stays. */
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' })
    .meta({ examples: ['https://login.example.com'] }),
  OIDC_AUDIENCE: z.string().meta({ examples: ['https://api.worksights.example.com'] }),
  OIDC_ORGANIZATION_CLAIM: claimName.default('org'),
  OIDC_ROLE_CLAIM: claimName.default('role'),
  OIDC_ADMIN_VALUES: z
    .string()
    .default('admin')
    .transform(text => text.split(',').map(value => value.trim()))
    .meta({ examples: ['admin,owner'] }),
  ATTIO_APP_URL: httpUrl.default('https://app.attio.com'),
  ATTIO_API_URL: httpUrl.default('https://api.attio.com'),
  ATTIO_CLIENT_ID: z.string().meta({ examples: ['df642098-becc-4c2b-b9c4-e5fff55a7049'] }),
  ATTIO_CLIENT_SECRET: z.string().meta({ examples: ['the secret of the Attio app'] }),
})

export type Config = z.output<typeof configSchema>
