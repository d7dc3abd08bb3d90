import { type Database, findOrCreateOrganization, noteSignIn, type Tenant, tenantOf, type User } from '@worksights/database'
import { LRUCache } from 'lru-cache'
import type { ClaimNames } from './claims.ts'
import { readPersonClaims } from './claims.ts'
import type { IdentityProvider } from './identity-provider.ts'

/** Who asks: a person of an organisation, or a machine (no user) that acts for one. */
export type Principal = {
  organization: { id: string; externalId: string; name: string }
  /** The only way from a request to rows: those of the organisation. */
  tenant: Tenant
  role: 'member' | 'admin'
  user: User | null
  /** `sub` of the token: what a machine is called by. */
  subject: string
  /** When the token ends, ms since the epoch. */
  expiresAt: number
}

export type Authentication =
  | { outcome: 'ok'; principal: Principal }
  | { outcome: 'missing' }
  | { outcome: 'invalid'; reason: string }
  | { outcome: 'unavailable'; reason: string }
  | { outcome: 'no_organization' }

export type Authenticate = (authorization: string | undefined) => Promise<Authentication>

/** How long a sign-in is remembered, so that requests read and write no user rows. */
const rememberedMs = 60_000

/** Makes the check of `Authorization` headers: a bearer token becomes a principal; organisation and user appear on first sight. */
export function createAuthenticator(options: { identityProvider: IdentityProvider; database: Database; claims: ClaimNames }): Authenticate {
  const organizations = new LRUCache<string, { id: string; name: string }>({ max: 10_000, ttl: rememberedMs })
  const users = new LRUCache<string, User>({ max: 50_000, ttl: rememberedMs })

  async function organizationOf(externalId: string) {
    const known = organizations.get(externalId)
    if (known) return known
    const found = await findOrCreateOrganization(options.database.pool, externalId)
    organizations.set(externalId, found)
    return found
  }

  async function userOf(tenant: Tenant, person: { email: string; name: string | null; subject: string }) {
    const key = JSON.stringify([tenant.organizationId, person])
    const known = users.get(key)
    if (known) return known
    const user = await noteSignIn(tenant, person)
    users.set(key, user)
    return user
  }

  return async authorization => {
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1]
    if (!token) return { outcome: 'missing' }
    const verified = await options.identityProvider.verify(token)
    if (verified.outcome !== 'valid') return verified
    const { sub, exp, iss } = verified.claims
    const person = readPersonClaims(verified.claims, options.claims)
    if (!person) return { outcome: 'no_organization' }
    const organization = await organizationOf(person.organization)
    const tenant = tenantOf(options.database, organization.id)
    const user = person.email ? await userOf(tenant, { email: person.email, name: person.name, subject: `${iss}|${sub}` }) : null
    return {
      outcome: 'ok',
      principal: {
        organization: { id: organization.id, externalId: person.organization, name: organization.name },
        tenant,
        role: person.role,
        user,
        subject: sub,
        expiresAt: exp * 1000,
      },
    }
  }
}
