import type { Config } from './config.ts'

/** What the app in the browser is told at its start, as `/config.json`: one build serves every environment. */
export type RuntimeConfig = {
  /** Without a trailing slash. */
  api_url: string
  oidc: {
    issuer: string
    client_id: string
    scope: string
    /** Sent with each request to sign in, where given. */
    resource?: string
    audience?: string
  }
}

/** Nothing of it is secret: whoever opens the page reads it. */
export function runtimeConfig(config: Config): RuntimeConfig {
  const { OIDC_RESOURCE: resource, OIDC_AUDIENCE: audience } = config
  return {
    api_url: config.PUBLIC_API_URL,
    oidc: {
      issuer: config.OIDC_ISSUER,
      client_id: config.OIDC_CLIENT_ID,
      scope: config.OIDC_SCOPE,
      ...(resource !== undefined && { resource }),
      ...(audience !== undefined && { audience }),
    },
  }
}
