import type { Page } from 'playwright-core'
import type { StackInfo } from '../harness/stack.ts'

export type Scene = {
  /** Begins the names of its files: `<name>-<light|dark>-<1280|390>.png`. */
  name: string
  path: string
  /** Who looks at it: the demo admin unless said otherwise. */
  as?: 'admin' | 'member'
  /** Brings about what is to be seen once the page is there, and waits for it. */
  prepare?(page: Page, stack: StackInfo): Promise<void>
  /** The pictures that documents show, which are kept in git. */
  shown?: `${'light' | 'dark'}-${1280 | 390}`[]
}

/** Each is seen by a visitor of its own, after the demonstration day. */
export const scenes: Scene[] = [
  {
    name: 'timeline',
    path: '/timeline',
    prepare: page => page.getByRole('article').first().waitFor(),
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
    name: 'activity',
    path: '/timeline?kind=task.completed',
    async prepare(page) {
      await page
        .getByRole('link', { name: /open this activity$/ })
        .first()
        .click()
      await page.getByText('task.updated').first().waitFor()
    },
  },
  {
    name: 'integration',
    path: '/integrations/attio',
    prepare: page => page.getByRole('link', { name: 'Overview' }).waitFor(),
    shown: ['light-1280'],
  },
  {
    name: 'timeline-filtered',
    path: '/timeline?category=default&kind=record.updated,record.created&q=acme',
    prepare: page => page.getByRole('article').first().waitFor(),
  },
  {
    name: 'timeline-choosing',
    path: '/timeline',
    async prepare(page) {
      await page.getByRole('article').first().waitFor()
      await page.getByRole('button', { name: 'Person', exact: true }).click()
      await page.getByRole('option').first().waitFor()
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
]
