import type { Page } from 'playwright-core'

/** Opens `address` where nobody is signed in yet, and signs in as one of the made-up people on the page of the local identity provider. */
export async function signIn(page: Page, email: string, address = '/'): Promise<void> {
  const answer = await page.goto(address)
  const app = new URL(answer?.url() ?? '').origin
  await page.getByRole('button', { name: email }).click()
  await page.waitForURL(url => url.origin === app && !url.pathname.startsWith('/sign-in/'))
}
