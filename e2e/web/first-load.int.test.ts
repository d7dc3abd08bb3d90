import { afterAll, beforeAll, describe, jest, test } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import { playDay } from '../harness/day.ts'
import { type RunningStack, startWholeStack } from '../harness/stack.ts'
import { openBrowser, type TestBrowser } from './harness/browser.ts'
import { expect } from './harness/expect.ts'
import { atRest } from './harness/looks.ts'
import { signIn } from './harness/sign-in.ts'

// What a visit costs before anybody has touched anything, as the browser gets it over the wire, and what a person sees of its coming.

jest.setTimeout(60_000)

let stack: RunningStack
let browser: TestBrowser

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startWholeStack(), openBrowser({ trace: false })])
  await playDay(stack.info)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

/** The limit in docs/decisions/0013. */
const BUDGET_BYTES = 200_000

test('the timeline shows with at most 200 kB of compressed JavaScript', async () => {
  await browser.visit(
    async ({ page, context }) => {
      await signIn(page, stack.info.organizations.northwind.admin.email, '/timeline')
      const scripts = new Map<string, number>()
      page.on('response', response => {
        const { 'content-length': length, 'content-encoding': encoding } = response.headers()
        if (response.request().resourceType() !== 'script') return
        // The little ones are sent as they are.
        expect(encoding === 'br' || Number(length) < 1_024).toBe(true)
        scripts.set(new URL(response.url()).pathname, Number(length))
      })
      // As on a first visit: nothing is at hand yet but the session.
      const devtools = await context.newCDPSession(page)
      await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
      await page.reload()
      await page.getByRole('heading', { level: 1, name: 'Timeline' }).waitFor()
      await page.getByRole('feed').getByRole('article').first().waitFor()
      await page.getByText(/activities in the last 30 days/).waitFor()
      await page.waitForLoadState('load')
      const total = [...scripts.values()].reduce((sum, size) => sum + size, 0)
      const sizes = [...scripts].sort(([, one], [, other]) => other - one).map(([path, size]) => `${String(size).padStart(7)}  ${path}`)
      console.log(`First load: ${total} bytes of JavaScript in ${scripts.size} files\n${sizes.join('\n')}`)
      expect(scripts.size).toBeGreaterThan(1)
      expect(total).toBeLessThanOrEqual(BUDGET_BYTES)
    },
    { baseURL: stack.info.urls.frontend },
  )
})

declare global {
  interface Window {
    /** What has moved since the page was begun: how much, and what. */
    shifts: { value: number; moved: string[] }[]
  }
}

const attio = '/integrations/attio'
const pages: { path: string; title: string; isThere: (page: Page) => Locator }[] = [
  { path: '/timeline', title: 'Timeline', isThere: page => page.getByText('1 person, 2 activities hidden until mapped.') },
  { path: '/timeline?q=no+such+words', title: 'Timeline', isThere: page => page.getByRole('heading', { name: 'No activities match' }) },
  { path: attio, title: 'Overview · Attio', isThere: page => page.getByText(/needed are granted/) },
  { path: `${attio}/users`, title: 'Users · Attio', isThere: page => page.getByRole('row', { name: /Mary Shelley/ }) },
  { path: `${attio}/features`, title: 'Features · Attio', isThere: page => page.getByText('Board Candidates') },
  { path: `${attio}/connections`, title: 'Connections · Attio', isThere: page => page.getByRole('row', { name: /^Records and lists/ }) },
  { path: '/nowhere', title: 'There is no such page', isThere: page => page.getByRole('heading', { name: 'There is no such page' }) },
]

describe.each([1280, 390])('at %d pixels', width => {
  test.each(pages)('nothing jumps while $path is loaded, and its tab is called by what it shows', ({ path, title, isThere }) =>
    browser.visit(
      async ({ page }) => {
        await page.addInitScript(() => {
          window.shifts = []
          new PerformanceObserver(list => {
            for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node: Element | null }[] })[])
              window.shifts.push({ value: entry.value, moved: entry.sources.map(({ node }) => node?.textContent?.slice(0, 60) ?? '') })
          }).observe({ type: 'layout-shift', buffered: true })
        })
        await signIn(page, stack.info.organizations.northwind.admin.email, path)
        await isThere(page).first().waitFor()
        await page.reload()
        await isThere(page).first().waitFor()
        if (path === '/timeline') await page.getByRole('feed').getByRole('article').first().waitFor()
        await expect(page.locator('[class*="Skeleton-root"]')).toHaveCount(0)
        await atRest(page)
        await expect(page).toHaveTitle(`${title} · WorkSights`)
        const shifts = await page.evaluate(() => window.shifts)
        const total = shifts.reduce((sum, { value }) => sum + value, 0)
        expect(total, JSON.stringify(shifts, null, 1)).toBeLessThan(0.02)
      },
      { baseURL: stack.info.urls.frontend, viewport: { width, height: 844 } },
    ),
  )
})
