import { z } from 'zod'

/** Which claims say what; names may be paths (`realm_access.roles`). */
export type ClaimNames = { organization: string; role: string; adminValues: readonly string[] }

export type Role = 'member' | 'admin'

/** A person's profile. `emailRefused`: the issuer says it did not verify the e-mail, so that nobody needs to be asked again. */
export type Profile = { email: string | null; emailRefused: boolean; name: string | null }

/** Text that Postgres can hold. */
export const storable = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine(value => !value.includes('\u0000') && value.isWellFormed())

const organizationName = storable(255).refine(value => value.trim() !== '')

const profile = z.looseObject({
  email: z.email().max(320).optional().catch(undefined),
  email_verified: z
    .union([z.boolean(), z.enum(['true', 'false'])])
    .optional()
    .catch(undefined),
  name: z.string().trim().pipe(storable(200)).optional().catch(undefined),
})

/** What client-credentials tokens look like: RFC 9068 §2.2 (`sub` is the client), Auth0 (`gty`), Entra ID (`idtyp`). */
const machine = z.looseObject({
  sub: z.string(),
  client_id: z.string().optional().catch(undefined),
  azp: z.string().optional().catch(undefined),
  gty: z.string().optional().catch(undefined),
  idtyp: z.string().optional().catch(undefined),
})

/** Reads a claim by its whole name (which may hold dots, as in `https://example.com/role`) or, failing that, as a path. */
function readClaim(claims: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  let value: unknown = claims
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = Reflect.get(value, part)
  }
  return value
}

/** The organisation a token names; null when it names none. */
export function readOrganization(claims: Record<string, unknown>, names: ClaimNames): string | null {
  return organizationName.safeParse(readClaim(claims, names.organization)).data ?? null
}

/** Admin where one of the values of the role claim means so; else member. */
export function readRole(claims: Record<string, unknown>, names: ClaimNames): Role {
  const roles = [readClaim(claims, names.role)].flat()
  return roles.some(role => typeof role === 'string' && names.adminValues.includes(role)) ? 'admin' : 'member'
}

/**
 * Who a token, or an answer of userinfo, speaks of. Only an e-mail the issuer says it verified is taken: people are matched by it, so an unverified one
 * would let anybody pass for a colleague.
 */
export function readProfile(claims: Record<string, unknown>): Profile {
  const { email, email_verified, name } = profile.parse(claims)
  const verified = email_verified === true || email_verified === 'true'
  const refused = email_verified === false || email_verified === 'false'
  return { email: verified && email ? email : null, emailRefused: refused, name: name ?? null }
}

/** Whether a token was got by a client with its own credentials, and not for a person. */
export function isMachine(claims: Record<string, unknown>): boolean {
  const { data } = machine.safeParse(claims)
  if (!data) return false
  return data.sub === data.client_id || data.sub === data.azp || data.gty === 'client-credentials' || data.idtyp === 'app'
}

/** Whether a token may be shown to userinfo: that takes the scope `openid`, where the token says its scopes. */
export function mayAskUserinfo(claims: Record<string, unknown>): boolean {
  const { scope } = claims
  return typeof scope !== 'string' || scope.split(' ').includes('openid')
}
