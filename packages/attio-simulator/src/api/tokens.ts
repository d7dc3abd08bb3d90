import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

const tokenFacts = z.object({
  workspaceId: z.string(),
  clientId: z.string(),
  memberId: z.string(),
  scope: z.string(),
  /** Seconds since 1970. */
  issuedAt: z.number(),
  nonce: z.string(),
})
export type TokenFacts = z.output<typeof tokenFacts>

export interface Tokens {
  issue(facts: Omit<TokenFacts, 'nonce'>): string
  /** What a token stands for; null for one that was not made here or was revoked. */
  read(token: string): TokenFacts | null
  revoke(token: string): void
}

/** Every scope Attio's OpenAPI knows, as an app holds it that asked for all. */
export const allScopes = [
  'user_management',
  'record_permission',
  'object_configuration',
  'list_entry',
  'list_configuration',
  'public_collection',
  'private_collection',
  'comment',
  'task',
  'note',
  'meeting',
  'call_recording',
  'webhook',
  'file',
].map(scope => `${scope}:read-write`)

/**
 * Tokens that carry what they stand for, signed with a key made from the seed: a simulator started again with the same seed still
 * takes them, as Attio's never expire.
 */
export function createTokens(seed: string): Tokens {
  const key = createHash('sha256').update(`tokens of ${seed}`).digest()
  const revoked = new Set<string>()
  const seal = (payload: string) => createHmac('sha256', key).update(payload).digest()

  return {
    issue(facts) {
      const payload = Buffer.from(JSON.stringify({ ...facts, nonce: randomBytes(12).toString('hex') })).toString('base64url')
      return `${payload}.${seal(payload).toString('base64url')}`
    },
    read(token) {
      const [payload, signature] = token.split('.')
      if (payload === undefined || signature === undefined || revoked.has(token)) return null
      const [given, expected] = [Buffer.from(signature, 'base64url'), seal(payload)]
      if (given.byteLength !== expected.byteLength || !timingSafeEqual(given, expected)) return null
      return tokenFacts.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
    },
    revoke: token => void revoked.add(token),
  }
}

/** The token of `Authorization: Bearer …` or of Basic with the token as user name; null without one. */
export function tokenOf(header: string | undefined): string | null {
  const [scheme, value] = header?.split(/\s+/, 2) ?? []
  if (value === undefined) return null
  if (/^bearer$/i.test(scheme ?? '')) return value
  if (/^basic$/i.test(scheme ?? '')) return Buffer.from(value, 'base64').toString().split(':', 1)[0] ?? null
  return null
}
