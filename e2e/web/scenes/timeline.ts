import type { Page } from 'playwright-core'
import { z } from 'zod'
import { eventually } from '../../harness/admin.ts'
import { idOf } from '../../harness/simulator.ts'
import { someBusyMinutes } from './busy-minutes.ts'
import type { Scene, World } from './scene.ts'

const lines = (page: Page) => page.getByRole('article').first().waitFor()
const feed = '**/v1/timeline?*'
/** Requests that are never answered. */
const held = () => new Promise<void>(() => {})
const grace = 'grace.hopper@northwind.example'
const createCompany = async ({ northwind }: World, name: string) =>
  idOf(await northwind.write('POST', '/v2/objects/companies/records', grace, { values: { name } }), 'record_id')

export const timelineScenes: Scene[] = [
  {
    name: 'timeline',
    path: '/timeline',
    before: (_, world) => someBusyMinutes(world),
    prepare: lines,
    shown: ['light-1280', 'dark-1280', 'light-390'],
  },
  {
    name: 'timeline-opened',
    path: '/timeline?kind=record.updated,task.completed',
    async prepare(page) {
      await page.getByRole('button', { name: '3 fields' }).first().click()
      await page.getByRole('listitem').filter({ hasText: 'record.updated' }).first().waitFor()
    },
  },
  {
    name: 'timeline-filtered',
    path: '/timeline?category=default&kind=record.updated,record.created&q=acme',
    prepare: lines,
  },
  {
    name: 'timeline-choosing',
    path: '/timeline',
    async prepare(page) {
      await lines(page)
      await page.getByRole('button', { name: 'Person', exact: true }).click()
      await page.getByRole('option').first().waitFor()
    },
  },
  {
    name: 'timeline-more-filters',
    path: '/timeline',
    async prepare(page) {
      await lines(page)
      await page.getByRole('button', { name: 'More filters' }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'timeline-when',
    path: '/timeline',
    async prepare(page) {
      await lines(page)
      await page.getByRole('button', { name: 'When', exact: true }).click()
      await page.getByRole('button', { name: 'Yesterday' }).waitFor()
    },
  },
  {
    name: 'timeline-sheet',
    path: '/timeline',
    async prepare(page) {
      await page.setViewportSize({ width: 390, height: 844 })
      await page.getByRole('button', { name: 'Filters', exact: true }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Person' }).waitFor()
    },
  },
  {
    name: 'timeline-export',
    path: '/timeline',
    async prepare(page) {
      await lines(page)
      await page.getByRole('button', { name: 'Export' }).click()
      await page.getByText('CSV, for spreadsheets').waitFor()
    },
  },
  {
    name: 'timeline-account',
    path: '/timeline',
    async prepare(page) {
      await lines(page)
      await page.getByRole('button', { name: /^Account of/ }).click()
      await page.getByRole('menuitem', { name: 'Sign out' }).waitFor()
    },
  },
  {
    name: 'timeline-day',
    path: '/timeline',
    async prepare(page) {
      await page.getByRole('toolbar').getByRole('button').last().click()
      await page.getByRole('button', { name: 'By hour' }).click()
      await page.getByRole('button', { name: 'By day' }).waitFor()
    },
  },
  {
    name: 'timeline-no-match',
    path: '/timeline?q=no+such+words',
    prepare: page => page.getByRole('heading', { name: 'No activities match' }).waitFor(),
  },
  {
    name: 'timeline-not-connected',
    path: '/timeline',
    as: 'newcomer',
    prepare: page => page.getByRole('heading', { name: 'Attio is not connected yet' }).waitFor(),
  },
  {
    name: 'timeline-loading',
    path: '/timeline',
    before: page => page.route(feed, held).then(() => page.route('**/v1/timeline/summary?*', held)),
    prepare: page => page.getByRole('heading', { name: 'Timeline' }).waitFor(),
    isLoading: true,
  },
  {
    name: 'timeline-failed',
    path: '/timeline',
    before: page => page.route(feed, route => route.abort()),
    prepare: page => page.getByText('The server does not answer').first().waitFor(),
  },
  {
    name: 'timeline-reconnecting',
    path: '/timeline',
    before: page => page.route('**/v1/timeline/stream*', route => route.abort()),
    prepare: page => page.getByText('Reconnecting…').waitFor(),
  },
  {
    name: 'timeline-names',
    path: '/timeline?kind=record.created,record.updated',
    // Names that Attio has not told, may not tell, or has deleted, which a healthy stack has for moments only; a line that came late.
    before: page =>
      page.route(feed, async route => {
        const answer = await route.fetch()
        const { data, ...rest } = await answer.json()
        for (const [place, state] of ['pending', 'forbidden', 'gone', 'known'].entries()) {
          const line = data[place]
          const isUnknown = state === 'pending' || state === 'forbidden'
          const name = isUnknown ? 'd4f6a1c2' : line.subject.name
          const breadcrumb = line.breadcrumb.map((text: string) => (text === line.subject.name ? name : text))
          data[place] = {
            ...line,
            breadcrumb,
            name_state: state,
            late: state === 'known',
            subject: { ...line.subject, name, name_state: state },
          }
        }
        await route.fulfill({ response: answer, json: { data, ...rest } })
      }),
    prepare: page => page.getByText('arrived late').first().waitFor(),
  },
  {
    name: 'timeline-new',
    path: '/timeline',
    async prepare(page, world) {
      await lines(page)
      await page.mouse.move(640, 600)
      await page.mouse.wheel(0, 1_200)
      for (const name of ['Hooli', 'Pied Piper', 'Raviga']) await createCompany(world, name)
      await page.getByRole('button', { name: '3 new' }).waitFor()
    },
  },
  {
    name: 'timeline-gap',
    path: '/timeline',
    async before(_, world) {
      const { admin, northwind, stack } = world
      const id = stack.webhook_endpoints.find(({ purpose }) => purpose === 'records')?.attio_webhook_id
      await northwind.control('DELETE', `/webhooks/${id}`, z.unknown())
      await admin.finish('POST', `/v1/integrations/attio/connections/${stack.connection_id}/refresh`)
      await createCompany(world, 'Massive Dynamic')
      await eventually(
        () => world.sql(`select id from activity where title like 'Massive Dynamic%'`),
        rows => rows.length > 0,
      )
    },
    prepare: page => page.getByRole('article', { name: /^Activities are missing/ }).waitFor(),
  },
  {
    name: 'activity',
    path: '/timeline?kind=task.created',
    async prepare(page) {
      await page
        .getByRole('link', { name: /open this activity$/ })
        .first()
        .click()
      await page.getByText('task.created').first().waitFor()
    },
  },
  {
    name: 'activity-gone',
    path: '/activities/0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10',
    prepare: page => page.getByRole('heading', { name: 'There is no such activity' }).waitFor(),
  },
]
