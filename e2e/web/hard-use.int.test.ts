import { afterAll, beforeAll, jest, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { playDay } from '../harness/day.ts'
import { openSimulator, type Simulator } from '../harness/simulator.ts'
import { type RunningStack, startWholeStack } from '../harness/stack.ts'
import { checkAccessibility } from './harness/accessibility.ts'
import { openBrowser, type TestBrowser, type Visit } from './harness/browser.ts'
import { expect } from './harness/expect.ts'
import { signIn } from './harness/sign-in.ts'

/*
 * The app where people have no pointer, where a release has taken its place while it was open, and where answers are not what they should be.
 */

jest.setTimeout(60_000)
const grace = 'grace.hopper@northwind.example'

let stack: RunningStack
let browser: TestBrowser
let attio: Simulator
let visit: (address: string, body: (page: Page, visit: Visit) => Promise<void>) => Promise<void>

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startWholeStack(), openBrowser()])
  attio = await openSimulator(stack.info.urls.attio)
  await playDay(stack.info)
  visit = (address, body) =>
    browser.visit(
      async visit => {
        await signIn(visit.page, stack.info.organizations.northwind.admin.email, address)
        await body(visit.page, visit)
      },
      { baseURL: stack.info.urls.frontend },
    )
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

const lines = (page: Page) => page.getByRole('feed').getByRole('article')
const missing = (page: Page) => page.getByRole('alert').filter({ hasText: 'A part of this page is missing' })
/** What is asked of the API at a path is answered so, until the page is left. */
const answer = (page: Page, path: string, contentType: string, body: string) =>
  page.route(`${stack.info.urls.api}${path}*`, route => {
    const headers = { 'access-control-allow-origin': stack.info.urls.frontend, 'content-type': contentType }
    return route.request().method() === 'OPTIONS' ? route.fallback() : route.fulfill({ headers, body })
  })

test('by keyboard one goes on where one is: in the page one went to, at the line one came from, at the button of a menu that is closed', () =>
  visit('/timeline', async page => {
    const read = lines(page).nth(4)
    const sentence = await read.evaluate(row => row.querySelector('[id^=sentence]')?.textContent)
    await read.getByRole('link', { name: /open this activity$/ }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: sentence ?? '' })).toBeVisible()
    await expect(page.getByRole('main')).toBeFocused()
    await page.goBack()
    await expect(page.locator('article:focus')).toHaveAccessibleName(sentence ?? '')

    const account = page.getByRole('button', { name: 'Account of Ada Lovelace' })
    await account.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menu')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(account).toBeFocused()
    await page.getByRole('link', { name: 'Attio', exact: true }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Attio' })).toBeVisible()
    await expect(page.getByRole('main')).toBeFocused()
    // A tab stays at hand: the next one is beside it.
    const users = page.getByRole('link', { name: 'Users' })
    await users.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('rowheader').first()).toBeVisible()
    await expect(users).toBeFocused()
  }))

test('while many lines come, their number is read out now and then, and not each time', () =>
  visit('/timeline', async page => {
    await lines(page).first().focus()
    await page.keyboard.press('PageDown')
    await page.evaluate(() => {
      const status = [...document.querySelectorAll('[role=status]')].find(each => each.nextElementSibling?.matches('[role=feed]'))
      const heard: string[] = []
      Object.assign(window, { heard })
      if (status)
        new MutationObserver(() => heard.push(status.textContent ?? '')).observe(status, {
          subtree: true,
          childList: true,
          characterData: true,
        })
    })
    for (let made = 1; made <= 12; made += 1)
      await attio.write('POST', '/v2/objects/companies/records', grace, { values: { name: `Many ${made}` } })
    await expect(page.getByRole('status').filter({ hasText: '12 new activities above.' })).toBeAttached({ timeout: 15_000 })
    const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard)
    expect(heard.length).toBeLessThanOrEqual(2)
  }))

test('where a release has taken away what a page would load, the page stays, says so, and leads to the new one', () =>
  visit('/timeline', async (page, { trouble }) => {
    trouble.allow(/status of 404|dynamically imported module|Unable to preload CSS/)
    await expect(lines(page).first()).toBeVisible()
    await page.getByText(/activities in the last 30 days/).waitFor()
    const gone = /\/assets\/.*\.(js|css)$/
    await page.route(gone, route => route.fulfill({ status: 404, body: 'Not found' }))
    const category = page.getByRole('button', { name: 'Category' })
    await category.click()
    await expect(missing(page)).toBeVisible()
    await expect(lines(page).first()).toBeVisible()
    await checkAccessibility(page, 'a part is missing')
    await missing(page).getByRole('button', { name: 'Close' }).click()
    await expect(missing(page)).toHaveCount(0)

    await page.getByRole('link', { name: 'Attio', exact: true }).click()
    await expect(missing(page)).toBeVisible()
    await checkAccessibility(page, 'a page is missing')
    await page.unroute(gone)
    await missing(page).getByRole('button', { name: 'Reload the page' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Attio' })).toBeVisible()
    await expect(missing(page)).toHaveCount(0)
  }))

test('an answer that is none of the API’s is told in the page it belongs to, with a way on', () =>
  visit('/integrations/attio/features', async (page, { trouble }) => {
    trouble.allow(/./)
    const path = '/v1/integrations/attio/members'
    await answer(page, path, 'text/html', '<h1>Sign in to this network</h1>')
    await page.getByRole('link', { name: 'Users' }).click()
    const told = page.getByRole('alert')
    await expect(told).toContainText('Something between here and the API answered')
    await checkAccessibility(page, 'an answer of a network that wants to be signed in to')

    await page.unrouteAll()
    await answer(page, path, 'application/json', '{}')
    await told.getByRole('button', { name: 'Try again' }).click()
    // Not what the page was made for: that it breaks is told as a fault of ours, and not as one of the network.
    await expect(told).toContainText('That is a fault of ours')
    await expect(page.getByRole('link', { name: 'Features' })).toBeVisible()
    await page.unrouteAll()
    await page.reload()
    await expect(page.getByRole('rowheader').first()).toBeVisible()
  }))

test('on a screen of 320 pixels, as at four times the size, no page is wider; in colours people choose themselves a switch is seen, and whether it is on', () =>
  visit('/timeline', async page => {
    await expect(lines(page).first()).toBeVisible()
    const tabs = ['', '/users', '/features', '/connections', `/connections/${stack.info.connection_id}`]
    for (const address of ['/timeline', ...tabs.map(tab => `/integrations/attio${tab}`)]) {
      await page.goto(address)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.getByText('Loading')).toHaveCount(0)
      for (const width of [320, 640]) {
        await page.setViewportSize({ width, height: 512 })
        const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        expect([address, width, sticksOut]).toEqual([address, width, 0])
      }
    }
    await page.goto('/integrations/attio/features')
    const look = () =>
      page
        .getByRole('switch', { name: 'Calls' })
        .evaluate(input =>
          ['backgroundColor', 'borderTopColor'].map(name => getComputedStyle(input.nextElementSibling ?? input)[name as 'color']),
        )
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
    const [on, border] = await look()
    await page.getByRole('switch', { name: 'Calls' }).press('Space')
    await expect(page.getByRole('switch', { name: 'Calls' })).not.toBeChecked()
    await expect.poll(async () => (await look())[0]).not.toBe(on)
    const [off] = await look()
    expect(border).not.toBe(off)
    expect(on).not.toBe(off)
  }))
