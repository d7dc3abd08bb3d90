import type { Clock } from '@worksights/runtime'
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'

export type VerifiedToken =
  | { outcome: 'valid'; claims: JWTPayload & { sub: string; exp: number } }
  | { outcome: 'invalid'; reason: string }
  | { outcome: 'unavailable'; reason: string }

export type IdentityProvider = { verify(token: string): Promise<VerifiedToken> }

const discovered = z.object({ issuer: z.string(), jwks_uri: z.url() })
const verifiedClaims = z.looseObject({ sub: z.string().min(1), exp: z.number() })

const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA']
const timeoutMs = 5_000
/** After a failed discovery requests fail at once for this long, instead of each waiting for the same dead provider. */
const discoveryPauseMs = 2_000

/** Faults of the token itself; whatever else goes wrong is the provider's fault and no verdict on the token. */
const tokenFaults = [
  errors.JWTExpired,
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
]

/** Checks access tokens of one OpenID Connect issuer against its published keys; discovery happens with the first token. */
export function createIdentityProvider(options: { issuer: string; audience: string; clock: Clock }): IdentityProvider {
  let keys: Promise<JWTVerifyGetKey> | undefined
  let failedAt: number | undefined

  async function discover(): Promise<JWTVerifyGetKey> {
    const base = options.issuer.endsWith('/') ? options.issuer : `${options.issuer}/`
    const response = await fetch(new URL('.well-known/openid-configuration', base), { signal: AbortSignal.timeout(timeoutMs) })
    if (!response.ok) throw new Error(`discovery answered ${response.status}`)
    const { issuer, jwks_uri } = discovered.parse(await response.json())
    if (issuer !== options.issuer) throw new Error(`discovery names the issuer ${issuer}, configured is ${options.issuer}`)
    return createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: timeoutMs })
  }

  async function currentKeys(): Promise<JWTVerifyGetKey> {
    if (failedAt !== undefined && options.clock.now() - failedAt < discoveryPauseMs) throw new Error('discovery failed a moment ago')
    keys ??= discover()
    try {
      return await keys
    } catch (error) {
      keys = undefined
      failedAt = options.clock.now()
      throw error
    }
  }

  return {
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, await currentKeys(), {
          issuer: options.issuer,
          audience: options.audience,
          algorithms,
          requiredClaims: ['exp', 'sub'],
          clockTolerance: 5,
          currentDate: new Date(options.clock.now()),
        })
        const claims = verifiedClaims.safeParse(payload)
        return claims.success ? { outcome: 'valid', claims: claims.data } : { outcome: 'invalid', reason: 'its subject is empty' }
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        return { outcome: tokenFaults.some(fault => error instanceof fault) ? 'invalid' : 'unavailable', reason }
      }
    },
  }
}
