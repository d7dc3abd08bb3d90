import { afterAll, beforeAll, jest, test } from '@jest/globals'
import pg from 'pg'
import type { Locator, Page } from 'playwright-core'
import { z } from 'zod'
import { openSimulator, type Simulator } from '../harness/simulator.ts'
import { type RunningStack, startWholeStack } from '../harness/stack.ts'
import { checkAccessibility } from './harness/accessibility.ts'
import { openBrowser, type TestBrowser, type Visit } from './harness/browser.ts'
import { expect } from './harness/expect.ts'
import { signIn } from './harness/sign-in.ts'

/*
 * Overview, in the order of a connection's life: nothing is connected, a workspace is connected through Attio's consent page and waited for, falls ill and is
 * repaired, is disconnected, erased. Globex begins with nothing; Northwind is connected from the start.
 */

jest.setTimeout(120_000)
const ada = 'ada.lovelace@northwind.example'
const grace = 'grace.hopper@northwind.example'
const hedy = 'hedy.lamarr@globex.example'
const overview = '/integrations/attio'

let stack: RunningStack
let browser: TestBrowser
let globex: Simulator
let northwind: Simulator
let pool: pg.Pool
let visit: (as: string, body: (page: Page, visit: Visit) => Promise<void>) => Promise<void>

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startWholeStack(), openBrowser()])
  const { urls, database_url } = stack.info
  globex = await openSimulator(urls.attio, 'globex')
  northwind = await openSimulator(urls.attio)
  pool = new pg.Pool({ connectionString: database_url, max: 1 })
  visit = (as, body) =>
    browser.visit(
      async visit => {
        await signIn(visit.page, as, overview)
        await body(visit.page, visit)
      },
      { baseURL: urls.frontend },
    )
})
afterAll(async () => {
  await Promise.all([pool?.end(), browser?.close()])
  await stack?.stop()
})

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const button = (within: Page | Locator, name: string | RegExp) => within.getByRole('button', { name })
const faults = (workspace: string, switches: object) => northwind.control('PUT', `/faults?workspace=${workspace}`, z.unknown(), switches)
const heal = (workspace: string) => northwind.control('DELETE', `/faults?workspace=${workspace}`, z.unknown())

/** Answers Attio's question, on its page. */
async function consent(page: Page, workspace: string, decision: 'Allow' | 'Deny'): Promise<void> {
  await page.getByRole('radio', { name: workspace }).check()
  await button(page, decision).click()
}

test('where nothing is connected, the page says what is read and what is not, and a refusal at Attio is told as one', () =>
  visit(hedy, async page => {
    await expect(page.getByRole('heading', { name: 'Connect Attio' })).toBeVisible()
    await expect(page.getByText('Nothing from before you connect is imported')).toBeVisible()
    await checkAccessibility(page, 'nothing connected')
    await button(page, 'Connect Attio').click()
    await consent(page, 'Globex', 'Deny')
    const message = page.getByRole('alert').filter({ hasText: 'Consent was refused at Attio' })
    await expect(message).toBeVisible()
    await expect(page).toHaveURL(overview)
    await checkAccessibility(page, 'consent refused')
    await page.reload()
    await expect(message).toBeVisible()
    await button(message, 'Dismiss').click()
    await expect(message).toBeHidden()
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Connect Attio' })).toBeVisible()
    await expect(message).toBeHidden()
    await page.goto(`${overview}?error=workspace_taken`)
    await expect(page.getByText('Another organisation has connected this workspace.')).toBeVisible()
    await expect(page).toHaveURL(overview)
    await button(page, 'Dismiss').click()
  }))

test('a workspace is connected through Attio’s page; the first change in it appears without reload', () =>
  visit(hedy, async page => {
    await button(page, 'Connect Attio').click()
    await consent(page, 'Globex', 'Allow')
    const waiting = page.getByText('Change anything in Attio; it will appear here.')
    await expect(waiting).toBeVisible()
    await expect(page.getByText('Globex is connected')).toBeVisible()
    await expect(page).toHaveURL(overview)
    const globexHere = section(page, 'Globex')
    await expect(globexHere.getByText('11 of 11 needed are granted')).toBeVisible()
    await expect(globexHere.getByText('Authorised by')).toBeVisible()
    await checkAccessibility(page, 'waiting for the first event')
    await globex.write('POST', '/v2/objects/companies/records', hedy, { values: { name: 'First Light Ltd' } })
    await expect(page.getByRole('link', { name: 'First Light Ltd > Created' })).toBeVisible()
    await expect(waiting).toBeHidden()
    await checkAccessibility(page, 'the first event has come')
    await button(page, 'Dismiss').click()
    await expect(page.getByText('Globex is connected')).toBeHidden()
    await expect(button(page, 'Connect another workspace')).toBeVisible()
  }))

test('a degraded webhook is told without reload; a refresh goes step by step, is one however often it is pressed, and repairs it', () =>
  visit(ada, async page => {
    const here = section(page, 'Northwind Traders')
    await expect(here.getByText('Connected', { exact: true }).first()).toBeVisible()
    const id = stack.info.connection_id
    const { rows } = await pool.query(
      `select attio_webhook_id as attio from webhook where connection_id = $1 and purpose = 'records' and retired_at is null`,
      [id],
    )
    await northwind.control('PUT', `/webhooks/${rows[0].attio}/status`, z.unknown(), { status: 'degraded' })
    await pool.query('update connection set check_due_at = now() where id = $1', [id])
    const why = here.getByText(/Attio calls a webhook degraded/).first()
    // Its own next check, and this page's next look.
    await expect(why).toBeVisible({ timeout: 45_000 })
    await expect(here.getByText('The connection is degraded')).toBeVisible()
    await checkAccessibility(page, 'degraded')

    await pool.query(`update webhook set degraded_since = now() - interval '5 days' where connection_id = $1`, [id])
    await faults('northwind', { slow_ms: 400 })
    const asked: Promise<string>[] = []
    page.on('response', response => {
      if (response.url().endsWith(`/connections/${id}/refresh`) && response.request().method() === 'POST')
        asked.push(response.json().then(run => run.id))
    })
    const refresh = button(here, 'Refresh Connection').first()
    await refresh.click()
    const run = page.getByRole('region', { name: 'Refresh Connection' })
    const step = (name: string) => run.getByRole('listitem').filter({ hasText: name })
    await expect(step('Token')).toContainText('under way')
    await expect(step('Names')).toContainText('waiting')
    await refresh.click()
    await expect.poll(() => asked.length).toBe(2)
    const ids = await Promise.all(asked)
    expect(ids[1]).toBe(ids[0])
    await heal('northwind')
    await expect(run).toContainText('The connection was refreshed')
    await expect(run).toHaveCount(1)
    await expect(step('Webhooks')).toContainText(/was degraded and has been replaced/i)
    await expect(why).toBeHidden()
    await expect(here.getByText('Connected', { exact: true }).first()).toBeVisible()
    await checkAccessibility(page, 'refreshed')
    await button(run, 'Dismiss').click()
    await expect(run).toBeHidden()
  }))

test('a refresh that was begun before the page was left is shown by the page that comes back', () =>
  visit(ada, async page => {
    await faults('northwind', { slow_ms: 500 })
    await button(section(page, 'Northwind Traders'), 'Refresh Connection').click()
    const run = page.getByRole('region', { name: 'Refresh Connection' })
    await expect(run).toContainText('Refreshing the connection')
    await page.reload()
    await expect(run).toContainText('Refreshing the connection')
    await heal('northwind')
    await expect(run).toContainText('The connection was refreshed')
  }))

test('a dead token is named by a refresh, and authorising anew mends it', () =>
  visit(ada, async page => {
    await faults('northwind', { token_revoked: true })
    const here = section(page, 'Northwind Traders')
    await button(here, 'Refresh Connection').click()
    await expect(here.getByText(/Attio takes the token no more: the app was uninstalled/).first()).toBeVisible()
    const run = page.getByRole('region', { name: 'Refresh Connection' })
    await expect(run).toContainText('something is left to do')
    await expect(here.getByText('Needs attention', { exact: true }).first()).toBeVisible()
    await checkAccessibility(page, 'needs attention')
    await heal('northwind')
    await button(run, 'Authorise Northwind Traders again').click()
    await consent(page, 'Northwind Traders', 'Allow')
    await expect(page.getByText('Northwind Traders is connected')).toBeVisible()
    await expect(here.getByText('Connected', { exact: true }).first()).toBeVisible()
    await expect(here).toHaveCount(1)
  }))

test('a member sees how things are, no button that is not theirs, and nothing is asked that is refused', async () => {
  await visit(grace, async page => {
    const refused: string[] = []
    page.on('response', response => void (response.status() >= 400 && refused.push(`${response.status()} ${response.url()}`)))
    await page.reload()
    const here = section(page, 'Northwind Traders')
    await expect(here.getByText('11 of 11 needed are granted')).toBeVisible()
    await expect(page.getByText('read-only')).toBeVisible()
    await expect(page.getByRole('main').getByRole('button')).toHaveCount(0)
    await checkAccessibility(page, 'seen by a member')
    expect(refused).toEqual([])
  })
})

test('disconnecting asks for the name, goes away with Escape, and keeps the timeline', () =>
  visit(hedy, async page => {
    const here = section(page, 'Globex')
    const open = button(here, 'Disconnect…')
    await open.click()
    const dialog = page.getByRole('dialog', { name: 'Disconnect Globex' })
    await expect(dialog.getByRole('textbox')).toBeFocused()
    await checkAccessibility(page, 'disconnect?')
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(open).toBeFocused()
    await open.click()
    await expect(button(dialog, 'Disconnect')).toBeDisabled()
    await dialog.getByRole('textbox').fill('Globex')
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('region', { name: 'Disconnect: Globex' })).toContainText('The workspace was disconnected')
    await expect(page.locator(':focus')).toContainText('The workspace was disconnected')
    await expect(here.getByText('Disconnected', { exact: true }).first()).toBeVisible()
    await expect(button(here, 'Connect Globex again')).toBeVisible()
    await checkAccessibility(page, 'disconnected')
    await page.goto('/timeline')
    await expect(page.getByText('First Light Ltd').first()).toBeVisible()
  }))

test('erasing needs the exact name, and leaves neither connection nor lines', () =>
  visit(hedy, async page => {
    await button(section(page, 'Globex'), 'Erase…').click()
    const dialog = page.getByRole('dialog', { name: 'Erase Globex' })
    const erase = button(dialog, 'Erase everything')
    await dialog.getByRole('textbox').fill('globex')
    await expect(erase).toBeDisabled()
    await checkAccessibility(page, 'erase?')
    await dialog.getByRole('textbox').fill('Globex')
    await erase.click()
    const run = page.getByRole('region', { name: 'Disconnect and erase' })
    await expect(run).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Connect Attio' })).toBeVisible()
    await expect(run).toContainText('Globex')
    await checkAccessibility(page, 'erased')
    await page.goto('/timeline')
    await expect(page.getByText('Attio is not connected yet')).toBeVisible()
    await expect(page.getByText('First Light Ltd')).toHaveCount(0)
  }))

test('a second workspace is connected beside the first; a first event that makes no line is told too', () =>
  visit(ada, async page => {
    const members = [{ first: 'Ada', last: 'Lovelace', email: ada, access: 'admin' }]
    await northwind.control('POST', '/workspaces', z.unknown(), { slug: 'annex', name: 'Northwind Annex', members })
    await button(page, 'Connect another workspace').click()
    await consent(page, 'Northwind Annex', 'Allow')
    await expect(page.getByText('Northwind Annex is connected')).toBeVisible()
    await expect(section(page, 'Northwind Annex').getByText('11 of 11 needed are granted')).toBeVisible()
    await expect(section(page, 'Northwind Traders').getByText('11 of 11 needed are granted')).toBeVisible()
    await checkAccessibility(page, 'two workspaces')
    const annex = await openSimulator(stack.info.urls.attio, 'annex')
    await annex.write('POST', '/v2/objects/companies/records', 'system', { values: { name: 'Made by a robot' } })
    await expect(page.getByText('An event has arrived. It made no line that you can see')).toBeVisible()
  }))

test('an API that is away is told with a way on, which leads on once it is back', () =>
  visit(ada, async (page, { trouble }) => {
    trouble.allow(/net::ERR_FAILED/)
    const address = `${stack.info.urls.api}/v1/integrations/attio`
    await page.route(address, route => route.abort())
    await page.reload()
    const alert = page.getByRole('alert').filter({ hasText: 'The server does not answer' })
    await expect(alert).toBeVisible()
    await checkAccessibility(page, 'the API is away')
    await page.unroute(address)
    await button(alert, 'Try again').click()
    await expect(section(page, 'Northwind Traders')).toBeVisible()
    await expect(alert).toBeHidden()
  }))
