import { ErrorTimeout, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts'
import type { Settings } from '../config.ts'
import { isRefusal } from './failure.ts'
import { paths, returnPath } from './paths.ts'

/** The client of the provider; `origin` is where this app is. Throws where the browser refuses to store anything. */
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
    requestTimeoutInSeconds: 10,
    monitorSession: false,
  })
}

/** Ends a redirect from the provider; gives the path to go on at. Null in the window of a sign-in beside a page, which has told that page. Throws what the provider said. */
export async function finishSignIn(users: UserManager): Promise<string | null> {
  const user = await users.signinCallback()
  return user ? returnPath(user.state) : null
}

/**
 * A new access token. By the refresh token; one that is refused may have been used by a copy of this tab, so the provider is asked once more by its own session.
 * Null: the provider gives no token without the person. Throws where it does not answer.
 */
export async function renewOnce(users: UserManager): Promise<User | null> {
  const user = await users.getUser()
  try {
    return await users.signinSilent()
  } catch (error) {
    if (!isRefusal(error) && !(await isSilentFrame(users, user, error))) throw error
  }
  if (!user?.refresh_token) return null
  delete user.refresh_token
  await users.storeUser(user)
  // In a frame, which a provider or a browser may not allow: the refusal stands.
  return await users.signinSilent().catch(() => null)
}

/** Whether nothing came back from the hidden frame although the provider answers: it may not be framed, or the browser gives it no cookies there. */
async function isSilentFrame({ settings }: UserManager, user: User | null, error: unknown): Promise<boolean> {
  if (user?.refresh_token || !(error instanceof ErrorTimeout)) return false
  return await fetch(settings.metadataUrl, { cache: 'no-store' }).then(
    answer => answer.ok,
    () => false,
  )
}
