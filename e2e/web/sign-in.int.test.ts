import { afterAll, beforeAll, describe, jest, test } from '@jest/globals'
import type { BrowserContext, Page, Request } from 'playwright-core'
import { z } from 'zod'
import { idOf, openSimulator, type Simulator } from '../harness/simulator.ts'
import { type RunningStack, startWholeStack } from '../harness/stack.ts'
import { checkAccessibility } from './harness/accessibility.ts'
import { openBrowser, type TestBrowser, type Visit } from './harness/browser.ts'
import { expect } from './harness/expect.ts'
import { type CuttableNetwork, openNetwork } from './harness/network.ts'
import { signIn } from './harness/sign-in.ts'

/*
 * Signing in, staying signed in and leaving, with the real provider and the built app under its own policy. Access tokens live so shortly that a page sees many of them.
 */

jest.setTimeout(60_000)
const tokenSeconds = 4
const ada = 'ada.lovelace@northwind.example'
const grace = 'grace.hopper@northwind.example'
const hedy = 'hedy.lamarr@globex.example'

let stack: RunningStack
let browser: TestBrowser
let attio: Simulator
let network: CuttableNetwork
let visit: (body: (visit: Visit) => Promise<void>) => Promise<void>

beforeAll(async () => {
  ;[stack, browser, network] = await Promise.all([
    startWholeStack({ WEB_TOKEN_SECONDS: String(tokenSeconds) }),
    openBrowser(),
    openNetwork(),
  ])
  attio = await openSimulator(stack.info.urls.attio)
  visit = body => browser.visit(body, { baseURL: stack.info.urls.frontend, proxy: network.proxy })
  for (let number = 1; number <= 12; number++) await makeCompany(`Company ${number}`)
})
afterAll(async () => {
  await Promise.all([browser?.close(), network?.close()])
  await stack?.stop()
})

const makeCompany = async (name: string) =>
  idOf(await attio.write('POST', '/v2/objects/companies/records', ada, { values: { name } }), 'record_id')
const identity = () => stack.info.urls.identity
const lineOf = (page: Page, name: string) => page.getByRole('article').filter({ hasText: name })
const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Your session has ended' })
const asksProvider = (path: string) => (request: Request) => request.url().startsWith(`${identity()}${path}`)

/** Something in the page that is there only as long as this very page is. */
const mark = (page: Page) => page.evaluate(() => document.body.setAttribute('data-marked', ''))
const expectSamePage = (page: Page) => expect(page.locator('body[data-marked]')).toBeAttached()

const kept = z.object({ refresh_token: z.string(), access_token: z.string() })
/** What the tab keeps of the session; null where it keeps nothing. */
async function keptBy(page: Page): Promise<z.infer<typeof kept> | null> {
  const text = await page.evaluate(() => Object.entries(sessionStorage).find(([key]) => key.startsWith('oidc.user:'))?.[1] ?? null)
  return text === null ? null : kept.parse(JSON.parse(text))
}

const askToken = (path: string, form: Record<string, string>) =>
  fetch(`${identity()}${path}`, { method: 'POST', body: new URLSearchParams({ client_id: 'worksights-web', ...form }) })

/** Ends the session at the provider, as its administrator does: its own, and all it gave. */
async function endAtProvider(page: Page, context: BrowserContext): Promise<void> {
  await context.clearCookies()
  const token = (await keptBy(page))?.refresh_token ?? ''
  await askToken('/token/revocation', { token, token_type_hint: 'refresh_token' })
}

/** Signs in in the window that the dialog opens. */
async function signInBeside(page: Page, context: BrowserContext, email: string): Promise<void> {
  const [beside] = await Promise.all([context.waitForEvent('page'), dialogOf(page).getByRole('button', { name: 'Sign in again' }).click()])
  const closed = beside.waitForEvent('close')
  await beside.getByRole('button', { name: email }).click()
  await closed
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
}

/** What the browser says of answers that are meant to fail. */
const meant = /the server responded with a status of (400|401|403)|net::ERR_/

describe('signing in', () => {
  test('one click leads to the address that was asked for, with its filters; a reload asks nothing of the provider', () =>
    visit(async ({ page }) => {
      const address = '/timeline?category=default&category=task&q=Company+7'
      await signIn(page, ada, address)
      await expect(page).toHaveURL(address)
      await expect(lineOf(page, 'Company 7')).toBeVisible()
      const asked: string[] = []
      page.on('request', request => void (asksProvider('/auth')(request) && asked.push(request.url())))
      await page.reload()
      await expect(lineOf(page, 'Company 7')).toBeVisible()
      await expect(page).toHaveURL(address)
      expect(asked).toEqual([])
    }))

  test.each(['//evil.example/timeline', '/\\evil.example/'])('no address leads away from the app: %s', address =>
    visit(async ({ page }) => {
      await page.goto(stack.info.urls.frontend + address)
      await page.getByRole('button', { name: ada }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Timeline' })).toBeVisible()
      expect(new URL(page.url()).origin).toBe(stack.info.urls.frontend)
    }),
  )

  test('a provider that is away is told, and trying again goes on where one wanted to go', () =>
    visit(async ({ page, trouble }) => {
      trouble.allow(meant)
      network.cut(identity())
      try {
        await page.goto('/timeline?category=task')
        await expect(page.getByText('does not answer')).toBeVisible()
        await checkAccessibility(page, 'provider away')
      } finally {
        network.restore()
      }
      await page.getByRole('button', { name: 'Try again' }).click()
      await page.getByRole('button', { name: ada }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Timeline' })).toBeVisible()
      await expect(page).toHaveURL('/timeline?category=task')
    }))

  test('a refusal is told in the provider’s words, and signing in again goes on where one wanted to go', () =>
    visit(async ({ page }) => {
      const refusal = /\/auth\?/
      await page.route(refusal, (route, request) => {
        const state = new URL(request.url()).searchParams.get('state') ?? ''
        const answer = new URLSearchParams({ error: 'access_denied', error_description: 'Your account is locked', state })
        return route.fulfill({ status: 302, headers: { location: `${stack.info.urls.frontend}/sign-in/callback?${answer}` } })
      })
      await page.goto('/timeline?category=task')
      await expect(page.getByText('Your account is locked')).toBeVisible()
      await checkAccessibility(page, 'sign-in refused')
      await page.unroute(refusal)
      await page.getByRole('button', { name: 'Sign in again' }).click()
      await page.getByRole('button', { name: ada }).click()
      await expect(page).toHaveURL('/timeline?category=task')
    }))

  test('an attempt that this browser did not begin ends in words, and not in a session', () =>
    visit(async ({ page }) => {
      await page.goto('/sign-in/callback?code=stolen&state=unknown')
      await expect(page.getByText('begun too long ago or in another browser')).toBeVisible()
      expect(await keptBy(page)).toBeNull()
    }))

  test('whoever belongs to no organisation is told so, and can leave', () =>
    visit(async ({ page, trouble }) => {
      trouble.allow(meant)
      // The local provider knows nobody without one, so the API's answer is put in.
      const detail = 'The access token carries no organisation. Ask whoever runs the identity provider to add the organisation claim to it.'
      const problem = {
        type: 'about:blank',
        title: 'The token names no organisation',
        status: 403,
        detail,
        code: 'organization_missing',
        request_id: 'request-1',
      }
      await page.route('**/v1/me', route =>
        route.fulfill({
          status: 403,
          contentType: 'application/problem+json',
          json: problem,
          headers: { 'access-control-allow-origin': '*' },
        }),
      )
      await signIn(page, ada)
      await expect(page.getByRole('alert')).toContainText(detail)
      await expect(page.getByRole('alert')).toContainText('request-1')
      await checkAccessibility(page, 'no organisation')
      await page.getByRole('alert').getByRole('button', { name: 'Sign out' }).click()
      await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible()
    }))
})

describe('staying signed in', () => {
  test('tokens end and are renewed, and neither the page nor its live stream is the worse for it', () =>
    visit(async ({ page }) => {
      const tokens = new Set<string>()
      page.on('request', request => {
        if (request.url().includes('/v1/timeline/stream')) tokens.add(request.headers().authorization ?? '')
      })
      await signIn(page, ada, '/timeline')
      await expect(lineOf(page, 'Company 12')).toBeVisible()
      await mark(page)
      // The server ends a stream with its token.
      await expect.poll(() => tokens.size, { timeout: 8 * tokenSeconds * 1_000 }).toBeGreaterThanOrEqual(3)
      await makeCompany('After many tokens')
      await expect(lineOf(page, 'After many tokens')).toBeVisible()
      await expectSamePage(page)
      await expect(dialogOf(page)).toBeHidden()
    }))

  test('where the provider gives no refresh token, a hidden frame renews', () =>
    visit(async ({ page }) => {
      await signIn(page, ada, '/timeline')
      await page.evaluate(() => {
        for (const [key, value] of Object.entries(sessionStorage)) {
          if (!key.startsWith('oidc.user:')) continue
          const { refresh_token: _left, ...user } = JSON.parse(value)
          sessionStorage.setItem(key, JSON.stringify(user))
        }
      })
      await page.reload()
      await mark(page)
      const frame = page.waitForEvent('framenavigated', frame => frame !== page.mainFrame() && frame.url().includes('/sign-in/silent?'))
      const renewed = page.waitForResponse(answer => asksProvider('/token')(answer.request()) && answer.ok())
      await Promise.all([frame, renewed])
      await expectSamePage(page)
    }))

  test('a copy of a tab, with the same refresh token, costs neither of the two its session', () =>
    visit(async ({ page, context, trouble }) => {
      trouble.allow(meant)
      await signIn(page, ada, '/timeline')
      const copy = await context.newPage()
      await copy.goto('/favicon.svg')
      const storage = await page.evaluate(() => ({ ...sessionStorage }))
      await copy.evaluate(entries => Object.assign(sessionStorage, entries), storage)
      await copy.goto('/timeline')
      const renewals = [page, copy].map(tab => {
        const tokens = new Set<string>()
        tab.on('request', request => void (request.url().includes('/v1/') && tokens.add(request.headers().authorization ?? '')))
        return expect.poll(() => tokens.size, { timeout: 30_000 }).toBeGreaterThanOrEqual(3)
      })
      await Promise.all(renewals)
      for (const tab of [page, copy]) await expect(dialogOf(tab)).toBeHidden()
    }))

  test('a provider that is away for a while ends no session', () =>
    visit(async ({ page, trouble }) => {
      trouble.allow(meant)
      await signIn(page, ada, '/timeline')
      await expect(lineOf(page, 'Company 12')).toBeVisible()
      await mark(page)
      network.cut(identity())
      try {
        await page.waitForEvent('requestfailed', { predicate: asksProvider('/token') })
        const { access_token } = (await keptBy(page)) ?? { access_token: '' }
        const ends = z.object({ exp: z.number() }).parse(JSON.parse(atob(access_token.split('.')[1] ?? ''))).exp * 1_000
        await expect.poll(() => Date.now() > ends).toBe(true)
        await expect(dialogOf(page)).toBeHidden()
      } finally {
        network.restore()
      }
      await makeCompany('Back again')
      await expect(lineOf(page, 'Back again')).toBeVisible({ timeout: 30_000 })
      await expectSamePage(page)
    }))
})

describe('a session that ended at the provider', () => {
  test('leaves the page as it is: what was opened and scrolled to is there after signing in beside it, and what happened meanwhile comes', () =>
    visit(async ({ page, context, trouble }) => {
      trouble.allow(meant)
      await page.setViewportSize({ width: 1280, height: 500 })
      await signIn(page, ada, '/timeline?category=default')
      const toggle = lineOf(page, 'Company 12').getByRole('button', { name: /^Details/ })
      await toggle.click()
      const top = () => page.evaluate(() => window.scrollY)
      await page.evaluate(() => window.scrollTo(0, 200))
      await expect.poll(top).toBe(200)
      await mark(page)
      await endAtProvider(page, context)
      await expect(dialogOf(page)).toBeVisible()
      await makeCompany('While nobody was signed in')
      await signInBeside(page, context, ada)
      await expect(dialogOf(page)).toBeHidden()
      await expectSamePage(page)
      await expect(page).toHaveURL('/timeline?category=default')
      await expect(toggle).toHaveAttribute('aria-expanded', 'true')
      expect(await top()).toBe(200)
      await expect(lineOf(page, 'While nobody was signed in')).toBeVisible()
      await expect(page.getByRole('alert')).toHaveCount(0)
    }))

  test('keeps what was typed in a dialog that was open', () =>
    visit(async ({ page, context, trouble }) => {
      trouble.allow(meant)
      await signIn(page, ada, '/integrations/attio/users')
      await page.getByRole('button', { name: 'Map Mary Shelley to a person' }).click()
      const field = page.getByRole('textbox', { name: 'Find a person' }).or(page.getByRole('combobox', { name: 'Find a person' }))
      await field.fill('Grace')
      await expect(page.getByRole('option', { name: /Grace Hopper/ })).toBeVisible()
      await endAtProvider(page, context)
      await expect(dialogOf(page)).toBeVisible()
      await signInBeside(page, context, ada)
      await expect(dialogOf(page)).toBeHidden()
      await expect(field).toHaveValue('Grace')
      await field.fill('Katherine')
      await expect(page.getByRole('option', { name: /Katherine Johnson/ })).toBeVisible()
    }))

  test('can be taken up by leaving the page where the browser opens no windows', () =>
    visit(async ({ page, context, trouble }) => {
      trouble.allow(meant)
      await signIn(page, ada, '/timeline?q=Company+7')
      await expect(lineOf(page, 'Company 7')).toBeVisible()
      await page.evaluate(() => {
        window.open = () => null
      })
      await endAtProvider(page, context)
      await expect(dialogOf(page)).toBeVisible()
      await checkAccessibility(page, 'session ended')
      await dialogOf(page).getByRole('button', { name: 'Sign in again' }).click()
      await page.getByRole('button', { name: ada }).click()
      await expect(page).toHaveURL('/timeline?q=Company+7')
      await expect(lineOf(page, 'Company 7')).toBeVisible()
    }))

  test('shows nothing of the first person to another who signs in there', () =>
    visit(async ({ page, context, trouble }) => {
      trouble.allow(meant)
      await signIn(page, ada, '/integrations/attio/users')
      await expect(page.getByRole('row', { name: /Katherine Johnson/ })).toBeVisible()
      await endAtProvider(page, context)
      await expect(dialogOf(page)).toBeVisible()
      await signInBeside(page, context, hedy)
      await expect(page.getByRole('button', { name: 'Account of Hedy Lamarr' })).toBeVisible()
      await expect(page.getByText('No Attio members yet')).toBeVisible()
      await expect(page.getByText(/Katherine|Northwind/)).toHaveCount(0)
    }))
})

describe('signing out', () => {
  test('ends the session here, in other tabs and at the provider; going back shows nothing', () =>
    visit(async ({ page, context, trouble }) => {
      trouble.allow(meant)
      await signIn(page, ada, '/timeline')
      await expect(lineOf(page, 'Company 12')).toBeVisible()
      const other = await context.newPage()
      await other.goto('/timeline')
      await expect(lineOf(other, 'Company 12')).toBeVisible()
      const token = (await keptBy(page))?.refresh_token ?? ''
      await signOut(page)
      for (const tab of [page, other]) {
        await expect(tab.getByRole('heading', { name: 'You are signed out' })).toBeVisible()
        expect(await tab.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain('token')
      }
      await checkAccessibility(page, 'signed out')
      expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('token')
      expect((await askToken('/token', { grant_type: 'refresh_token', refresh_token: token })).status).toBe(400)
      await page.goBack()
      await expect(page.getByRole('button', { name: ada })).toBeVisible()
      expect(new URL(page.url()).origin).toBe(identity())
      await other.getByRole('button', { name: 'Sign in' }).click()
      await other.getByRole('button', { name: grace }).click()
      await expect(other.getByRole('button', { name: 'Account of Grace Hopper' })).toBeVisible()
    }))

  test('forgets everything here also while the provider is away', () =>
    visit(async ({ page, trouble }) => {
      trouble.allow(meant)
      await signIn(page, ada, '/timeline')
      await expect(lineOf(page, 'Company 12')).toBeVisible()
      network.cut(identity())
      try {
        await signOut(page)
        // Leaving for the provider fails as any page does that is away; what counts is that nothing is left behind.
        await expect
          .poll(() =>
            page
              .getByRole('article')
              .count()
              .catch(() => 0),
          )
          .toBe(0)
        // Only then has it failed: an address that is opened before would be left for it.
        await expect.poll(() => page.url()).toMatch(/^chrome-error:/)
      } finally {
        network.restore()
      }
      await page.goto('/signed-out')
      expect(await keptBy(page)).toBeNull()
    }))
})
