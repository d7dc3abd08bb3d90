import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, jest, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { type TimelineApi, timelineApi } from '../harness/api.ts'
import { playDay } from '../harness/day.ts'
import { openSimulator, type Simulator } from '../harness/simulator.ts'
import { type RunningStack, startWholeStack } from '../harness/stack.ts'
import { addWorkspace } from '../harness/workspaces.ts'
import { checkAccessibility } from './harness/accessibility.ts'
import { openBrowser, type TestBrowser, type Visit } from './harness/browser.ts'
import { expect } from './harness/expect.ts'
import { signIn } from './harness/sign-in.ts'

/*
 * What narrows the timeline, what is said where it shows nothing, and the view as a file. Every view is compared with what the API answers to the same question.
 */

jest.setTimeout(60_000)
// Half a day away from the machine's zone, so that a day that is not the viewer's shows.
const timezoneId = 'Pacific/Auckland'
const unknown = 'abcdef12-0000-4000-8000-000000000000'

let stack: RunningStack
let browser: TestBrowser
let attio: Simulator
let api: TimelineApi
let choices: z.infer<typeof choicesForm>
let visit: (address: string, body: (page: Page, visit: Visit) => Promise<void>, email?: string) => Promise<void>

const choicesForm = z.object({
  people: z.array(z.object({ user_id: z.string(), name: z.string() })),
  lists: z.array(z.object({ id: z.string(), name: z.string() })),
  attributes: z.array(z.object({ id: z.string(), name: z.string(), object_id: z.string().nullable() })),
  workspaces: z.array(z.object({ connection_id: z.string(), name: z.string() })),
})

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startWholeStack(), openBrowser()])
  const { urls, organizations } = stack.info
  attio = await openSimulator(urls.attio)
  await playDay(stack.info)
  api = timelineApi(urls.api, organizations.northwind.admin.token)
  choices = choicesForm.parse((await api.get('/v1/timeline/filters')).body)
  visit = (address, body, email = organizations.northwind.admin.email) =>
    browser.visit(
      async visit => {
        await signIn(visit.page, email, address)
        await body(visit.page, visit)
      },
      { baseURL: urls.frontend, timezoneId },
    )
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

const lines = (page: Page) => page.getByRole('feed').getByRole('article')
const chips = (page: Page) => page.getByRole('list', { name: 'Active filters' }).getByRole('listitem').filter({ hasNotText: 'Clear all' })
const bars = (page: Page) => page.getByRole('toolbar', { name: /^Activity over time/ }).getByRole('button')
const clearAll = (page: Page) => page.getByRole('list', { name: 'Active filters' }).getByRole('button', { name: 'Clear all' })
const addressOf = (page: Page) => new URL(page.url()).searchParams.toString()
const today = () => new Intl.DateTimeFormat('sv', { timeZone: timezoneId }).format(new Date())

/** The page shows the lines of this query, all of them and no others. */
async function expectView(page: Page, query: Record<string, string>): Promise<void> {
  const wanted = await api.lines(query)
  const all = await api.lines()
  if (wanted.length === 0 || wanted.length === all.length)
    throw new Error(`${JSON.stringify(query)} proves nothing: ${wanted.length} lines`)
  for (const [place, { summary }] of wanted.slice(0, 3).entries()) {
    await expect(lines(page).nth(place)).toHaveAccessibleName(summary)
    await expect(lines(page).nth(place)).toHaveAttribute('aria-setsize', String(wanted.length))
  }
  await expect(page.getByRole('region', { name: 'Activity over time' })).toContainText(String(wanted.length))
}

const nameToId = (list: { name: string; id: string }[], name: string) => list.find(item => item.name === name)?.id ?? name

test('a link shows the view it was copied from, each filter by name, also what is not to be chosen any more', () => {
  const grace = choices.people.find(({ name }) => name === 'Grace Hopper')?.user_id ?? ''
  const query = { user: `${grace},${unknown}`, category: 'default', kind: 'record.updated,record.created', from: '2026-01-01' }
  return visit(`/timeline?${new URLSearchParams(query)}`, async page => {
    await expect(chips(page)).toHaveText([
      'Person Grace Hopper',
      'Person abcdef12',
      'Category Default (CRM)',
      'What happened Record updated',
      'What happened Record created',
      'When since Thu, 1 Jan 2026',
    ])
    await expectView(page, { ...query, time_zone: timezoneId })
    await checkAccessibility(page, 'a view with many filters')
    // Taking one away leaves the focus beside it.
    await page.getByRole('button', { name: 'Remove Person: abcdef12' }).press('Enter')
    await expect(page.getByRole('button', { name: 'Remove Category: Default (CRM)' })).toBeFocused()
    await clearAll(page).press('Enter')
    await expect(chips(page)).toHaveCount(0)
    await expect(page.getByRole('textbox', { name: 'Search activities' })).toBeFocused()
    await expect(lines(page).first()).toHaveAttribute('aria-setsize', String((await api.lines()).length))
  })
})

test('each filter narrows the view, by keyboard as by pointer, and is in the address', () =>
  visit('/timeline', async page => {
    const dialog = page.getByRole('dialog')
    const open = (name: string) => page.getByRole('search').getByRole('button', { name, exact: true }).click()
    const openMore = async (name: string) => {
      await open('More filters')
      await dialog.getByRole('button', { name, exact: true }).click()
    }
    /** Closes what is open, looks at the view and goes back to all. */
    const seen = async (query: Record<string, string>) => {
      await page.keyboard.press('Escape')
      await expect(dialog).toHaveCount(0)
      expect(addressOf(page)).toBe(new URLSearchParams(query).toString())
      await expectView(page, { ...query, ...(query.from && { time_zone: timezoneId }) })
      await clearAll(page).click()
    }

    await open('Person')
    await expect(dialog.getByRole('combobox', { name: 'Find a person' })).toBeFocused()
    await checkAccessibility(page, 'choosing a person')
    await open('Person')
    await expect(dialog.getByRole('combobox', { name: 'Find a person' })).toBeFocused()
    await page.keyboard.type('hop')
    await expect(dialog.getByRole('option')).toHaveCount(1)
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('option', { name: 'Grace Hopper' })).toHaveAttribute('aria-selected', 'true')
    await seen({ user: choices.people.find(({ name }) => name === 'Grace Hopper')?.user_id ?? '' })

    await open('Category')
    await dialog.getByRole('checkbox', { name: 'Task' }).check()
    await seen({ category: 'task' })

    await openMore('Area')
    await dialog.getByRole('checkbox', { name: 'Deals' }).check()
    await seen({ feature: 'deals' })

    await openMore('What happened')
    await dialog.getByRole('option', { name: 'Comment added' }).click()
    await seen({ kind: 'comment.created' })

    await openMore('Object')
    await dialog.getByRole('option', { name: 'Deals' }).click()
    await seen({ object: 'deals' })

    await openMore('Attribute')
    await dialog.getByRole('combobox').fill('stag')
    await dialog.getByRole('option', { name: /^Deal stage Deals$/ }).click()
    const stage = choices.attributes.find(({ name, object_id: id }) => name === 'Deal stage' && id === attio.ids.objects.deals)
    await seen({ attribute: stage?.id ?? '' })

    await openMore('List')
    await dialog.getByRole('option', { name: 'Hot Leads' }).click()
    await seen({ list: nameToId(choices.lists, 'Hot Leads') })

    await openMore('Record')
    await dialog.getByRole('combobox').fill('acme corp exp')
    await dialog.getByRole('option', { name: /^Acme Corp expansion/ }).click()
    await page.keyboard.press('Escape')
    await expect(chips(page)).toHaveText(['Record Acme Corp expansion'])
    const record = new URL(page.url()).searchParams.get('record') ?? ''
    await expectView(page, { record })
    // The name is found again where only the id is known.
    await page.reload()
    await expect(chips(page)).toHaveText(['Record Acme Corp expansion'])
    await clearAll(page).click()

    await open('More filters')
    await dialog.getByRole('button', { name: 'Workspace' }).click()
    await dialog.getByRole('option', { name: 'Northwind Traders' }).click()
    await page.keyboard.press('Escape')
    expect(addressOf(page)).toBe(`connection=${choices.workspaces[0]?.connection_id}`)
    await clearAll(page).click()

    await open('When')
    await checkAccessibility(page, 'choosing a time')
    await open('When')
    await dialog.getByRole('button', { name: 'Yesterday' }).click()
    await expect(page.getByRole('heading', { name: 'No activities match' })).toBeVisible()
    await dialog.getByLabel('To').fill(today())
    await page.keyboard.press('Escape')
    await expect(lines(page).first()).toBeVisible()
    expect(new URL(page.url()).searchParams.get('to')).toBe(today())
  }))

test('searching narrows while one types, without filling the history; back and forward go through the views', () =>
  visit('/timeline?category=default', async page => {
    await page.getByRole('button', { name: 'Meeting' }).click()
    await expectView(page, { category: 'meeting' })
    const search = page.getByRole('textbox', { name: 'Search activities' })
    await clearAll(page).click()
    await expect(chips(page)).toHaveCount(0)
    await search.pressSequentially('acme renewal', { delay: 20 })
    await expect(page).toHaveURL(/\?q=acme\+renewal$/)
    await expectView(page, { q: 'acme renewal' })
    await page.goBack()
    await expectView(page, { category: 'meeting' })
    await expect(search).toHaveValue('')
    await page.goBack()
    await expectView(page, { category: 'default' })
    await page.goForward()
    await page.goForward()
    await expect(search).toHaveValue('acme renewal')
    await expectView(page, { q: 'acme renewal' })
    await search.press('Escape')
    await expect(lines(page).first()).toHaveAttribute('aria-setsize', String((await api.lines()).length))
  }))

test('a bar of the picture shows only its day, and all again; arrow keys go from bar to bar; the legend shows one category', () =>
  visit('/timeline', async page => {
    await expect(bars(page)).toHaveCount(30)
    const [last, before] = [bars(page).nth(29), bars(page).nth(28)]
    await expect(last).toHaveAccessibleName(/: \d+ CRM, \d+ Task, \d+ Meeting$/)
    await expect(before).toHaveAccessibleName(/: no activities$/)
    await last.focus()
    await page.keyboard.press('ArrowLeft')
    await expect(before).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'No activities match' })).toBeVisible()
    await expect(chips(page)).toHaveText(['When Yesterday'])
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect(last).toHaveAttribute('aria-pressed', 'true')
    expect(addressOf(page)).toBe(`from=${today()}&to=${today()}`)
    await expect(lines(page).first()).toBeVisible()
    await checkAccessibility(page, 'a day chosen in the picture')

    await page.getByRole('button', { name: 'By hour' }).click()
    await expect(bars(page)).toHaveCount(24)
    const busy = page.getByRole('toolbar').getByRole('button', { name: /CRM/ }).last()
    await busy.click()
    await expect(busy).toHaveAttribute('aria-pressed', 'true')
    const { from, to } = Object.fromEntries(new URL(page.url()).searchParams)
    const within = await api.lines({ from: from ?? '', to: to ?? '' })
    await expect(lines(page).first()).toHaveAttribute('aria-setsize', String(within.length))
    await busy.click()
    expect(addressOf(page)).toBe(`from=${today()}&to=${today()}`)
    await page.getByRole('button', { name: 'By day' }).click()
    await expect(bars(page)).toHaveCount(30)
    await last.click()
    await expect(chips(page)).toHaveCount(0)

    await page.getByRole('button', { name: /^Task/ }).click()
    await expectView(page, { category: 'task' })
    // What happens is counted without a reload.
    const tasks = (await api.lines({ category: 'task' })).length
    const task = { content: 'Call them', format: 'plaintext', deadline_at: null, is_completed: false, linked_records: [], assignees: [] }
    await attio.write('POST', '/v2/tasks', 'ada.lovelace@northwind.example', task)
    await expect(page.getByRole('region', { name: 'Activity over time' })).toContainText(`${tasks + 1} activities`)
  }))

test('a view is exported as it is shown, as NDJSON and as CSV', () =>
  visit('/timeline?kind=record.updated,note.created', async page => {
    await expect(lines(page).first()).toBeVisible()
    const wanted = await api.lines({ kind: 'record.updated,note.created' })
    const save = async (name: RegExp) => {
      await page.getByRole('button', { name: 'Export' }).click()
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name }).click()])
      return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
    }
    await page.getByRole('button', { name: 'Export' }).click()
    await expect(page.getByRole('menuitem')).toHaveCount(2)
    await checkAccessibility(page, 'choosing a kind of file')
    await page.keyboard.press('Escape')

    const ndjson = await save(/^NDJSON/)
    expect(ndjson.name).toMatch(/\.ndjson$/)
    const rows = ndjson.text
      .trim()
      .split('\n')
      .map(row => z.object({ id: z.string() }).parse(JSON.parse(row)).id)
    expect(rows).toEqual(wanted.map(({ id }) => id))
    await expect(page.getByRole('status').filter({ hasText: 'The download has begun' })).toBeVisible()
    const csv = await save(/^CSV/)
    expect(csv.name).toMatch(/\.csv$/)
    for (const { id } of wanted) expect(csv.text).toContain(id)
    await expect(lines(page)).not.toHaveCount(0)
  }))

test('admins are told of hidden people and led to map them, can put that away for this tab, and members are not told', async () => {
  await visit('/timeline', async page => {
    const notice = page.getByRole('region', { name: 'Notices' })
    await expect(notice).toContainText('1 person, 2 activities hidden')
    await notice.getByRole('link', { name: 'Map them' }).click()
    await expect(page).toHaveURL(/\/integrations\/attio\/users\?state=unmapped$/)
    await page.goBack()
    await notice.getByRole('button', { name: /^Hide this/ }).click()
    await expect(notice).toHaveCount(0)
    await page.reload()
    await expect(lines(page).first()).toBeVisible()
    await expect(notice).toHaveCount(0)
  })
  await visit(
    '/timeline',
    async page => {
      await expect(lines(page).first()).toBeVisible()
      await expect(page.getByRole('region', { name: 'Notices' })).toHaveCount(0)
    },
    stack.info.organizations.northwind.member.email,
  )
})

test('where nothing matches, everything can be shown again; an address that holds no filter is told, with a way out', () =>
  visit('/timeline?q=no+such+words', async (page, { trouble }) => {
    await expect(page.getByRole('heading', { name: 'No activities match' })).toBeVisible()
    await checkAccessibility(page, 'nothing matches')
    await page.getByRole('main').getByRole('button', { name: 'Clear all' }).click()
    await expect(lines(page).first()).toBeVisible()

    trouble.allow(/status of 400/)
    await page.goto('/timeline?kind=gone.kind&from=soon')
    await expect(chips(page)).toHaveText(['What happened gone.kind', 'When since soon'])
    await page.getByRole('alert').getByRole('button', { name: 'Clear all' }).click()
    await expect(lines(page).first()).toBeVisible()
  }))

test('on a phone all filters are in a sheet that says what is chosen', () =>
  visit('/timeline', async page => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('button', { name: 'Filters' }).click()
    const sheet = page.getByRole('dialog', { name: 'Filters' })
    await sheet.getByRole('button', { name: 'Category' }).click()
    await sheet.getByRole('checkbox', { name: 'Meeting' }).check()
    await sheet.getByRole('button', { name: 'All filters' }).click()
    await expect(sheet.getByRole('button', { name: 'Category Meeting' })).toBeFocused()
    await checkAccessibility(page, 'the sheet of filters')
    await sheet.getByRole('button', { name: 'Person' }).click()
    await expect(sheet.getByRole('combobox')).toBeFocused()
    await checkAccessibility(page, 'a filter in the sheet')
    await sheet.getByRole('button', { name: 'Show activities' }).click()
    await expect(sheet).toHaveCount(0)
    await expectView(page, { category: 'meeting' })
  }))

test('where nothing is connected, admins are led to connect and members to their admin; once connected it waits for the first activity', async () => {
  const { admin, member } = stack.info.organizations.globex
  await visit(
    '/timeline?category=task',
    async page => {
      await expect(page.getByRole('heading', { name: 'Attio is not connected yet' })).toBeVisible()
      await expect(page.getByText('Ask an administrator')).toBeVisible()
      await expect(page.getByRole('link', { name: 'Connect Attio' })).toHaveCount(0)
    },
    member.email,
  )
  await visit(
    '/timeline',
    async page => {
      await page.getByRole('link', { name: 'Connect Attio' }).waitFor()
      await checkAccessibility(page, 'not connected')
      await page.getByRole('link', { name: 'Connect Attio' }).click()
      await expect(page).toHaveURL(/\/integrations\/attio$/)

      const { attio: own } = await addWorkspace(stack, 'globex', 'quiet')
      await page.goto('/timeline')
      await expect(page.getByRole('heading', { name: 'No activities yet' })).toBeVisible()
      await expect(page.getByText('Attio was connected just now.')).toBeVisible()
      await expect(page.getByRole('link', { name: 'Refresh the connection' })).toBeVisible()
      await checkAccessibility(page, 'connected, and nothing yet')
      await own.write('POST', '/v2/objects/companies/records', admin.email, { values: { name: 'First of All' } })
      await expect(lines(page)).toHaveAccessibleName(/created company First of All/)
      await expect(page.getByRole('heading', { name: 'No activities yet' })).toHaveCount(0)
    },
    admin.email,
  )
})
