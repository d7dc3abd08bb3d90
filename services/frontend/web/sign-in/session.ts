import type { User, UserManager } from 'oidc-client-ts'
import { here, paths } from './paths.ts'
import { renewOnce } from './provider.ts'

/*
 * Who is signed in, in this tab.
 *
 *   signed_in ──(the provider renews no more)──▶ expired ──(signInAgain: a window of its own)──▶ signed_in
 *       └──────────────(signOut, here or in another tab)──────────────▶ signed_out, and away
 *
 * `expired` keeps the page: what was typed or opened is still there after signing in again. Tokens live in the tab's sessionStorage: a reload keeps
 * them, another tab or a closed one has none.
 */

export type SessionState = 'signed_in' | 'signed_out' | 'expired'

export type Session = {
  state(): SessionState
  /** Tells every change of the state, and every new token: it may speak of another role. */
  subscribe(listener: () => void): () => void
  /**
   * An access token to send; with `refused`, a new one. While the session has ended it waits for the person to sign in again, so that what the page asked for meanwhile is
   * answered then and nothing on it fails. Null once they left. Throws a TypeError, as `fetch` does, where the provider does not answer.
   */
  token(why: { refused: boolean }): Promise<string | null>
  /** The API takes none of our tokens any more. */
  expire(): void
  /** Signs in beside the page; by leaving it where the browser opens no window. Throws where the provider does not answer. */
  signInAgain(): Promise<void>
  /** Signs in by leaving the page, which is opened anew. */
  signInHere(): Promise<void>
  /** Forgets the tokens here and ends the provider's session, for all tabs. */
  signOut(): Promise<void>
}

const beside = { name: 'worksights-sign-in', features: 'popup,width=480,height=680' }

/** Takes up what the tab keeps. Throws where the provider does not answer. */
export async function openSession(users: UserManager): Promise<Session> {
  const listeners = new Set<() => void>()
  // Storage is a tab's, the provider's session everybody's: leaving in one tab leaves in all.
  const otherTabs = new BroadcastChannel('worksights-session')
  let state: SessionState = 'signed_out'
  let renewing: Promise<User | null> | null = null
  const tell = () => {
    for (const listener of listeners) listener()
  }
  const become = (next: SessionState) => {
    if (state === next) return
    state = next
    tell()
  }
  const expire = () => {
    if (state === 'signed_in') become('expired')
  }

  /** One renewal at a time, whoever asks: a refresh token is good for one. */
  const renew = () => {
    renewing ??= renewOnce(users)
      .then(user => {
        if (!user) expire()
        return user
      })
      .finally(() => {
        renewing = null
      })
    return renewing
  }
  /** A renewal that nobody waits for. Where no answer came the next request tries again; only the provider's own word ends a session. */
  const renewAhead = () => {
    if (state === 'signed_in') renew().catch(() => undefined)
  }
  /** Nothing is shown and nothing asked from here on; a renewal on its way must not bring tokens back. */
  const leave = async () => {
    become('signed_out')
    await renewing?.catch(() => undefined)
  }

  const kept = await users.getUser()
  const user = kept?.expired ? await renew() : kept
  if (user) {
    state = 'signed_in'
    keepFor(user.profile.sub)
  }
  users.events.addUserLoaded(loaded => {
    if (state === 'signed_out') return
    // Somebody else signed in where the first one's session had ended: the page is the first one's.
    if (loaded.profile.sub !== user?.profile.sub) return location.reload()
    state = 'signed_in'
    tell()
  })
  users.events.addAccessTokenExpiring(renewAhead)
  users.events.addAccessTokenExpired(renewAhead)
  otherTabs.onmessage = async () => {
    await leave()
    // Each tab has a refresh token of its own.
    await users.revokeTokens(['refresh_token']).catch(() => undefined)
    await users.removeUser()
    location.replace(paths.signedOut)
  }
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  const changed = () =>
    new Promise<void>(resolve => {
      const stop = subscribe(() => {
        stop()
        resolve()
      })
    })
  const isOpen = () => state === 'signed_in'
  const signInHere = () => users.signinRedirect({ state: { returnTo: here() } })

  return {
    state: () => state,
    subscribe,
    async token({ refused }) {
      let isSpent = refused
      for (;;) {
        if (state === 'signed_out') return null
        if (state === 'signed_in') {
          const now = await users.getUser()
          if (now && !now.expired && !isSpent) return now.access_token
          const renewed = await renew().catch(cause => {
            throw new TypeError('The identity provider does not answer.', { cause })
          })
          if (renewed && isOpen()) return renewed.access_token
        }
        await changed()
        isSpent = false
      }
    },
    expire,
    async signInAgain() {
      // Opened by the click itself, for only then browsers do; the library then finds it by its name.
      if (!window.open('', beside.name, beside.features)) return await signInHere()
      await users.signinPopup({ popupWindowTarget: beside.name })
    },
    signInHere,
    async signOut() {
      await leave()
      otherTabs.postMessage('signed out')
      // Whether or not the provider takes tokens back (those it cannot, such as JWTs, it refuses): leaving goes on.
      await users.revokeTokens(['refresh_token']).catch(() => undefined)
      try {
        await users.signoutRedirect()
        // Only here when the browser comes back to this very page, which is empty.
        location.reload()
      } catch {
        // Not every provider has a place to leave its own session, and it may be away.
        await users.removeUser()
        location.replace(paths.signedOut)
      }
    },
  }
}

/** What the tab keeps beside its tokens, such as what was dismissed, is one person's. */
function keepFor(person: string): void {
  const owner = 'worksights.person'
  if (sessionStorage.getItem(owner) === person) return
  for (const key of Object.keys(sessionStorage)) if (key.startsWith('worksights.')) sessionStorage.removeItem(key)
  sessionStorage.setItem(owner, person)
}
