import { z } from 'zod/mini'

const settings = z.object({
  /** Where the timeline API is. */
  api_url: z.url(),
  oidc: z.object({
    issuer: z.url(),
    client_id: z.string().check(z.minLength(1)),
    scope: z.string().check(z.minLength(1)),
    /** For providers that give tokens for an API by `resource` (RFC 8707). */
    resource: z.optional(z.string()),
    /** For providers that want the API named as `audience`, as Auth0 does. */
    audience: z.optional(z.string()),
  }),
})

export type Settings = z.infer<typeof settings>

/** Reads what this installation's server says of itself: the same files serve every environment. Throws where that cannot be read. */
export async function readSettings(): Promise<Settings> {
  const response = await fetch('/config.json', { headers: { accept: 'application/json' } })
  if (!response.ok) throw new Error(`GET /config.json answered ${response.status}`)
  return settings.parse(await response.json())
}
