import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, jest, test } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import { z } from 'zod'
import { adminOf } from '../harness/admin.ts'
import { timelineApi } from '../harness/api.ts'
import { playDay } from '../harness/day.ts'
import { idOf, openSimulator, type Simulator } from '../harness/simulator.ts'
import { type RunningStack, startWholeStack } from '../harness/stack.ts'
import { checkAccessibility } from './harness/accessibility.ts'
import { openBrowser, type TestBrowser, type Visit } from './harness/browser.ts'
import { expect } from './harness/expect.ts'
import { openNetwork } from './harness/network.ts'
import { signIn } from './harness/sign-in.ts'

/*
 * The list of the timeline, as a team member reads it while the team works in Attio.
 */

jest.setTimeout(60_000)
const ada = 'ada.lovelace@northwind.example'
const grace = 'grace.hopper@northwind.example'

let stack: RunningStack
let browser: TestBrowser
let attio: Simulator
let visit: (body: (page: Page, visit: Visit) => Promise<void>, options?: Parameters<TestBrowser['visit']>[1]) => Promise<void>

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startWholeStack(), openBrowser()])
  attio = await openSimulator(stack.info.urls.attio)
  await playDay(stack.info)
  visit = (body, options) =>
    browser.visit(
      async visit => {
        await signIn(visit.page, ada, '/timeline')
        await expect(lines(visit.page).first()).toBeVisible()
        await body(visit.page, visit)
      },
      { baseURL: stack.info.urls.frontend, ...options },
    )
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

const lines = (page: Page) => page.getByRole('feed').getByRole('article')
/** The lines whose sentence has a text. */
const saying = (page: Page, text: string | RegExp) => page.getByRole('article', { name: text })
const createCompany = async (name: string) =>
  idOf(await attio.write('POST', '/v2/objects/companies/records', grace, { values: { name } }), 'record_id')
const change = (id: string, values: object) => attio.write('PATCH', `/v2/objects/companies/records/${id}`, grace, { values })
const topOf = async (row: Locator) => (await row.boundingBox())?.y

test('what somebody does in Attio appears without a reload; further edits grow its line, which opens to each change and event', () =>
  visit(async page => {
    await expect(page.getByText('Live', { exact: true })).toBeVisible()
    const id = await createCompany('Wayne Enterprises')
    await expect(saying(page, 'Grace Hopper created company Wayne Enterprises')).toBeVisible()
    await change(id, { description: 'Bats' })
    const updated = saying(page, /Grace Hopper updated .* Wayne Enterprises/)
    await expect(updated.getByRole('button', { name: '1 field' })).toBeVisible()
    await change(id, { employee_range: '11-50' })
    await change(id, { description: 'Many bats' })
    const open = updated.getByRole('button', { name: '2 fields' })
    await expect(open).toBeVisible()
    await expect(updated).toHaveCount(1)

    await open.click()
    await expect(updated.getByRole('listitem').filter({ hasText: 'record.updated · Description' })).toHaveCount(2)
    await expect(updated.getByText('What changed')).toBeVisible()
    // What is read stays where it is, also at the top of the page.
    const before = await topOf(updated)
    await createCompany('Daily Planet')
    const pill = page.getByRole('button', { name: '1 new' })
    await expect(pill).toBeVisible()
    expect(await topOf(updated)).toBe(before)
    await checkAccessibility(page, 'an opened line, and a new one waiting')
    await pill.click()
    await expect(saying(page, /Daily Planet/)).toBeInViewport()
    await updated
      .getByRole('link', { name: /^Delivery/ })
      .first()
      .click()
    await expect(page).toHaveURL(/\/connections\/[\w-]+\?delivery=/)
  }))

test('while the page is scrolled down, new lines wait behind a pill and the line being read does not move, nor when it grows above', () =>
  visit(async page => {
    const id = await createCompany('Stark Industries')
    await change(id, { description: 'Armour' })
    await expect(saying(page, /updated Description on Stark Industries/)).toBeVisible()
    const read = saying(page, 'Katherine Johnson added Umbrella Health to At Risk')
    await scrollTo(page, read)
    const before = await topOf(read)

    // Its line is shown already, above what is read.
    await change(id, { employee_range: '11-50' })
    for (const name of ['Hooli', 'Pied Piper', 'Raviga']) await createCompany(name)
    const pill = page.getByRole('button', { name: '3 new' })
    await expect(pill).toBeVisible()
    await expect(page.getByRole('status').filter({ hasText: '3 new activities above.' })).toBeAttached()
    expect(await topOf(read)).toBe(before)
    await expect(saying(page, /Hooli/)).toHaveCount(0)

    await pill.click()
    await expect(saying(page, /Raviga/)).toBeInViewport()
    await expect(pill).toHaveCount(0)
    await expect(saying(page, /Stark Industries/).getByRole('button', { name: '2 fields' })).toHaveCount(1)
    await expect(saying(page, /created company (Hooli|Pied Piper|Raviga)/)).toHaveCount(3)
  }))

/** How long the way to the API stays cut: the length of the fault, and not a wait for anything. */
const CUT_MS = 20_000

test('what happens while the connection is cut for 20 s is there once it is back: nothing missing, nothing twice', async () => {
  const network = await openNetwork()
  try {
    await visit(
      async (page, { trouble }) => {
        trouble.allow(/net::ERR_/)
        const id = await createCompany('Cyberdyne')
        await expect(saying(page, /created company Cyberdyne/)).toBeVisible()
        network.cut(stack.info.urls.api)
        const over = pause(CUT_MS)
        const made = ['Tyrell', 'Weyland', 'Soylent', 'Umbra', 'Aperture']
        for (const name of made) await createCompany(name)
        await change(id, { description: 'Machines' })
        await expect(page.getByText('Reconnecting…')).toBeVisible()
        await over
        await expect(saying(page, /Tyrell/)).toHaveCount(0)
        network.restore()
        const missed = saying(page, new RegExp(`created company (${made.join('|')})|updated Description on Cyberdyne`))
        // Pauses between tries have grown meanwhile.
        await expect(missed).toHaveCount(6, { timeout: 40_000 })
        await expect(page.getByText('Live', { exact: true })).toBeVisible()
        // As the API has them, in its order.
        const api = timelineApi(stack.info.urls.api, stack.info.organizations.northwind.admin.token)
        const expected = (await api.lines()).slice(0, 8).map(({ summary }) => summary)
        const shown = await lines(page).evaluateAll(rows => rows.slice(0, 8).map(row => row.querySelector('[id^=sentence]')?.textContent))
        expect(shown).toEqual(expected)
      },
      { proxy: network.proxy },
    )
  } finally {
    await network.close()
  }
}, 90_000)

test('by keyboard one goes from line to line beyond those that are drawn, and out of the feed at both ends', () =>
  visit(async page => {
    const drawn = await lines(page).count()
    await lines(page).first().focus()
    const focused = page.locator('article:focus')
    for (let place = 2; place <= drawn + 16; place += 1) {
      await page.keyboard.press('PageDown')
      await expect(focused).toHaveAttribute('aria-posinset', `${place}`)
    }
    await expect(focused).toBeInViewport({ ratio: 1 })
    await page.keyboard.press('PageUp')
    await expect(focused).toHaveAttribute('aria-posinset', `${drawn + 15}`)
    await expect(focused).not.toHaveAttribute('aria-setsize', '-1')

    // The line that has the focus keeps it, also out of sight and while others come.
    const sentence = await focused.evaluate(row => row.querySelector('[id^=sentence]')?.textContent)
    await page.mouse.move(640, 500)
    await page.mouse.wheel(0, -5_000)
    await createCompany('Oscorp')
    await page.getByRole('status').filter({ hasText: '1 new activity above.' }).waitFor({ state: 'attached' })
    expect(await focused.evaluate(row => row.querySelector('[id^=sentence]')?.textContent)).toBe(sentence)

    await page.keyboard.press('Control+End')
    await expect(page.getByText('That is everything since Attio was connected.')).toBeInViewport()
    await expect(focused).toHaveCount(0)
    await page.keyboard.press('Shift+Tab')
    await expect(page.locator('article:focus-within')).toHaveCount(1)
    await page.keyboard.press('Control+Home')
    await expect(page.getByRole('heading', { name: 'Timeline' })).toBeFocused()
  }))

test('a line has an address of its own, and going back finds the list as it was left', () =>
  visit(async page => {
    const read = saying(page, 'Katherine Johnson added Umbrella Health to At Risk')
    await scrollTo(page, read)
    const left = await topOf(read)
    const sentence = (await read.evaluate(row => row.querySelector('[id^=sentence]')?.textContent)) ?? ''
    await read.getByRole('link', { name: /open this activity$/ }).click()
    await expect(page.getByRole('heading', { level: 1, name: sentence })).toBeVisible()
    await expect(page.getByText('list-entry.created')).toBeVisible()
    await page.goBack()
    await expect.poll(() => topOf(read)).toBe(left)

    await page.goForward()
    await page.reload()
    await expect(page.getByRole('heading', { level: 1, name: sentence })).toBeVisible()
    await expect(page.getByText('list-entry.created')).toBeVisible()
    await checkAccessibility(page, 'one activity')
  }))

test('an address that leads to no line says so', () =>
  visit(async (page, { trouble }) => {
    trouble.allow(/status of 404/)
    await page.goto('/activities/0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10')
    await expect(page.getByRole('heading', { name: 'There is no such activity' })).toBeVisible()
    await checkAccessibility(page, 'no such activity')
  }))

test('a time in which Attio could deliver nothing is a band in its place between the lines', () =>
  visit(async page => {
    const { urls, organizations, connection_id, webhook_endpoints } = stack.info
    const id = webhook_endpoints.find(({ purpose }) => purpose === 'records')?.attio_webhook_id
    await attio.control('DELETE', `/webhooks/${id}`, z.unknown())
    await adminOf(urls.api, organizations.northwind.admin.token).finish(
      'POST',
      `/v1/integrations/attio/connections/${connection_id}/refresh`,
    )
    await createCompany('Massive Dynamic')
    await expect(saying(page, /created company Massive Dynamic/)).toBeVisible()
    await page.reload()
    const band = saying(page, /^Activities are missing between/)
    await expect(band).toContainText('Records and list entries of Northwind Traders were affected.')
    await expect(saying(page, /created company Massive Dynamic/)).toHaveAttribute('aria-posinset', '1')
    await expect(band).toHaveAttribute('aria-posinset', '2')
    await checkAccessibility(page, 'a gap')
  }))

/** Turns the wheel until a row is within the window and at rest. */
async function scrollTo(page: Page, row: Locator): Promise<void> {
  await page.mouse.move(640, 600)
  await expect(async () => {
    await page.mouse.wheel(0, 400)
    await expect(row).toBeInViewport({ ratio: 1, timeout: 250 })
  }).toPass()
  await expect.poll(() => isAtRest(row)).toBe(true)
}

async function isAtRest(row: Locator): Promise<boolean> {
  return await row.evaluate(
    element =>
      new Promise<boolean>(resolve => {
        const before = element.getBoundingClientRect().top
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(element.getBoundingClientRect().top === before)))
      }),
  )
}
