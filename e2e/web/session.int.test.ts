import { afterAll, beforeAll, jest, test } from '@jest/globals'
import { expect } from '@playwright/test'
import type { BrowserContext, Page, Request } from 'playwright-core'
import { type RunningStack, startWholeStack } from '../harness/stack.ts'
import { openBrowser, type TestBrowser } from './harness/browser.ts'
import { signIn } from './harness/sign-in.ts'

// Signing in, staying signed in and leaving, with the real provider; tokens live for 24 seconds, and the app renews them 20 before they end.

jest.setTimeout(120_000)
const ada = 'ada.lovelace@northwind.example'
const renewal = { timeout: 30_000 }

let stack: RunningStack
let browser: TestBrowser
let visit: (body: (page: Page, context: BrowserContext) => Promise<void>) => Promise<void>

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startWholeStack({ WEB_TOKEN_SECONDS: '24' }), openBrowser()])
  const baseURL = stack.info.urls.frontend
  visit = body => browser.visit(({ page, context }) => body(page, context), { baseURL })
})
afterAll(async () => {
  await Promise.all([browser?.close(), stack?.stop()])
})

const asksForToken = (grant: string) => (request: Request) =>
  request.url() === `${stack.info.urls.identity}/token` && new URLSearchParams(request.postData() ?? '').get('grant_type') === grant

/** Something in the page that is there only as long as this very page is. */
const mark = (page: Page) => page.evaluate(() => document.body.setAttribute('data-marked', ''))
const marked = 'body[data-marked]'

/** Takes the refresh token out of what the tab keeps, as if the provider gave none; loads the page again so that it is taken up. */
async function withoutRefreshToken(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const [key, value] of Object.entries(sessionStorage)) {
      if (!key.startsWith('oidc.user:')) continue
      const { refresh_token: _left, ...user } = JSON.parse(value)
      sessionStorage.setItem(key, JSON.stringify(user))
    }
  })
  await page.reload()
}

test('a session is renewed before its token ends, and the page stays as it is', () =>
  visit(async page => {
    await signIn(page, ada, '/timeline?category=task')
    await mark(page)
    const request = await page.waitForRequest(asksForToken('refresh_token'), renewal)
    expect((await request.response())?.status()).toBe(200)
    await expect(page).toHaveURL('/timeline?category=task')
    await expect(page.locator(marked)).toBeAttached()
  }))

test('where the provider gives no refresh token, a session is renewed in a hidden frame', () =>
  visit(async page => {
    await signIn(page, ada)
    await withoutRefreshToken(page)
    const frame = page.waitForEvent('framenavigated', {
      ...renewal,
      predicate: navigated => navigated !== page.mainFrame() && new URL(navigated.url()).pathname === '/sign-in/silent',
    })
    const request = await page.waitForRequest(asksForToken('authorization_code'), renewal)
    expect((await request.response())?.status()).toBe(200)
    await frame
  }))

test('a session that ends at the provider too leaves the page, and signing in beside it goes on there', () =>
  visit(async (page, context) => {
    await signIn(page, ada)
    await withoutRefreshToken(page)
    await page.goto('/timeline?category=task')
    await mark(page)
    await context.clearCookies()
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
    await expect(dialog).toBeVisible(renewal)
    const [beside] = await Promise.all([context.waitForEvent('page'), dialog.getByRole('button', { name: 'Sign in again' }).click()])
    const closed = beside.waitForEvent('close')
    await beside.getByRole('button', { name: ada }).click()
    await closed
    await expect(dialog).toBeHidden()
    await expect(page).toHaveURL('/timeline?category=task')
    await expect(page.locator(marked)).toBeAttached()
  }))

test('signing out ends the session here, in other tabs and at the provider', () =>
  visit(async (page, context) => {
    await signIn(page, ada)
    const other = await context.newPage()
    await other.goto('/timeline')
    await expect(other.getByRole('heading', { level: 1 })).toBeVisible()
    await page.getByRole('button', { name: /account/i }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    for (const tab of [page, other]) {
      await tab.waitForURL('/signed-out')
      await expect(tab.getByRole('heading', { name: 'You are signed out' })).toBeVisible()
    }
    await page.goto('/')
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    expect(new URL(page.url()).origin).toBe(stack.info.urls.identity)
  }))
