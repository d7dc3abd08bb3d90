import { findUserBySubject, noteSignIn, type Tenant, type User } from '@worksights/database'
import { type Clock, createLogLimit, type Logger } from '@worksights/runtime'
import { LRUCache } from 'lru-cache'
import { isMachine, mayAskUserinfo, readProfile } from './claims.ts'
import type { IdentityProvider, TokenClaims } from './identity-provider.ts'

/*
 * Which user a verified token is. A machine is none. A person is known by a verified e-mail: the token's own, or, where it carries none, what userinfo said
 * when this subject was first seen. Without one the person reads as a member or manages as an admin all the same, but has no user here.
 */

/** How long a sign-in is remembered, so that requests read and write no user rows. */
const rememberedMs = 60_000
/** Until userinfo is asked again about somebody: after it said nothing of use, and after it could not be reached. */
const refusedPauseMs = 15 * 60_000
const unavailablePauseMs = 30_000

type Told = { email: string; name: string | null }
type Asking = { answer: Promise<Told | null>; againAt: number }

export type SignIn = (tenant: Tenant, provider: IdentityProvider, token: string, claims: TokenClaims) => Promise<User | null>

/** Finds the user of a token; makes or changes it where the token tells something new. Userinfo failing fails no request. */
export function createSignIn({ clock, log }: { clock: Clock; log: Logger }): SignIn {
  const users = new LRUCache<string, User>({ max: 50_000, ttl: rememberedMs })
  const asked = new LRUCache<string, Asking>({ max: 50_000 })
  const limited = createLogLimit({ everyMs: 60_000, clock })

  async function ask(provider: IdentityProvider, token: string, claims: TokenClaims): Promise<{ told: Told | null; pauseMs: number }> {
    const answer = await provider.userinfo(token, claims.sub)
    const { email, name } = answer.outcome === 'ok' ? readProfile(answer.claims) : { email: null, name: null }
    if (email) return { told: { email, name }, pauseMs: rememberedMs }
    const reason = answer.outcome === 'ok' ? 'userinfo tells no verified e-mail' : answer.reason
    limited(heldBack =>
      log.warn({ issuer: claims.iss, reason, held_back: heldBack }, 'somebody signed in and has no user: no verified e-mail'),
    )
    return { told: null, pauseMs: answer.outcome === 'unavailable' ? unavailablePauseMs : refusedPauseMs }
  }

  /** One call a subject, however many requests come at once; then none until its pause is over. */
  function askOnce(subject: string, provider: IdentityProvider, token: string, claims: TokenClaims): Promise<Told | null> {
    const before = asked.get(subject)
    if (before && clock.now() < before.againAt) return before.answer
    const asking: Asking = {
      againAt: Number.POSITIVE_INFINITY,
      answer: ask(provider, token, claims).then(({ told, pauseMs }) => {
        asking.againAt = clock.now() + pauseMs
        return told
      }),
    }
    asked.set(subject, asking)
    return asking.answer
  }

  return async (tenant, provider, token, claims) => {
    if (isMachine(claims)) return null
    const { email, emailRefused, name } = readProfile(claims)
    if (emailRefused) return null
    const subject = `${claims.iss}|${claims.sub}`
    const key = JSON.stringify([tenant.organizationId, subject, email, name])
    const remembered = users.get(key)
    if (remembered) return remembered

    let user: User | null
    if (email) user = await noteSignIn(tenant, { email, name, subject })
    else {
      user = await tenant.transaction(scope => findUserBySubject(scope, subject))
      const told = user || !mayAskUserinfo(claims) ? null : await askOnce(subject, provider, token, claims)
      if (told) user = await noteSignIn(tenant, { ...told, name: name ?? told.name, subject })
    }
    if (user) users.set(key, user)
    return user
  }
}
