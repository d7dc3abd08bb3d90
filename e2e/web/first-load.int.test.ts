import { afterAll, beforeAll, test } from '@jest/globals'
import { playDay } from '../harness/day.ts'
import { type RunningStack, startWholeStack } from '../harness/stack.ts'
import { openBrowser, type TestBrowser } from './harness/browser.ts'
import { expect } from './harness/expect.ts'
import { signIn } from './harness/sign-in.ts'

// What a visit costs before anybody has touched anything, as the browser gets it over the wire.

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
