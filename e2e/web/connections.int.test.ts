import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, jest, test } from '@jest/globals'
import pg from 'pg'
import type { Locator, Page } from 'playwright-core'
import { adminOf } from '../harness/admin.ts'
import { timelineApi } from '../harness/api.ts'
import { post } from '../harness/deliveries.ts'
import { idOf, openSimulator, type Simulator } from '../harness/simulator.ts'
import { type RunningStack, startWholeStack } from '../harness/stack.ts'
import { addWorkspace } from '../harness/workspaces.ts'
import { checkAccessibility } from './harness/accessibility.ts'
import { openBrowser, type TestBrowser } from './harness/browser.ts'
import { expect } from './harness/expect.ts'
import { signIn } from './harness/sign-in.ts'

/*
 * The activity log of a connection: what Attio delivered, what became of it, and how what was given up is worked again.
 */

jest.setTimeout(120_000)
const ada = 'ada.lovelace@northwind.example'
const hedy = 'hedy.lamarr@globex.example'
const grace = 'grace.hopper@northwind.example'
/** A contractor, whose e-mail at Attio is nobody's here. */
const mary = 'mary@freelance.example'
const list = '/integrations/attio/connections'

let stack: RunningStack
let browser: TestBrowser
let attio: Simulator
let pool: pg.Pool
let records: string
let visit: (as: string, address: string, body: (page: Page) => Promise<void>) => Promise<void>

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startWholeStack(), openBrowser()])
  const { urls, database_url } = stack.info
  attio = await openSimulator(urls.attio)
  pool = new pg.Pool({ connectionString: database_url, max: 1 })
  records = stack.info.webhook_endpoints.find(({ purpose }) => purpose === 'records')?.attio_webhook_id ?? ''
  visit = (as, address, body) =>
    browser.visit(
      async ({ page }) => {
        await signIn(page, as, address)
        await body(page)
      },
      { baseURL: urls.frontend },
    )
})
afterAll(async () => {
  await Promise.all([pool?.end(), browser?.close()])
  await stack?.stop()
})

const log = (query = '') => `${list}/${stack.info.connection_id}${query}`
const row = (page: Page, text: string | RegExp) => page.getByRole('row').filter({ hasText: text })
const button = (within: Page | Locator, name: string | RegExp) => within.getByRole('button', { name })
const panel = (page: Page) => page.getByRole('dialog', { name: 'Delivery' })
const chip = (page: Page, name: RegExp) => page.getByRole('group', { name: 'State' }).getByRole('checkbox', { name })

async function makeCompany(name: string, actor = ada): Promise<string> {
  return idOf(await attio.write('POST', '/v2/objects/companies/records', actor, { values: { name } }), 'record_id')
}
/** Makes a company, and waits for its line. */
async function tellOf(name: string): Promise<string> {
  const { urls, organizations } = stack.info
  const id = await makeCompany(name)
  await timelineApi(urls.api, organizations.northwind.admin.token).until(id, lines => lines.length === 1)
  return id
}
const makeTask = (content: string) =>
  attio.write('POST', '/v2/tasks', ada, {
    content,
    format: 'plaintext',
    deadline_at: null,
    is_completed: false,
    linked_records: [],
    assignees: [],
  })
/** The delivery that made a line of this title. */
async function deliveryOf(title: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    'select e.delivery_id as id from event e join activity a on a.id = e.activity_id where a.title = $1',
    [title],
  )
  return rows[0]?.id ?? ''
}
/** Opens the delivery of a row by its link, which is the whole of it. */
const openRow = (page: Page, text: string | RegExp) => row(page, text).first().getByRole('link').click()

test('a workspace is listed with how it is; its log is empty until something happens, then what arrives is told and does not move what is read', () =>
  visit(ada, list, async page => {
    const here = page.getByRole('region', { name: 'Northwind Traders' })
    await expect(here.getByText('Connected', { exact: true })).toBeVisible()
    await expect(here.getByRole('row', { name: /^Records and lists Active/ })).toBeVisible()
    await expect(here.getByRole('row', { name: /^Notes, tasks, comments and calls Active/ })).toBeVisible()
    await expect(page.getByText('Other automated changes are never sent')).toBeVisible()
    await checkAccessibility(page, 'the list of connections')
    await here.getByRole('link', { name: 'Activity log of Northwind Traders' }).click()
    await expect(page.getByText('Nothing was delivered yet')).toBeVisible()
    await checkAccessibility(page, 'an empty log')
    await makeCompany('First Ltd')
    await expect(row(page, 'First Ltd > Created')).toContainText(/Record created.*Processed/)
    await makeCompany('Second Ltd')
    const news = button(page, '1 new delivery')
    await expect(news).toBeVisible()
    await expect(row(page, 'Second Ltd')).toHaveCount(0)
    await news.click()
    await expect(row(page, 'Ltd > Created')).toHaveText([/Second Ltd/, /First Ltd/])
    await expect(news).toBeHidden()
    await checkAccessibility(page, 'a log with deliveries')
  }))

test('a delivery that cannot be worked says when it is tried again, is given up, is found among the dead, and is replayed into the timeline', async () => {
  await pool.query(`create function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$`)
  await pool.query(
    `create trigger refuse before insert on event for each row when (new.event_type = 'task.created') execute function refuse()`,
  )
  await makeTask('Call the printer')
  await visit(ada, log('?event_type=task.created'), async page => {
    const tried = row(page, 'Task created')
    await expect(tried).toContainText('It could not be made into events')
    await expect(tried).toContainText('Failed')
    // The last attempt but one; the next is far off.
    await pool.query(`update delivery set attempts = 7, due_at = now() + interval '1 hour' where state = 'failed'`)
    await openRow(page, 'Task created')
    await expect(panel(page)).toContainText(/7 attempts failed.*Next attempt in 1 hour/)
    await checkAccessibility(page, 'a delivery that failed')
    await button(panel(page), 'Try now').click()
    await expect(panel(page)).toContainText('Given up after 8 attempts')
    await panel(page).getByRole('button', { name: 'Close' }).click()
    await expect(tried).toContainText(/Dead.*It could not be made into events/)

    await button(page, 'Clear filters').click()
    await expect(row(page, 'First Ltd')).toBeVisible()
    await chip(page, /^Dead 1/).press('Space')
    await expect(page).toHaveURL(/[?&]state=dead$/)
    await expect(row(page, 'First Ltd')).toHaveCount(0)
    await checkAccessibility(page, 'the dead')
    await openRow(page, 'Task created')
    await expect(panel(page)).toContainText('It could not be made into events')
    await expect(panel(page)).toContainText('Nothing is lost')
    await checkAccessibility(page, 'a dead delivery')

    await pool.query('drop trigger refuse on event')
    await button(panel(page), 'Replay').click()
    await expect(page.getByText('Replayed: it is processed.')).toBeVisible()
    await expect(panel(page)).toContainText('Worked at the first attempt')
    // Where it stands it stays, though it is none of the dead any more.
    await page.keyboard.press('Escape')
    await expect(row(page, 'Task created')).toContainText('Processed')
    await expect(row(page, 'Task created').getByRole('link')).toBeFocused()
    await openRow(page, 'Task created')
    await panel(page).getByRole('link', { name: 'Call the printer > Task created' }).click()
    await expect(page).toHaveURL(/\/activities\//)
    await page.goto('/timeline')
    await expect(page.getByText('Call the printer').first()).toBeVisible()
  })
})

test('all that are dead are replayed at once, and those of a range by the dialog, with progress and what came of it', async () => {
  for (const name of ['One Dead Ltd', 'Two Dead Ltd', 'Three Dead Ltd']) await tellOf(name)
  await pool.query(
    `update delivery set state = 'dead', reason = 'begun 8 times and never finished', attempts = 8 where id in
       (select e.delivery_id from event e join activity a on a.id = e.activity_id where a.title like '% Dead Ltd > Created')`,
  )
  await visit(ada, log(), async page => {
    await expect(row(page, /Dead.*It was begun again and again/)).toHaveCount(3)
    await button(page, 'Replay 3 dead deliveries').click()
    const run = page.getByRole('region', { name: 'Replay: Northwind Traders' })
    await expect(run).toContainText('The deliveries were replayed')
    await expect(run).toContainText('3 of 3 deliveries are worked again')
    await expect(row(page, /Processed.* Dead Ltd > Created/)).toHaveCount(3)
    await expect(button(page, /^Replay \d+ dead/)).toBeHidden()
    await checkAccessibility(page, 'a replay that is over')

    await chip(page, /^Processed/).press('Space')
    await button(page, 'Replay…').click()
    const dialog = page.getByRole('dialog', { name: 'Replay deliveries' })
    await expect(dialog.getByRole('checkbox', { checked: true })).toHaveCount(1)
    await dialog.getByRole('checkbox', { name: 'Processed' }).uncheck()
    await button(dialog, 'Replay').click()
    await expect(dialog.getByText('Choose at least one state.')).toBeVisible()
    await dialog.getByLabel('Received from').fill('2026-01-02T10:00')
    await dialog.getByLabel('Received until').fill('2026-01-01T10:00')
    await expect(dialog.getByText('This must be later than the other time.')).toBeVisible()
    await checkAccessibility(page, 'the dialog with its faults')
    await dialog.getByLabel('Received until').fill('2026-01-03T10:00')
    await dialog.getByRole('checkbox', { name: 'Processed' }).check()
    await button(dialog, 'Replay').click()
    await expect(dialog).toBeHidden()
    // Nothing is that old.
    await expect(run).toContainText('0 of 0 deliveries are worked again')
    await button(run, 'Dismiss').click()
    await expect(run).toBeHidden()
  })
})

test('a delivery has an address: its life, its repeats and what Attio sent are there at once; an id of none is told', async () => {
  const recordId = await tellOf('Deep Ltd')
  const id = await deliveryOf('Deep Ltd > Created')
  const { rows } = await pool.query<{ key: string; body: Buffer }>('select idempotency_key as key, body from delivery where id = $1', [id])
  const { key = '', body = Buffer.from('{}') } = rows[0] ?? {}
  await post(attio, { webhook_id: records, body: body.toString(), idempotency_key: key, times: 2 })
  await visit(ada, log(`?state=processed&delivery=${id}`), async page => {
    const life = panel(page).getByRole('listitem')
    await expect(life.filter({ hasText: 'Idempotency key' })).toContainText(key)
    await expect(panel(page)).toContainText('2 times, which changed nothing')
    await expect(life.filter({ hasText: 'after it was received' })).toBeVisible()
    const sent = panel(page).getByRole('region', { name: 'Body of the delivery, as JSON' })
    await expect(sent).toBeHidden()
    await panel(page).getByText('What Attio sent').click()
    await expect(sent).toContainText(recordId)
    await sent.focus()
    await expect(sent).toBeFocused()
    await checkAccessibility(page, 'a delivery in full')
    await page.keyboard.press('Escape')
    await expect(panel(page)).toBeHidden()
    await expect(page).toHaveURL(/connections\/[^/]+\?state=processed$/)
    await expect(row(page, 'Deep Ltd')).toContainText('sent again 2 times')
    await page.goBack()
    await expect(panel(page)).toBeVisible()
  })
  await browser.visit(
    async ({ page, trouble }) => {
      trouble.allow(/404/)
      await signIn(page, ada, log('?delivery=00000000-0000-4000-8000-000000000000'))
      await expect(panel(page).getByText('There is no such delivery')).toBeVisible()
      await expect(panel(page)).toContainText('The address may be mistyped')
      await checkAccessibility(page, 'no such delivery')
    },
    { baseURL: stack.info.urls.frontend },
  )
})

test('filters stand in the address, also those of time, and where nothing matches that is said', async () => {
  await tellOf('Filtered Ltd')
  await visit(ada, log('?event_type=record.created&from=2026-01-01T00:00:00Z'), async page => {
    await expect(row(page, 'Filtered Ltd')).toBeVisible()
    await expect(row(page, 'Task created')).toHaveCount(0)
    await expect(page.getByLabel('From')).toHaveValue(/^202[56]-/)
    await page.getByLabel('Until').fill('2026-01-02T00:00')
    await expect(page.getByText('No delivery matches these filters')).toBeVisible()
    await expect(page).toHaveURL(/[?&]to=2026-01-0/)
    await checkAccessibility(page, 'no match')
    await button(page, 'Clear filters').click()
    await expect(row(page, 'Task created')).toBeVisible()
    await expect(page.getByLabel('From')).toHaveValue('')
    await page.getByRole('combobox', { name: 'What came' }).click()
    await page.getByRole('option', { name: 'Task created' }).click()
    await expect(page).toHaveURL(/[?&]event_type=task\.created/)
    await expect(row(page, 'Filtered Ltd')).toHaveCount(0)
    await checkAccessibility(page, 'a choice of what came')
  })
})

test('what nobody is mapped for says that it is hidden, and leads to Users', async () => {
  await makeCompany('Made by a contractor', mary)
  await visit(ada, log(), async page => {
    await expect(row(page, 'Made by a contractor > Created')).toContainText('hidden')
    await openRow(page, 'Made by a contractor')
    await expect(panel(page)).toContainText('Hidden: whoever did it is mapped to nobody here.')
    await expect(panel(page).getByRole('link', { name: 'Made by a contractor > Created' })).toHaveCount(0)
    await checkAccessibility(page, 'a hidden line')
    await panel(page).getByRole('link', { name: 'Map this person' }).click()
    await expect(page).toHaveURL('/integrations/attio/users?state=unmapped')
  })
})

test('a member sees how the connection is and that the log is for administrators, and nothing is asked that is refused', () =>
  visit(grace, log(), async page => {
    const refused: string[] = []
    page.on('response', response => void (response.status() >= 400 && refused.push(`${response.status()} ${response.url()}`)))
    await page.reload()
    await expect(page.getByText('It is for administrators of your organisation.')).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Northwind Traders' })).toBeVisible()
    await expect(page.getByRole('row', { name: /^Records and lists Active/ })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Activity log' })).toHaveCount(0)
    await expect(page.getByRole('main').getByRole('button')).toHaveCount(0)
    await checkAccessibility(page, 'a connection seen by a member')
    expect(refused).toEqual([])
  }))

test('a connection of another organisation is none; one that was disconnected keeps its log, and offers no replay', async () => {
  const foreign = await addWorkspace(stack, 'globex', 'elsewhere')
  await browser.visit(
    async ({ page, trouble }) => {
      trouble.allow(/40[04]/)
      await signIn(page, ada, `${list}/${foreign.connectionId}`)
      await expect(page.getByRole('heading', { name: 'There is no such connection' })).toBeVisible()
      await checkAccessibility(page, 'no such connection')
      await page.goto(`${list}/nonsense`)
      await expect(page.getByRole('heading', { name: 'There is no such connection' })).toBeVisible()
      await page.getByRole('link', { name: 'All connections' }).click()
      await expect(page.getByRole('region', { name: 'Northwind Traders' })).toBeVisible()
    },
    { baseURL: stack.info.urls.frontend },
  )
  const { urls, organizations } = stack.info
  await foreign.attio.write('POST', '/v2/objects/companies/records', hedy, { values: { name: 'Last Ltd' } })
  const timeline = timelineApi(urls.api, organizations.globex.admin.token)
  while ((await timeline.lines()).length === 0) await pause(100)
  await adminOf(urls.api, organizations.globex.admin.token).finish('DELETE', `/v1/integrations/attio/connections/${foreign.connectionId}`)
  await visit(hedy, `${list}/${foreign.connectionId}`, async page => {
    await expect(page.getByText('Disconnected', { exact: true })).toBeVisible()
    await expect(page.getByText('Nothing can be replayed until the workspace is connected again')).toBeVisible()
    await openRow(page, 'Last Ltd > Created')
    await expect(panel(page)).toContainText('Worked at the first attempt')
    await expect(button(panel(page), 'Replay')).toHaveCount(0)
    await panel(page).getByRole('button', { name: 'Close' }).click()
    await expect(button(page, /^Replay/)).toHaveCount(0)
    await checkAccessibility(page, 'a connection that has ended')
  })
})
