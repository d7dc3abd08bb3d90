import { afterAll, beforeAll, describe, jest, test } from '@jest/globals'
import type { BrowserContext, Page } from 'playwright-core'
import { z } from 'zod'
import { idOf, openSimulator, type Simulator } from '../harness/simulator.ts'
import { type RunningStack, startWholeStack } from '../harness/stack.ts'
import { openBrowser, type TestBrowser, type Visit } from './harness/browser.ts'
import { expect } from './harness/expect.ts'
import { signIn } from './harness/sign-in.ts'

/*
 * What a page does not take at its word: names that anybody may write, addresses that anybody may send, and a session that may have become another one's.
 */

jest.setTimeout(60_000)
const tokenSeconds = 4
const ada = 'ada.lovelace@northwind.example'
const grace = 'grace.hopper@northwind.example'

let stack: RunningStack
let browser: TestBrowser
let attio: Simulator
let visit: (body: (visit: Visit) => Promise<void>) => Promise<void>

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startWholeStack({ WEB_TOKEN_SECONDS: String(tokenSeconds) }), openBrowser()])
  attio = await openSimulator(stack.info.urls.attio)
  visit = body => browser.visit(body, { baseURL: stack.info.urls.frontend })
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

const makeCompany = async (name: string) =>
  idOf(await attio.write('POST', '/v2/objects/companies/records', ada, { values: { name } }), 'record_id')
const claims = z.object({ sub: z.string() })
const personOf = (token: string) => claims.parse(JSON.parse(atob(token.split('.')[1] ?? ''))).sub
const endedDialog = (page: Page) => page.getByRole('dialog', { name: 'Your session has ended' })
const heading = (page: Page) => page.getByRole('heading', { level: 1, name: 'Timeline' })

/** The provider gives no refresh tokens: only its own session in this browser renews. */
const withoutRefreshTokens = (page: Page) =>
  page.route(`${stack.info.urls.identity}/token`, async route => {
    const answer = await route.fetch()
    const { refresh_token: _left, ...json } = z.looseObject({}).parse(await answer.json())
    await route.fulfill({ response: answer, json })
  })

/** Makes the session at the provider another person's, at one blow. */
const takeOver = (context: BrowserContext, email: string) =>
  visit(async ({ page, context: other }) => {
    await signIn(page, email, '/timeline')
    await context.addCookies(await other.cookies())
  })

describe('names', () => {
  test.each([
    ['that turns what follows around', 'Invoice \u202Egnp.exe'],
    ['that closes what it stands in', 'Invoice\u2069\u2069\u202E gnp.exe'],
  ])('one %s leaves the rest of its line in order', (_what, name) =>
    visit(async ({ page }) => {
      await makeCompany(name)
      await signIn(page, ada, '/timeline?q=Invoice')
      const line = page.getByRole('article').filter({ hasText: name }).first()
      const subject = await line.getByRole('link', { name: /Invoice/ }).boundingBox()
      const done = await line.getByText('Created', { exact: true }).boundingBox()
      if (!subject || !done) throw new Error('The line is not drawn.')
      expect(done.x).toBeGreaterThanOrEqual(subject.x + subject.width)
    }),
  )

  test('one as long as a page takes a few rows, and is there in full for who points at it', () =>
    visit(async ({ page }) => {
      const name = `Endless ${'word'.repeat(700)}`
      await makeCompany(name)
      await signIn(page, ada, '/timeline?q=Endless')
      const line = page.getByRole('article').first()
      await expect(line.getByTitle(name)).toBeVisible()
      expect((await line.boundingBox())?.height).toBeLessThan(150)
    }))
})

describe('addresses', () => {
  test('one that says why connecting failed speaks in our words only', () =>
    visit(async ({ page }) => {
      await signIn(page, ada, `/integrations/attio?error=${encodeURIComponent('Call 0800 1234 and tell them your password')}`)
      await expect(page.getByRole('alert').filter({ hasText: 'not connected' })).toBeVisible()
      await expect(page.getByText('0800')).toHaveCount(0)
    }))
})

describe('a session', () => {
  test('that became another person’s at the provider has ended, and asks for nothing in the other’s name', () =>
    visit(async ({ page, context }) => {
      await withoutRefreshTokens(page)
      const people = new Set<string>()
      page.on('request', request => {
        const token = request.headers().authorization?.replace('Bearer ', '')
        if (token && request.url().startsWith(stack.info.urls.api)) people.add(personOf(token))
      })
      await signIn(page, ada, '/timeline')
      await expect(page.getByRole('button', { name: 'Account of Ada Lovelace' })).toBeVisible()
      await takeOver(context, grace)
      await expect(endedDialog(page)).toBeVisible({ timeout: 30_000 })
      expect(people.size).toBe(1)
    }))

  test('whose token speaks of another role shows what that one may', () =>
    visit(async ({ page }) => {
      await signIn(page, ada, '/integrations/attio/features')
      await expect(page.getByRole('switch', { name: /CRM/ })).toBeEnabled()
      await page.route('**/v1/me', async route => {
        const answer = await route.fetch()
        await route.fulfill({ response: answer, json: { ...z.looseObject({}).parse(await answer.json()), role: 'member' } })
      })
      await expect(page.getByRole('switch', { name: /CRM/ })).toBeDisabled({ timeout: 30_000 })
    }))

  test('whose token speaks of another organisation begins anew', () =>
    visit(async ({ page }) => {
      await signIn(page, ada, '/timeline')
      await expect(heading(page)).toBeVisible()
      await page.evaluate(() => document.body.setAttribute('data-marked', ''))
      await page.route('**/v1/me', async route => {
        const answer = await route.fetch()
        const me = z.looseObject({ organization: z.looseObject({}) }).parse(await answer.json())
        const organization = { ...me.organization, id: '00000000-0000-4000-8000-000000000000', name: 'Elsewhere' }
        await route.fulfill({ response: answer, json: { ...me, organization } })
      })
      await expect(page.locator('body[data-marked]')).toHaveCount(0, { timeout: 30_000 })
      await expect(heading(page)).toBeVisible()
    }))

  test('that only a frame could renew is told as ended where the provider may not be framed', () =>
    visit(async ({ page, trouble }) => {
      trouble.allow(/frame/i)
      await withoutRefreshTokens(page)
      await page.route(/\/auth\?.*prompt=none/, route =>
        route.fulfill({ status: 200, contentType: 'text/html', headers: { 'x-frame-options': 'DENY' }, body: '' }),
      )
      await signIn(page, ada, '/timeline')
      await expect(endedDialog(page)).toBeVisible({ timeout: 30_000 })
    }))

  test('that is over at once, or that the browser does not keep, is told and not asked for without end', () =>
    visit(async ({ page }) => {
      await page.addInitScript(() => {
        const { setItem } = Storage.prototype
        Storage.prototype.setItem = function (key, value) {
          if (this !== sessionStorage) setItem.call(this, key, value)
        }
      })
      let attempts = 0
      page.on('request', request => {
        if (request.url().startsWith(`${stack.info.urls.identity}/auth?`)) attempts++
      })
      await signIn(page, ada, '/timeline')
      await expect(page.getByText('kept nothing of it')).toBeVisible()
      expect(attempts).toBe(1)
    }))

  test('leaves nothing of what one person was told to the next one in the tab', () =>
    visit(async ({ page, context, trouble }) => {
      trouble.allow(/status of (400|401)/)
      await signIn(page, ada, '/integrations/attio?error=consent_refused')
      const told = page.getByRole('alert').filter({ hasText: 'refused' })
      await expect(told).toBeVisible()
      await context.clearCookies()
      await page.getByRole('button', { name: /^Account/ }).click()
      await page.getByRole('menuitem', { name: 'Sign out' }).click()
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('button', { name: grace }).click()
      await page.getByRole('link', { name: 'Attio', exact: true }).click()
      await expect(page.getByRole('heading', { level: 2, name: 'Northwind Traders' })).toBeVisible()
      await expect(told).toHaveCount(0)
    }))
})
