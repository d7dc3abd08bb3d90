import { afterAll, beforeAll, test } from '@jest/globals'
import { type Simulator, startSimulator } from '@worksights/attio-simulator'
import { type IdentityProvider, people, startIdentityProvider } from '@worksights/dev-stack'
import { checkAccessibility } from './harness/accessibility.ts'
import { openBrowser, type TestBrowser } from './harness/browser.ts'
import { expect } from './harness/expect.ts'

// The two pages of the demonstration that are not the product's: people meet them on their way through it.

let browser: TestBrowser
let simulator: Simulator
let identity: IdentityProvider
const frontend = 'http://127.0.0.1:4004'

beforeAll(async () => {
  simulator = await startSimulator()
  identity = await startIdentityProvider({ port: 0, frontend })
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  await identity.close()
  await simulator.close()
})

const consent = (redirect: string) =>
  `${simulator.url}/authorize?${new URLSearchParams({ client_id: 'simulator-client', response_type: 'code', redirect_uri: redirect, state: 'abc' })}`

test('the consent page can be read and used by everybody, and by keyboard alone', async () => {
  await browser.visit(async ({ page }) => {
    await page.goto(consent(`${identity.issuer}/.well-known/openid-configuration`))
    await expect(page.getByRole('group', { name: 'Workspace' }).getByRole('radio').first()).toBeChecked()
    await checkAccessibility(page, 'consent')
    await page.getByRole('button', { name: 'Allow' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(url => url.searchParams.has('code') && url.searchParams.get('state') === 'abc')
  })
})

test('what the consent page refuses is told on a page as readable', async () => {
  await browser.visit(async ({ page, trouble }) => {
    trouble.allow(/status of 400/)
    await page.goto(consent('https://elsewhere.example/callback'))
    await expect(page.getByRole('heading', { name: 'Cannot connect' })).toBeVisible()
    await checkAccessibility(page, 'consent refused')
  })
})

test('the sign-in page names everybody and what they may do, and can be read and used by everybody', async () => {
  await browser.visit(async ({ page }) => {
    const query = {
      client_id: 'worksights-web',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: `${frontend}/sign-in/callback`,
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    }
    await page.goto(`${identity.issuer}/auth?${new URLSearchParams(query)}`)
    for (const { name, email, org, role } of people) {
      await expect(page.getByRole('button', { name: `${name} ${role} of ${org} ${email}` })).toBeVisible()
    }
    await checkAccessibility(page, 'sign-in')
  })
})
