import { type Database, findOrCreateOrganization, type Tenant, type User } from '@worksights/database'
import type { Clock, Logger } from '@worksights/runtime'
import { decodeJwt } from 'jose'
import { LRUCache } from 'lru-cache'
import { type Role, readOrganization, readRole } from './claims.ts'
import { createIdentityProvider, type TokenClaims } from './identity-provider.ts'
import type { IssuerSettings } from './issuers.ts'
import { createSignIn } from './sign-in.ts'

/** Who asks: a person of an organisation, or a machine (no user) that acts for one. */
export type Principal = {
  organization: { id: string; externalId: string; name: string }
  /** The only way from a request to rows: those of the organisation. */
  tenant: Tenant
  role: Role
  user: User | null
  /** `sub` of the token: what a machine is called by. */
  subject: string
  /** `iss|sub`: the same for every token of a person or a machine, and of nobody else. */
  identity: string
  /** When the token ends, ms since the epoch. */
  expiresAt: number
}

export type Authentication =
  | { outcome: 'ok'; principal: Principal }
  | { outcome: 'missing' }
  | { outcome: 'invalid'; reason: string }
  | { outcome: 'unavailable'; reason: string }
  | { outcome: 'no_organization' }
  /** The organisation the token names is pinned to another issuer. */
  | { outcome: 'organization_refused' }

export type Authenticate = (authorization: string | undefined) => Promise<Authentication>

/** How long an organisation's row is remembered. */
const rememberedMs = 60_000

/**
 * Makes the check of `Authorization` headers: a bearer token becomes a principal; organisation and user appear on first sight. The issuer a token
 * names chooses by whose keys, audience and claims it is checked, and nothing else of the token is believed before that.
 */
export function createAuthenticator(options: {
  issuers: readonly IssuerSettings[]
  database: Database
  tenantOf(organizationId: string): Tenant
  clock: Clock
  log: Logger
}): Authenticate {
  const { database, clock, log } = options
  const issuers = new Map(
    options.issuers.map(settings => {
      const provider = createIdentityProvider({ issuer: settings.issuer, audience: settings.audience, clock })
      return [settings.issuer, { settings, provider }]
    }),
  )
  const pinned = new Set(options.issuers.flatMap(({ organization }) => organization ?? []))
  const organizations = new LRUCache<string, { id: string; name: string }>({ max: 10_000, ttl: rememberedMs })
  const signIn = createSignIn({ clock, log })

  async function findOrganization(externalId: string) {
    const known = organizations.get(externalId)
    if (known) return known
    const found = await findOrCreateOrganization(database.pool, externalId)
    organizations.set(externalId, found)
    return found
  }

  /** The organisation a token is of: its issuer's own, or the one it names, which must not be another issuer's own. */
  function organizationOf(claims: TokenClaims, { organization, claims: names }: IssuerSettings) {
    if (organization !== null) return { externalId: organization }
    const externalId = readOrganization(claims, names)
    if (externalId === null) return { outcome: 'no_organization' as const }
    return pinned.has(externalId) ? { outcome: 'organization_refused' as const } : { externalId }
  }

  return async authorization => {
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1]
    if (!token) return { outcome: 'missing' }
    const named = issuerNamed(token)
    const issuer = named === null ? undefined : issuers.get(named)
    if (!issuer)
      return { outcome: 'invalid', reason: named === null ? 'it is no JWT of an issuer' : 'its issuer is not one of those taken here' }
    const verified = await issuer.provider.verify(token)
    if (verified.outcome !== 'valid') return verified
    const { claims } = verified
    const of = organizationOf(claims, issuer.settings)
    if (of.outcome) return { outcome: of.outcome }
    const organization = await findOrganization(of.externalId)
    const tenant = options.tenantOf(organization.id)
    return {
      outcome: 'ok',
      principal: {
        organization: { id: organization.id, externalId: of.externalId, name: organization.name },
        tenant,
        role: readRole(claims, issuer.settings.claims),
        user: await signIn(tenant, issuer.provider, token, claims),
        subject: claims.sub,
        identity: `${claims.iss}|${claims.sub}`,
        expiresAt: claims.exp * 1000,
      },
    }
  }
}

/** What a token says of its issuer, before anything is proven; null where it says nothing. */
function issuerNamed(token: string): string | null {
  try {
    return decodeJwt(token).iss ?? null
  } catch {
    return null
  }
}
