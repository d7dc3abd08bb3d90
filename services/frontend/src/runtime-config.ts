import type { Config } from './config.ts'

/** What the app in the browser is told at its start, as `/config.json`: one build serves every environment. */
export type RuntimeConfig = {
  /** Without a trailing slash. */
  api_url: string
  frontend_url: string
  sign_in: {
    issuer: string
    client_id: string
    scope: string
    /** Sent with the request to sign in where they are not null. */
    audience: string | null
    resource: string | null
  }
}

/** Nothing of it is secret: whoever opens the page reads it. */
export function runtimeConfig(config: Config): RuntimeConfig {
  return {
    api_url: config.PUBLIC_API_URL,
    frontend_url: config.PUBLIC_FRONTEND_URL,
    sign_in: {
      issuer: config.OIDC_ISSUER,
      client_id: config.OIDC_CLIENT_ID,
      scope: config.OIDC_SCOPE,
      audience: config.OIDC_AUDIENCE ?? null,
      resource: config.OIDC_RESOURCE ?? null,
    },
  }
}
