import './app/trusted-types.ts'
import '@mantine/core/styles.layer.css'
import './app/base.css'
import { createApiClient } from '@worksights/api-client'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { fetchInTime } from './api/fetch.ts'
import { App } from './app/app.tsx'
import { Frame } from './app/frame.tsx'
import { readSettings } from './config.ts'
import { type Failure, isRefusal, signInFailure } from './sign-in/failure.ts'
import { here, paths, returnPath } from './sign-in/paths.ts'
import { createUserManager, finishSignIn } from './sign-in/provider.ts'
import { QuietPage } from './sign-in/quiet-page.tsx'
import { openSession } from './sign-in/session.ts'
import { i18n } from './strings/i18n.ts'

const container = document.getElementById('root')
if (!container) throw new Error('index.html has no #root.')
const react = createRoot(container)
const draw = (page: ReactNode) => react.render(<Frame>{page}</Frame>)

const t = i18n.getFixedT(null, 'shell')

async function start(): Promise<void> {
  const settings = await readSettings().catch(() => null)
  if (!settings) {
    const again = { label: i18n.t('shared:retry'), run: () => location.reload() }
    return draw(<QuietPage title={t('noSettings.title')} detail={t('noSettings.detail')} action={again} />)
  }
  const users = createUserManager(settings, location.origin)
  // In a frame without a face, to renew a session where the provider gives no refresh tokens.
  if (location.pathname === paths.silent && window.parent !== window) return await users.signinSilentCallback()

  const signIn = async (returnTo: string): Promise<void> => {
    draw(<QuietPage title={t('signingIn')} />)
    try {
      // In place of this page: going back from the provider leads to where the person was before.
      await users.signinRedirect({ state: { returnTo: returnPath({ returnTo }) }, redirectMethod: 'replace' })
      // Only here when the browser comes back to this very page.
      location.reload()
    } catch (error) {
      failed(error, returnTo)
    }
  }
  const comesBack = location.pathname === paths.callback
  const failed = (error: unknown, returnTo: string, why: Failure = signInFailure(error, location.pathname === paths.callback)) => {
    const detail = (
      <>
        <p>{t(`signInFailed.${why}`)}</p>
        {isRefusal(error) && <small>{error.message}</small>}
      </>
    )
    const again = { label: why === 'unreachable' ? i18n.t('shared:retry') : t('signInFailed.again'), run: () => void signIn(returnTo) }
    draw(<QuietPage title={t('signInFailed.title')} detail={detail} action={again} />)
  }

  if (comesBack) {
    try {
      const returnTo = await finishSignIn(users)
      if (returnTo === null) return draw(<QuietPage title={t('signedInBeside.title')} detail={t('signedInBeside.detail')} />)
      // With the key the router has put there, by which it knows the place again.
      history.replaceState(history.state, '', returnTo)
    } catch (error) {
      return failed(error, returnPath(error instanceof Error && 'state' in error ? error.state : null))
    }
  }
  if (location.pathname === paths.signedOut) {
    const again = { label: t('signedOut.again'), run: () => void signIn('/') }
    return draw(<QuietPage title={t('signedOut.title')} detail={t('signedOut.detail')} action={again} />)
  }
  // Attempts that nobody came back from.
  void users.clearStaleState()
  try {
    const session = await openSession(users)
    if (session.state() !== 'signed_in') {
      // Once more by itself would end as this time did, without end.
      return comesBack ? failed(null, here(), 'lost') : await signIn(here())
    }
    const api = createApiClient({
      baseUrl: settings.api_url,
      getToken: why => session.token(why),
      onSignedOut: () => session.expire(),
      fetch: request => fetchInTime(request),
    })
    draw(<App api={api} session={session} />)
  } catch (error) {
    failed(error, here())
  }
}

start().catch((error: Error) => {
  // The browser refuses what the app cannot do without, as storage.
  draw(<QuietPage title={t('cannotRun.title')} detail={t('cannotRun.detail', { reason: error.message })} />)
})
