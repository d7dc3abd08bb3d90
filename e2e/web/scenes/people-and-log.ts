import type { Page } from 'playwright-core'
import type { Scene, World } from './scene.ts'

const users = '/integrations/attio/users'
const features = '/integrations/attio/features'
const connections = '/integrations/attio/connections'
const log = ({ stack }: World, query = '') => `${connections}/${stack.connection_id}${query}`
const panel = (page: Page) => page.getByRole('dialog', { name: 'Delivery' })
const rows = (page: Page) => page.getByRole('row').nth(3).waitFor()
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()

async function deliveryOf({ sql }: World, where: string): Promise<string> {
  const [row] = await sql(
    `select e.delivery_id as id from event e join activity a on a.id = e.activity_id where ${where} order by e.received_at desc limit 1`,
  )
  return row?.id ?? ''
}

export const usersScenes: Scene[] = [
  { name: 'users', path: users, prepare: page => page.getByRole('row', { name: /Mary Shelley/ }).waitFor() },
  { name: 'users-member', path: users, as: 'member', prepare: page => page.getByRole('row', { name: /Mary Shelley/ }).waitFor() },
  {
    name: 'users-picker',
    path: users,
    async prepare(page) {
      await button(page, /^Map Mary Shelley to a person/).click()
      await page.getByRole('option').first().waitFor()
    },
  },
  {
    name: 'users-change',
    path: users,
    async prepare(page) {
      await button(page, /^Change Ada Lovelace/).click()
      await page.getByRole('menuitem', { name: /^Unmap/ }).waitFor()
    },
  },
  { name: 'users-none', path: `${users}?state=excluded`, prepare: page => page.getByText('No member is excluded.').waitFor() },
  { name: 'users-empty', path: users, as: 'newcomer', prepare: page => page.getByText('No Attio members yet').waitFor() },
  { name: 'features', path: features, prepare: page => page.getByText('Board Candidates').waitFor() },
  { name: 'features-member', path: features, as: 'member', prepare: page => page.getByRole('switch').first().waitFor() },
  {
    name: 'features-lists',
    path: features,
    async prepare(page) {
      await page.getByText('Board Candidates').waitFor()
      await page.getByText('Board Candidates').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'features-off',
    path: features,
    async prepare(page) {
      await page.getByRole('switch', { name: 'Calls' }).press('Space')
      await page.getByText('Calls is hidden from everybody').waitFor()
    },
    after: async ({ admin }) => void (await admin.call('PATCH', '/v1/integrations/attio/features/calls', { enabled: true })),
  },
]

export const connectionsScenes: Scene[] = [
  { name: 'connections', path: connections, prepare: page => page.getByRole('row', { name: /^Records and lists/ }).waitFor() },
  {
    name: 'connections-empty',
    path: connections,
    as: 'newcomer',
    prepare: page => page.getByText('No workspace is connected yet').waitFor(),
  },
  { name: 'log', path: log, prepare: rows },
  {
    name: 'log-rows',
    path: log,
    async prepare(page) {
      await rows(page)
      await page.getByRole('heading', { name: 'Activity log' }).evaluate(heading => heading.scrollIntoView())
    },
    shown: ['light-1280'],
  },
  { name: 'log-member', path: log, as: 'member', prepare: page => page.getByText('It is for administrators').waitFor() },
  {
    name: 'log-no-match',
    path: world => log(world, '?to=2026-01-02T00:00:00Z'),
    prepare: page => page.getByText('No delivery matches these filters').waitFor(),
  },
  {
    name: 'delivery',
    path: async world => log(world, `?delivery=${await deliveryOf(world, `a.kind = 'record.updated'`)}`),
    prepare: page => panel(page).getByText('Worked at').waitFor(),
  },
  {
    name: 'delivery-body',
    path: async world => log(world, `?delivery=${await deliveryOf(world, `a.kind = 'record.updated'`)}`),
    async prepare(page) {
      await panel(page).getByText('What Attio sent').click()
      await panel(page).getByRole('region', { name: /^Body/ }).waitFor()
    },
  },
  {
    name: 'delivery-gone',
    path: world => log(world, '?delivery=00000000-0000-4000-8000-000000000000'),
    prepare: page => panel(page).getByText('There is no such delivery').waitFor(),
  },
  {
    name: 'replay',
    path: log,
    async prepare(page) {
      await rows(page)
      await button(page, 'Replay…').click()
      await page.getByRole('dialog', { name: 'Replay deliveries' }).getByLabel('Received from').waitFor()
    },
  },
  {
    name: 'delivery-dead',
    async path(world) {
      const id = await deliveryOf(world, `a.kind = 'task.created'`)
      await world.sql(`update delivery set state = 'dead', reason = 'begun 8 times and never finished', attempts = 8 where id = $1`, [id])
      return log(world, `?delivery=${id}`)
    },
    prepare: page => panel(page).getByText('Nothing is lost').waitFor(),
  },
  { name: 'log-dead', path: log, prepare: page => button(page, /^Replay \d+ dead/).waitFor() },
  {
    name: 'log-replayed',
    path: log,
    async prepare(page) {
      await button(page, /^Replay \d+ dead/).click()
      await page.getByText('The deliveries were replayed').first().waitFor()
    },
  },
  {
    name: 'connection-missing',
    path: `${connections}/nonsense`,
    prepare: page => page.getByRole('heading', { name: 'There is no such connection' }).waitFor(),
  },
]
