import type { Scene } from './scene.ts'

export const signingInScenes: Scene[] = [
  { name: 'not-found', path: '/nowhere', prepare: page => page.getByRole('heading', { name: 'There is no such page' }).waitFor() },
  {
    name: 'signed-out',
    path: '/signed-out',
    as: 'stranger',
    prepare: page => page.getByRole('heading', { name: 'You are signed out' }).waitFor(),
  },
  {
    name: 'sign-in-failed',
    path: '/sign-in/callback?code=stolen&state=unknown',
    as: 'stranger',
    prepare: page => page.getByRole('heading', { name: 'Signing in did not work' }).waitFor(),
  },
  {
    name: 'no-provider',
    path: '/timeline',
    as: 'stranger',
    before: (page, { stack }) => page.route(`${stack.urls.identity}/**`, route => route.abort()),
    prepare: page => page.getByText('does not answer').waitFor(),
  },
  {
    name: 'no-organisation',
    path: '/timeline',
    before: page =>
      page.route('**/v1/me', route =>
        route.fulfill({
          status: 403,
          contentType: 'application/problem+json',
          headers: { 'access-control-allow-origin': '*' },
          json: {
            type: 'about:blank',
            title: 'No organisation',
            status: 403,
            detail: 'Your token names no organisation: ask your administrator for one.',
            code: 'no_organization',
            request_id: '01jd8x4m7w',
          },
        }),
      ),
    prepare: page => page.getByRole('alert').waitFor(),
  },
  {
    name: 'expired',
    path: '/timeline',
    async before(page, { stack }) {
      // As if the provider had ended the session: whatever is asked for is refused, and no token is renewed.
      await page.route(`${stack.urls.identity}/token`, async route => {
        if ((route.request().postData() ?? '').includes('refresh_token=')) {
          return await route.fulfill({ status: 400, headers: { 'access-control-allow-origin': '*' }, json: { error: 'invalid_grant' } })
        }
        await route.fallback()
      })
    },
    async prepare(page, { stack }) {
      await page.getByRole('article').first().waitFor()
      await page.context().clearCookies()
      await page.route(`${stack.urls.api}/v1/**`, route =>
        route.fulfill({
          status: 401,
          contentType: 'application/problem+json',
          headers: { 'access-control-allow-origin': '*' },
          json: { type: 'about:blank', title: 'Signed out', status: 401, detail: '', code: 'unauthenticated', request_id: 'x' },
        }),
      )
      await page.getByLabel('Search activities').fill('acme')
      await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor()
    },
  },
]
