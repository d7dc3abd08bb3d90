import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { httpUrl, port, serviceConfig } from '@worksights/runtime'
import { z } from 'zod'

const issuerUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' })
  .meta({ examples: ['https://login.example.com'] })

const variables = z.object({
  ...serviceConfig.shape,
  PORT: port.default(8080),
  HOST: z.string().default('0.0.0.0'),
  /** Where the build put the app. */
  WEB_FOLDER: z
    .string()
    .default(fileURLToPath(new URL('../dist', import.meta.url)))
    .transform(folder => resolve(folder)),
  PUBLIC_FRONTEND_URL: httpUrl.refine(isOrigin, 'must have no path: the app is served at the root of its host'),
  PUBLIC_API_URL: httpUrl,
  /** Exactly as the provider's tokens say it, so a trailing slash stays. */
  OIDC_ISSUER: issuerUrl,
  /** A public client: code flow with PKCE, no secret. */
  OIDC_CLIENT_ID: z.string().meta({ examples: ['worksights-web'] }),
  OIDC_SCOPE: z
    .string()
    .default('openid email profile offline_access')
    .refine(scope => scope.split(/\s+/).includes('openid'), 'must contain "openid"'),
  /** Sent as `audience`, by which Auth0 and others choose the API a token is for. */
  OIDC_AUDIENCE: z
    .string()
    .optional()
    .meta({ examples: ['https://api.worksights.example.com'] }),
  /** Sent as `resource` (RFC 8707), which names the same by the standard. */
  OIDC_RESOURCE: z
    .url({ error: 'must be an absolute URI' })
    .optional()
    .meta({ examples: ['https://api.worksights.example.com'] }),
  /** Hosts beside the issuer's own at which its endpoints are. */
  OIDC_CONNECT_ORIGINS: z
    .string()
    .default('')
    .transform(list => list.split(',').map(origin => origin.trim().replace(/\/$/, '')))
    .transform(origins => origins.filter(Boolean))
    .refine(origins => origins.every(isOrigin), 'must be origins without a path, separated by commas')
    .meta({ examples: ['https://token.example.com,https://userinfo.example.com'] }),
})

/** Everything this service reads from its environment. */
export const configSchema = variables
  // Told together with whatever else is wrong.
  .superRefine(noMixedContent, { when: () => true })

export type Config = z.output<typeof configSchema>

function isOrigin(url: string): boolean {
  return /^https?:\/\//.test(url) && URL.canParse(url) && new URL(url).href === `${new URL(url).origin}/`
}

/** A page over https may not ask over http: browsers would refuse, and nobody would see why. Addresses of the same machine are exempt there too. */
function noMixedContent(config: Partial<z.output<typeof variables>>, context: z.core.$RefinementCtx): void {
  if (!config.PUBLIC_FRONTEND_URL?.startsWith('https:')) return
  for (const name of ['PUBLIC_API_URL', 'OIDC_ISSUER'] as const) {
    const url = config[name]
    if (url === undefined || !URL.canParse(url)) continue
    const { protocol, hostname } = new URL(url)
    if (protocol !== 'http:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)) continue
    const message = 'must be https, as PUBLIC_FRONTEND_URL is: a browser lets no page over https ask over http'
    context.addIssue({ code: 'custom', path: [name], message })
  }
}
