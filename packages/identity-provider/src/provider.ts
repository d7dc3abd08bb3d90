import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { type Configuration } from 'oidc-provider'
import { logoutPage } from './logout-page.ts'
import { AUDIENCE, COMMAND_LINE_CLIENT, COMMAND_LINE_REDIRECT, machines, type Person, people, WEB_CLIENT } from './people.ts'

const HOUR = 3600
const SCOPE = 'openid email profile offline_access'

export type ProviderOptions = {
  /** The origin the browser's client runs at. */
  frontend: string
  /** How long its access tokens live; an hour if absent. */
  webTokenSeconds?: number | undefined
}

/** The OpenID Connect provider itself; keys and sessions live as long as the process. */
export async function createProvider(issuer: string, { frontend, webTokenSeconds = HOUR }: ProviderOptions): Promise<Provider> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const key = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: 'development' }
  const lives: Record<string, number> = { [WEB_CLIENT]: webTokenSeconds, [COMMAND_LINE_CLIENT]: 12 * HOUR }
  return new Provider(issuer, {
    clients: clients(frontend),
    jwks: { keys: [key] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    scopes: SCOPE.split(' '),
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'org', 'role'] },
    conformIdTokenClaims: false,
    clientBasedCORS: (_ctx, origin, client) => client.clientId === WEB_CLIENT && origin === frontend,
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    findAccount: (_ctx, sub) => {
      const person = people.find(someone => someone.sub === sub)
      return person && { accountId: sub, claims: async () => ({ ...claimsOf(person), sub }) }
    },
    extraTokenClaims: (_ctx, token) => {
      if (token.kind === 'ClientCredentials') {
        const machine = machines.find(({ clientId }) => clientId === token.clientId)
        return machine && { org: machine.org, role: machine.role }
      }
      const person = people.find(({ sub }) => sub === token.accountId)
      return person && claimsOf(person)
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: logoutPage },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, _resource, client) => ({
          scope: 'timeline',
          audience: AUDIENCE,
          accessTokenFormat: 'jwt',
          accessTokenTTL: lives[client.clientId] ?? HOUR,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    renderError: (ctx, out) => {
      ctx.type = 'text'
      ctx.body = `Signing in is not possible: ${out.error_description ?? out.error}`
    },
    interactions: { url: (_ctx, interaction) => `/sign-in/${interaction.uid}` },
    loadExistingGrant,
    ttl: {
      Session: 24 * HOUR,
      Grant: 24 * HOUR,
      RefreshToken: 24 * HOUR,
      IdToken: HOUR,
      Interaction: HOUR / 6,
      AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? HOUR,
      ClientCredentials: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? HOUR,
    },
  })
}

function clients(frontend: string): NonNullable<Configuration['clients']> {
  const browser = {
    token_endpoint_auth_method: 'none' as const,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code' as const],
  }
  return [
    {
      ...browser,
      client_id: WEB_CLIENT,
      redirect_uris: [`${frontend}/sign-in/callback`, `${frontend}/sign-in/silent`],
      post_logout_redirect_uris: [`${frontend}/signed-out`],
    },
    { ...browser, client_id: COMMAND_LINE_CLIENT, redirect_uris: [COMMAND_LINE_REDIRECT] },
    ...machines.map(({ clientId, secret }) => ({
      client_id: clientId,
      client_secret: secret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })),
  ]
}

function claimsOf({ email, name, org, role }: Person) {
  return { email, email_verified: true, name, org, role }
}

/** These are our own clients: signing in is consent enough, so there is no consent screen. */
const loadExistingGrant: NonNullable<Configuration['loadExistingGrant']> = async ctx => {
  const { client, session, provider, result } = ctx.oidc
  if (!client || !session?.accountId) return undefined
  const known = result?.consent?.grantId ?? session.grantIdFor(client.clientId)
  const existing = known && (await provider.Grant.find(known))
  // A grant ends when one of its refresh tokens is used twice; whoever is still signed in is given another.
  if (existing) return existing
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId })
  grant.addOIDCScope(SCOPE)
  grant.addResourceScope(AUDIENCE, 'timeline')
  await grant.save()
  return grant
}
