import type { Clock } from '@worksights/runtime'
import { createRemoteJWKSet, customFetch, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'
import { storable } from './claims.ts'
import { fetchSmall } from './small-fetch.ts'

export type TokenClaims = JWTPayload & { iss: string; sub: string; exp: number }

export type VerifiedToken =
  | { outcome: 'valid'; claims: TokenClaims }
  | { outcome: 'invalid'; reason: string }
  | { outcome: 'unavailable'; reason: string }

/** What the userinfo endpoint says of a person; `refused`: it has nothing to say of this token. */
export type Userinfo =
  | { outcome: 'ok'; claims: Record<string, unknown> }
  | { outcome: 'refused'; reason: string }
  | { outcome: 'unavailable'; reason: string }

export type IdentityProvider = {
  verify(token: string): Promise<VerifiedToken>
  /** Asks the userinfo endpoint once, with a token that was verified, about its subject. Never throws. */
  userinfo(token: string, subject: string): Promise<Userinfo>
}

const discovered = z.object({ issuer: z.string(), jwks_uri: z.url(), userinfo_endpoint: z.url().optional() })
const verifiedClaims = z.looseObject({ iss: z.string(), sub: storable(255), exp: z.number() })
const userinfoClaims = z.looseObject({ sub: z.string() })

const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA']
const timeoutMs = 5_000
/** A request waits for this, so it is shorter. */
const userinfoTimeoutMs = 3_000
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

type Provider = { keys: JWTVerifyGetKey; userinfoEndpoint: string | undefined }

/**
 * Reads a discovery document. Throws where it is about another issuer, or where an issuer on https names an endpoint that is not: keys and tokens are not to
 * travel in the clear, and an issuer that is a customer's own is not to have plain addresses of our network asked for it.
 */
export function readDiscovery(document: unknown, issuer: string): z.output<typeof discovered> {
  const found = discovered.parse(document)
  if (found.issuer !== issuer) throw new Error(`discovery names the issuer ${found.issuer}, configured is ${issuer}`)
  const plain = [found.jwks_uri, found.userinfo_endpoint].find(url => url !== undefined && new URL(url).protocol !== 'https:')
  if (plain !== undefined && issuer.startsWith('https:'))
    throw new Error(`discovery names ${plain}, which is not on https as the issuer is`)
  return found
}

/** Checks access tokens of one OpenID Connect issuer against its published keys; discovery happens with the first token. */
export function createIdentityProvider(options: { issuer: string; audience: string; clock: Clock }): IdentityProvider {
  let provider: Promise<Provider> | undefined
  let failedAt: number | undefined

  async function discover(): Promise<Provider> {
    const base = options.issuer.endsWith('/') ? options.issuer : `${options.issuer}/`
    const response = await fetchSmall(new URL('.well-known/openid-configuration', base), {
      // The document is where the configured issuer has it, and nowhere else.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (!response.ok) throw new Error(`discovery answered ${response.status}`)
    const { jwks_uri, userinfo_endpoint } = readDiscovery(await response.json(), options.issuer)
    const keys = createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: timeoutMs, [customFetch]: fetchSmall })
    return { keys, userinfoEndpoint: userinfo_endpoint }
  }

  async function current(): Promise<Provider> {
    if (failedAt !== undefined && options.clock.now() - failedAt < discoveryPauseMs) throw new Error('discovery failed a moment ago')
    provider ??= discover()
    try {
      return await provider
    } catch (error) {
      provider = undefined
      failedAt = options.clock.now()
      throw error
    }
  }

  return {
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, (await current()).keys, {
          issuer: options.issuer,
          audience: options.audience,
          algorithms,
          requiredClaims: ['exp', 'sub'],
          clockTolerance: 5,
          currentDate: new Date(options.clock.now()),
        })
        const claims = verifiedClaims.safeParse(payload)
        return claims.success ? { outcome: 'valid', claims: claims.data } : { outcome: 'invalid', reason: 'its subject cannot be used' }
      } catch (error) {
        return { outcome: tokenFaults.some(fault => error instanceof fault) ? 'invalid' : 'unavailable', reason: reasonOf(error) }
      }
    },

    async userinfo(token, subject) {
      try {
        const { userinfoEndpoint } = await current()
        if (userinfoEndpoint === undefined) return { outcome: 'refused', reason: 'the identity provider has no userinfo endpoint' }
        const response = await fetchSmall(userinfoEndpoint, {
          headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
          // The token goes to no other address than the one discovery named.
          redirect: 'error',
          signal: AbortSignal.timeout(userinfoTimeoutMs),
        })
        if (response.status === 429 || response.status >= 500) throw new Error(`userinfo answered ${response.status}`)
        if (!response.ok) return { outcome: 'refused', reason: `userinfo answered ${response.status}` }
        const claims = userinfoClaims.safeParse(await response.json())
        // https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse: an answer about somebody else must not be used.
        if (!claims.success || claims.data.sub !== subject) return { outcome: 'refused', reason: 'userinfo answered about another subject' }
        return { outcome: 'ok', claims: claims.data }
      } catch (error) {
        return { outcome: 'unavailable', reason: reasonOf(error) }
      }
    },
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
