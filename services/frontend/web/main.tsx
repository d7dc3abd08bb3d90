import '@mantine/core/styles.layer.css'
import './app/base.css'
import { createApiClient } from '@worksights/api-client'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { Frame } from './app/frame.tsx'
import { readSettings } from './config.ts'
import { QuietPage } from './sign-in/quiet-page.tsx'
import { createUserManager, finishSignIn, here, openSession, paths } from './sign-in/session.ts'
import { i18n } from './strings/i18n.ts'

const container = document.getElementById('root')
if (!container) throw new Error('index.html has no #root.')
const react = createRoot(container)
const draw = (page: ReactNode) => react.render(<Frame>{page}</Frame>)

const t = i18n.getFixedT(null, 'shell')

async function start(): Promise<void> {
  const settings = await readSettings().catch(() => null)
  if (!settings) {
    const again = { label: i18n.t('common:retry'), run: () => location.reload() }
    return draw(<QuietPage title={t('noSettings.title')} detail={t('noSettings.detail')} action={again} />)
  }
  const users = createUserManager(settings, location.origin)
  // In a frame without a face, to renew a session where the provider gives no refresh tokens.
  if (location.pathname === paths.silent) return void (await users.signinSilentCallback())

  const signIn = async (returnTo: string): Promise<void> => {
    draw(<QuietPage title={t('signingIn')} />)
    await users.signinRedirect({ state: { returnTo } }).catch(failed)
  }
  const failed = (error: unknown) => {
    const detail = error instanceof Error ? error.message : String(error)
    draw(
      <QuietPage
        title={t('signInFailed.title')}
        detail={detail}
        action={{ label: t('signInFailed.again'), run: () => void signIn('/') }}
      />,
    )
  }

  if (location.pathname === paths.callback) {
    try {
      const returnTo = await finishSignIn(users)
      if (returnTo === null) return
      history.replaceState(null, '', returnTo)
    } catch (error) {
      return failed(error)
    }
  }
  if (location.pathname === paths.signedOut) {
    const { title, detail } = { title: t('signedOut.title'), detail: t('signedOut.detail') }
    return draw(<QuietPage title={title} detail={detail} action={{ label: t('signedOut.again'), run: () => void signIn('/') }} />)
  }
  const session = await openSession(users)
  if (session.state() !== 'signed_in') return await signIn(here())
  const api = createApiClient({ baseUrl: settings.api_url, getToken: why => session.token(why), onSignedOut: () => session.expire() })
  draw(<App api={api} session={session} />)
}

await start()
