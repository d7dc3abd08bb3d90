import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, jest, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { type Admin, adminOf, eventually } from '../harness/admin.ts'
import { timelineApi } from '../harness/api.ts'
import { idOf, openSimulator, type Simulator } from '../harness/simulator.ts'
import { type RunningStack, startWholeStack } from '../harness/stack.ts'
import { addWorkspace } from '../harness/workspaces.ts'
import { checkAccessibility } from './harness/accessibility.ts'
import { openBrowser, type TestBrowser, type Visit } from './harness/browser.ts'
import { expect } from './harness/expect.ts'
import { signIn } from './harness/sign-in.ts'

/*
 * What an admin says of members, areas and lists, and what the timeline that somebody has open makes of it without a reload.
 */

jest.setTimeout(60_000)
const ada = 'ada.lovelace@northwind.example'
const grace = 'grace.hopper@northwind.example'
const mary = 'mary@freelance.example'
const users = '/integrations/attio/users'
const features = '/integrations/attio/features'

let stack: RunningStack
let browser: TestBrowser
let attio: Simulator
let admin: Admin
/** A visit by somebody who opens one page, and beside it, for an admin, the timeline. */
let visit: (as: string, path: string, body: (visit: Visit & { timeline: () => Promise<Page> }) => Promise<void>) => Promise<void>

const hidden = z.looseObject({ counts: z.looseObject({ hidden_activities: z.number() }) })
const deliveries = z.looseObject({ data: z.array(z.looseObject({ reason: z.string().nullable() })) })

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startWholeStack(), openBrowser()])
  const { urls, organizations } = stack.info
  attio = await openSimulator(urls.attio)
  admin = adminOf(urls.api, organizations.northwind.admin.token)
  visit = (as, path, body) =>
    browser.visit(
      async given => {
        await signIn(given.page, as, path)
        const timeline = async () => {
          const page = await given.context.newPage()
          await page.goto('/timeline')
          await expect(page.getByText('Live', { exact: true })).toBeVisible()
          return page
        }
        await body({ ...given, timeline })
      },
      { baseURL: urls.frontend },
    )
  await makeCompany('Lighthouse Ltd', mary)
  await makeCompany('Windmill Ltd', mary)
  await makeCompany('Open Ltd', ada)
  await eventually(
    () => admin.read(hidden, 'GET', '/v1/integrations/attio/members'),
    ({ counts }) => counts.hidden_activities === 2,
  )
  await timelineApi(urls.api, organizations.northwind.admin.token).until(await makeCompany('Note Ltd', ada), lines => lines.length === 1)
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

/** Nobody has said anything of these two: the one that no e-mail leads to, and the one who is suspended. */
beforeEach(async () => {
  for (const email of [mary, 'alan.kay@northwind.example']) {
    await admin.read(
      z.unknown(),
      'PATCH',
      `/v1/integrations/attio/members/${attio.ids.members[email]}?connection=${stack.info.connection_id}`,
      { mapping: 'auto' },
    )
  }
})

const makeCompany = async (name: string, by: string) =>
  idOf(await attio.write('POST', '/v2/objects/companies/records', by, { values: { name } }), 'record_id')
const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) })
const lineOf = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text })
const tile = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Members by state' }).getByRole('link', { name: new RegExp(`^${name}`) })
const area = (page: Page, name: string) => page.getByRole('switch', { name })

async function choose(page: Page, member: string, option: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: `Change ${member}` }).click()
  await page.getByRole('menuitem', { name: option }).click()
}

describe('members', () => {
  test('mapping by hand shows what was hidden in an open timeline; unmapping hides it, excluding counts it no more', () =>
    visit(ada, users, async ({ page, timeline }) => {
      const open = await timeline()
      await expect(lineOf(open, 'Open Ltd')).toBeVisible()
      await expect(row(page, 'Mary Shelley')).toContainText('2 activities hidden')
      await expect(row(page, 'Alan Kay')).toContainText('Suspended in Attio')
      await expect(row(page, 'Katherine Johnson')).toContainText('by e-mail')
      await expect(tile(page, 'Unmapped')).toContainText(/2\s*2 activities hidden/)
      await checkAccessibility(page, 'members')

      await page.getByRole('button', { name: 'Map Mary Shelley to a person' }).click()
      const field = page.getByLabel('Find a person')
      await expect(field).toBeFocused()
      await expect(page.getByRole('option', { name: /Ada Lovelace/ })).toBeVisible()
      await checkAccessibility(page, 'choosing a person')
      await page.keyboard.type('hopper')
      await expect(page.getByRole('option')).toHaveCount(1)
      await page.keyboard.press('Enter')
      await expect(page.getByText('Mary Shelley is mapped to Grace Hopper. 2 activities are shown now.')).toBeVisible()
      await expect(row(page, 'Mary Shelley')).toContainText(`${grace} · by hand`)
      await expect(tile(page, 'Unmapped')).toContainText(/1\s*nothing hidden/)
      await expect(lineOf(open, 'Lighthouse Ltd')).toBeVisible()
      await expect(lineOf(open, 'Windmill Ltd')).toBeVisible()

      await page.getByRole('button', { name: 'Change Mary Shelley' }).click()
      await expect(page.getByRole('menuitem', { name: /^Unmap/ })).toBeVisible()
      await checkAccessibility(page, 'what can be said of a member')
      await page.getByRole('menuitem', { name: /^Unmap/ }).click()
      await expect(page.getByText('2 activities are hidden now.')).toBeVisible()
      await expect(row(page, 'Mary Shelley')).toContainText('unmapped by hand')
      await expect(lineOf(open, 'Lighthouse Ltd')).toBeHidden()

      await choose(page, 'Mary Shelley', /^Exclude/)
      await expect(page.getByText('2 activities are counted as hidden no more.')).toBeVisible()
      await expect(tile(page, 'Unmapped')).toContainText(/1\s*nothing hidden/)
      await expect(tile(page, 'Excluded')).toContainText('1')
      await choose(page, 'Mary Shelley', /^Follow/)
      await expect(tile(page, 'Unmapped')).toContainText(/2\s*2 activities hidden/)
    }))

  test('each count shows only those members, in the address; the focus stays near when a changed member leaves the list', () =>
    visit(ada, users, async ({ page }) => {
      await tile(page, 'Unmapped').click()
      await expect(page).toHaveURL(`${users}?state=unmapped`)
      await expect(row(page, 'Ada Lovelace')).toBeHidden()
      await expect(tile(page, 'Unmapped')).toHaveAttribute('aria-current', 'page')
      await expect(tile(page, 'All members')).not.toHaveAttribute('aria-current', 'page')
      await choose(page, 'Alan Kay', /^Exclude/)
      await expect(row(page, 'Alan Kay')).toBeHidden()
      await expect(page.getByRole('region', { name: 'Attio members and the people they are mapped to' })).toBeFocused()
      await page.reload()
      await expect(row(page, 'Mary Shelley')).toBeVisible()
      await expect(row(page, 'Ada Lovelace')).toBeHidden()
      await tile(page, 'Excluded').click()
      await choose(page, 'Alan Kay', /^Follow/)
      await expect(page.getByText('No member is excluded.')).toBeVisible()
      await checkAccessibility(page, 'no member in a state')
    }))

  test('a change that does not arrive is taken back, and told', () =>
    visit(ada, users, async ({ page, trouble }) => {
      trouble.allow(/net::ERR_FAILED/)
      await page.route('**/v1/integrations/attio/members/**', route =>
        route.request().method() === 'PATCH' ? route.abort() : route.fallback(),
      )
      await choose(page, 'Mary Shelley', /^Exclude/)
      await expect(page.getByRole('alert')).toContainText('Nothing was changed')
      await expect(row(page, 'Mary Shelley')).toContainText('nobody has this e-mail')
      await expect(tile(page, 'Unmapped')).toContainText(/2\s*2 activities hidden/)
      await expect(tile(page, 'Excluded')).toContainText('0')
      await checkAccessibility(page, 'a change that failed')
    }))

  test('a member whom nobody is can be registered, and is then mapped by e-mail', () =>
    visit(ada, users, async ({ page, timeline }) => {
      const open = await timeline()
      await page.getByRole('button', { name: 'Map Mary Shelley to a person' }).click()
      await expect(page.getByText(`Nobody in your organisation has the e-mail ${mary}.`)).toBeVisible()
      await page.getByRole('button', { name: 'Register and map' }).click()
      await expect(page.getByText('2 activities are shown now.')).toBeVisible()
      await expect(row(page, 'Mary Shelley')).toContainText('by e-mail')
      await expect(lineOf(open, 'Lighthouse Ltd')).toContainText('Mary Shelley')
    }))
})

describe('feature areas', () => {
  test('one that is off hides its lines in an open timeline at once; on again it shows them, with what happened meanwhile', () =>
    visit(ada, features, async ({ page, timeline }) => {
      const company = await makeCompany('Noted Ltd', ada)
      const note = (title: string) =>
        attio.write('POST', '/v2/notes', ada, {
          parent_object: 'companies',
          parent_record_id: company,
          title,
          format: 'plaintext',
          content: 'x',
        })
      await note('Before')
      const open = await timeline()
      await expect(lineOf(open, 'Before')).toBeVisible()
      await expect(area(page, 'Notes & Comments')).toBeChecked()
      await expect(page.getByText('Recording goes on while an area is off')).toBeVisible()
      await checkAccessibility(page, 'features')
      await area(page, 'Notes & Comments').press('Space')
      await expect(page.getByText('Notes & Comments is hidden from everybody')).toBeVisible()
      await expect(lineOf(open, 'Before')).toBeHidden()
      await expect(lineOf(open, 'Noted Ltd')).toBeVisible()
      await checkAccessibility(page, 'an area that is off')
      await note('Meanwhile')
      await makeCompany('After Meanwhile Ltd', ada)
      await expect(lineOf(open, 'After Meanwhile Ltd')).toBeVisible()
      await area(page, 'Notes & Comments').press('Space')
      await expect(page.getByText('Notes & Comments is shown again')).toBeVisible()
      await expect(lineOf(open, 'Before')).toBeVisible()
      await expect(open.getByRole('article').filter({ hasText: 'Meanwhile' }).filter({ hasText: 'Note created' })).toBeVisible()
    }))

  test('a switch whose change does not arrive goes back, and says so', () =>
    visit(ada, features, async ({ page, trouble }) => {
      trouble.allow(/net::ERR_FAILED/)
      await page.route('**/features/calls', route => (route.request().method() === 'PATCH' ? route.abort() : route.fallback()))
      await area(page, 'Calls').press('Space')
      await expect(page.getByRole('alert')).toContainText('Nothing was changed')
      await expect(area(page, 'Calls')).toBeChecked()
    }))
})

describe('private lists', () => {
  test('one that is shown brings what was withheld into an open timeline, and takes it away when it is hidden again', () =>
    visit(ada, features, async ({ page, timeline }) => {
      const made = await attio.write('POST', '/v2/lists', ada, {
        ...{ name: 'Acquisitions', api_slug: `list_${randomUUID().slice(0, 8)}`, parent_object: 'companies' },
        ...{ workspace_access: null, workspace_member_access: [] },
      })
      const company = await makeCompany('Target Ltd', ada)
      await attio.write('POST', `/v2/lists/${idOf(made, 'list_id')}/entries`, ada, {
        parent_object: 'companies',
        parent_record_id: company,
        entry_values: {},
      })
      const log = `/v1/integrations/attio/connections/${stack.info.connection_id}/deliveries?state=filtered&limit=200`
      await eventually(
        () => admin.read(deliveries, 'GET', log),
        ({ data }) => data.some(({ reason }) => reason === 'private list'),
      )
      const open = await timeline()
      await expect(lineOf(open, 'Target Ltd')).toHaveCount(1)
      await page.reload()
      const list = page.getByRole('switch', { name: 'Show Acquisitions' })
      await expect(list).not.toBeChecked()
      await expect(page.getByText('lets everybody in your organisation read')).toBeVisible()
      await list.press('Space')
      await expect(page.getByText('Acquisitions is shown.')).toBeVisible()
      await expect(lineOf(open, 'Added to Acquisitions')).toBeVisible()
      await expect(page.getByRole('region', { name: /replay/i })).toHaveAttribute('aria-busy', 'false')
      await checkAccessibility(page, 'a private list that is shown')
      await list.press('Space')
      await expect(lineOf(open, 'Added to Acquisitions')).toBeHidden()
      await page.getByRole('switch', { name: /^Show all private lists/ }).press('Space')
      await expect(lineOf(open, 'Added to Acquisitions')).toBeVisible()
      await expect(page.getByRole('switch', { name: 'Show Board Candidates' })).toBeChecked()
    }))
})

describe('a member who is no admin', () => {
  test('reads who is mapped to whom, and is offered no change', () =>
    visit(grace, users, async ({ page }) => {
      await expect(row(page, 'Katherine Johnson')).toBeVisible()
      await expect(page.getByRole('main').getByRole('button')).toHaveCount(0)
      await expect(page.getByText('read-only')).toBeVisible()
      await checkAccessibility(page, 'members, read-only')
    }))

  test('sees what is on and off, with switches that are disabled and say why', () =>
    visit(grace, features, async ({ page }) => {
      await expect(area(page, 'Deals')).toBeChecked()
      for (const each of await page.getByRole('switch').all()) await expect(each).toBeDisabled()
      expect(await page.getByRole('switch').count()).toBeGreaterThanOrEqual(6)
      await expect(page.getByText('Only administrators of your organisation can change')).toBeVisible()
      await checkAccessibility(page, 'features, read-only')
    }))
})

test('members of several workspaces are told apart, and can be narrowed to those of one', async () => {
  const { connectionId } = await addWorkspace(stack, 'northwind', 'second')
  await visit(ada, `${users}?state=mapped`, async ({ page }) => {
    await expect(row(page, 'Ada Lovelace')).toHaveCount(2)
    await expect(page.getByRole('columnheader', { name: 'Workspace' })).toBeVisible()
    await checkAccessibility(page, 'members of several workspaces')
    await page.getByLabel('Workspace').selectOption('Workspace second')
    await expect(page).toHaveURL(`${users}?state=mapped&connection=${connectionId}`)
    await expect(row(page, 'Ada Lovelace')).toHaveCount(1)
    await expect(row(page, 'Katherine Johnson')).toHaveCount(0)
    await expect(tile(page, 'All members')).toContainText('1')
    await tile(page, 'All members').click()
    await expect(page).toHaveURL(`${users}?connection=${connectionId}`)
    await page.goto('/integrations/attio/features')
    await expect(page.getByRole('heading', { name: 'Lists of Workspace second' })).toBeVisible()
    await checkAccessibility(page, 'lists of several workspaces')
  })
})
