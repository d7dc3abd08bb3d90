import { z } from 'zod'

/** Which claims say what; names may be paths (`realm_access.roles`). */
export type ClaimNames = { organization: string; role: string; adminValues: readonly string[] }

export type PersonClaims = { organization: string; role: 'member' | 'admin'; email: string | null; name: string | null }

const profile = z.looseObject({
  email: z.email().max(320).optional().catch(undefined),
  email_verified: z
    .union([z.boolean(), z.enum(['true', 'false'])])
    .optional()
    .catch(undefined),
  name: z.string().trim().min(1).max(200).optional().catch(undefined),
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

/**
 * What a verified token says of who asks; null when it names no organisation. Only an e-mail the issuer says it verified is taken: people are matched
 * by it, so an unverified one would let anybody pass for a colleague.
 */
export function readPersonClaims(claims: Record<string, unknown>, names: ClaimNames): PersonClaims | null {
  const organization = readClaim(claims, names.organization)
  if (typeof organization !== 'string' || organization.trim() === '') return null
  const roles = [readClaim(claims, names.role)].flat()
  const { email, email_verified, name } = profile.parse(claims)
  const verified = email_verified === true || email_verified === 'true'
  return {
    organization,
    role: roles.some(role => typeof role === 'string' && names.adminValues.includes(role)) ? 'admin' : 'member',
    email: verified && email ? email : null,
    name: name ?? null,
  }
}
