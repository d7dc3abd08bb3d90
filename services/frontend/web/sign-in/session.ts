import { ErrorResponse, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts'
import { z } from 'zod/mini'
import type { Settings } from '../config.ts'

/*
 * Who is signed in, in this tab.
 *
 *   signed_out ──(signIn: away to the provider and back)──▶ signed_in ──(cannot be renewed)──▶ expired ──(signInAgain: a window of its own)──▶ signed_in
 *
 * `expired` keeps the page: what was typed or opened is still there after signing in again. Tokens live in the tab's sessionStorage: a reload keeps
 * them, another tab or a closed one has none.
 */

export type SessionState = 'signed_in' | 'signed_out' | 'expired'

export type Session = {
  state(): SessionState
  subscribe(listener: () => void): () => void
  /** An access token to send; with `refused`, a new one. Null when there is none to be had without the person. */
  token(why: { refused: boolean }): Promise<string | null>
  /** The API takes none of our tokens any more. */
  expire(): void
  /** Goes to the provider; comes back to `returnTo`, a path of this app. */
  signIn(returnTo: string): Promise<void>
  /** Signs in beside the page; by leaving it where the browser opens no window. */
  signInAgain(): Promise<void>
  /** Forgets the tokens here and ends the provider's session. */
  signOut(): Promise<void>
}

export const paths = { callback: '/sign-in/callback', silent: '/sign-in/silent', signedOut: '/signed-out' } as const

const coming = z.object({ returnTo: z.string().check(z.regex(/^\/(?![/\\])/)) })

/** The client of the provider; `origin` is where this app is. */
export function createUserManager({ oidc }: Settings, origin: string): UserManager {
  return new UserManager({
    authority: oidc.issuer,
    client_id: oidc.client_id,
    scope: oidc.scope,
    redirect_uri: origin + paths.callback,
    silent_redirect_uri: origin + paths.silent,
    post_logout_redirect_uri: origin + paths.signedOut,
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    // An attempt is begun here and ended in the window that comes back, which may be another one.
    stateStore: new WebStorageStateStore({ store: localStorage }),
    ...(oidc.resource && { resource: oidc.resource }),
    ...(oidc.audience && { extraQueryParams: { audience: oidc.audience } }),
    // By the session, which renews once for all who ask: the library's own timer would use a refresh token twice.
    automaticSilentRenew: false,
    accessTokenExpiringNotificationTimeInSeconds: 20,
    monitorSession: false,
  })
}

/** Ends a redirect from the provider; gives the path to go on at. Throws what the provider said. */
export async function finishSignIn(users: UserManager): Promise<string | null> {
  const user = await users.signinCallback()
  // In the window of `signInAgain` there is nothing to go on with: it closes.
  if (!user) return null
  const state = coming.safeParse(user.state)
  return state.success ? state.data.returnTo : '/'
}

/** Takes up what the tab keeps. */
export async function openSession(users: UserManager): Promise<Session> {
  const listeners = new Set<() => void>()
  // Storage is a tab's, the provider's session everybody's: leaving in one tab leaves in all.
  const otherTabs = new BroadcastChannel('worksights-session')
  let state: SessionState = 'signed_out'
  let renewing: Promise<User | null> | null = null
  const become = (next: SessionState) => {
    state = next
    for (const listener of listeners) listener()
  }

  /** One renewal at a time, whoever asks: a refresh token is good for one. */
  const renew = () => {
    renewing ??= renewOnce(users).finally(() => {
      renewing = null
    })
    return renewing
  }
  const lose = () => {
    if (state === 'signed_in') become('expired')
  }
  /** A renewal that nobody waits for. Where no answer came the next request tries again; only the provider's own word ends a session. */
  const renewAhead = () => {
    renew().then(
      user => user ?? lose(),
      () => undefined,
    )
  }

  const kept = await users.getUser()
  if (kept && (!kept.expired || (await renew().catch(() => null)))) state = 'signed_in'
  users.events.addUserLoaded(() => become('signed_in'))
  users.events.addAccessTokenExpiring(renewAhead)
  users.events.addAccessTokenExpired(renewAhead)
  otherTabs.onmessage = () => void users.removeUser().then(() => location.replace(paths.signedOut))

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async token({ refused }) {
      const user = await users.getUser()
      if (!user) return null
      if (!user.expired && !refused) return user.access_token
      return (await renew())?.access_token ?? null
    },
    expire: lose,
    signIn: returnTo => users.signinRedirect({ state: { returnTo } }),
    async signInAgain() {
      try {
        await users.signinPopup()
      } catch {
        if (state !== 'signed_in') await users.signinRedirect({ state: { returnTo: here() } })
      }
    },
    async signOut() {
      otherTabs.postMessage('signed out')
      // Whether or not the provider takes tokens back (those it cannot, such as JWTs, it refuses): leaving goes on.
      await users.revokeTokens(['refresh_token']).catch(() => undefined)
      // Not every provider has a place to leave its own session.
      await users.signoutRedirect().catch(() => location.assign(paths.signedOut))
    },
  }
}

/**
 * Renews by the refresh token. One that is refused may have been used by a copy of this tab, so the provider is asked once more by its own session. Null: the provider
 * gives no token without the person. Throws where it does not answer.
 */
async function renewOnce(users: UserManager): Promise<User | null> {
  try {
    return await users.signinSilent()
  } catch (error) {
    if (!(error instanceof ErrorResponse)) throw error
  }
  const user = await users.getUser()
  if (!user?.refresh_token) return null
  delete user.refresh_token
  await users.storeUser(user)
  return await users.signinSilent().catch(error => {
    if (error instanceof ErrorResponse) return null
    throw error
  })
}

/** The path of the page that is open, with its filters. */
export function here(): string {
  return location.pathname + location.search
}
