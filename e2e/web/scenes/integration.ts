import type { Page } from 'playwright-core'
import { z } from 'zod'
import type { Scene, World } from './scene.ts'

const attio = '/integrations/attio'
const held = () => new Promise<void>(() => {})
const section = (page: Page) => page.getByRole('region', { name: 'Northwind Traders', exact: true })
const granted = (page: Page) =>
  section(page)
    .getByText(/needed are granted/)
    .waitFor()
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()
const faults = ({ northwind }: World, switches: object) => northwind.control('PUT', '/faults?workspace=northwind', z.unknown(), switches)
const heal = ({ northwind }: World) => northwind.control('DELETE', '/faults?workspace=northwind', z.unknown())
const refresh = ({ admin, stack }: World) => admin.finish('POST', `/v1/integrations/attio/connections/${stack.connection_id}/refresh`)

async function dialog(page: Page, opener: string): Promise<void> {
  await granted(page)
  await section(page).getByRole('button', { name: opener }).click()
  await page.getByRole('dialog').getByRole('textbox').waitFor()
}

export const overviewScenes: Scene[] = [
  { name: 'overview', path: attio, prepare: granted, shown: ['light-1280'] },
  { name: 'overview-member', path: attio, as: 'member', prepare: granted },
  { name: 'overview-not-connected', path: attio, as: 'newcomer', prepare: page => button(page, 'Connect Attio').waitFor() },
  {
    name: 'overview-refused',
    path: `${attio}?error=consent_refused`,
    as: 'newcomer',
    prepare: page => page.getByText('Consent was refused at Attio').waitFor(),
  },
  {
    name: 'overview-loading',
    path: attio,
    before: page => page.route('**/v1/integrations/attio', held),
    prepare: page => page.getByRole('heading', { name: 'Attio', level: 1 }).waitFor(),
    isLoading: true,
  },
  {
    name: 'overview-failed',
    path: attio,
    before: page => page.route('**/v1/integrations/attio', route => route.abort()),
    prepare: page => page.getByText('The server does not answer').waitFor(),
  },
  { name: 'overview-disconnect', path: attio, prepare: page => dialog(page, 'Disconnect…') },
  { name: 'overview-erase', path: attio, prepare: page => dialog(page, 'Disconnect and erase…') },
  {
    name: 'overview-permissions',
    path: attio,
    async prepare(page) {
      await granted(page)
      await section(page)
        .getByText(/needed are granted/)
        .click()
      const history = section(page).getByText(/^History/)
      if (await history.count()) await history.click()
    },
  },
  {
    name: 'overview-refreshing',
    path: attio,
    async prepare(page, world) {
      await granted(page)
      await faults(world, { slow_ms: 1_500 })
      await section(page).getByRole('button', { name: 'Refresh Connection' }).click()
      await page.getByRole('listitem').filter({ hasText: 'under way' }).waitFor()
    },
    after: async world => void (await heal(world)),
  },
  {
    name: 'overview-refreshed',
    path: attio,
    async prepare(page) {
      await granted(page)
      await section(page).getByRole('button', { name: 'Refresh Connection' }).click()
      await page.getByText('The connection was refreshed').first().waitFor()
    },
  },
  {
    name: 'overview-degraded',
    path: attio,
    async before(_, { northwind, sql, stack }) {
      const [hook] = await sql(
        `select attio_webhook_id as attio from webhook where connection_id = $1 and purpose = 'records' and retired_at is null`,
        [stack.connection_id],
      )
      await northwind.control('PUT', `/webhooks/${hook?.attio}/status`, z.unknown(), { status: 'degraded' })
      await sql('update connection set check_due_at = now() where id = $1', [stack.connection_id])
    },
    prepare: page => section(page).getByText('The connection is degraded').waitFor({ timeout: 45_000 }),
  },
  {
    name: 'timeline-degraded',
    path: '/timeline',
    prepare: page => page.getByRole('region', { name: 'Notices' }).getByText('is degraded').waitFor(),
    async after(world) {
      await world.sql(`update webhook set degraded_since = now() - interval '5 days' where degraded_since is not null`)
      await refresh(world)
    },
  },
  {
    name: 'overview-needs-attention',
    path: attio,
    before: async (_, world) => void (await faults(world, { token_revoked: true })),
    async prepare(page) {
      await section(page).getByRole('button', { name: 'Refresh Connection' }).click()
      await page.getByText('something is left to do').first().waitFor()
    },
    after: async world => void (await heal(world)),
  },
]

/** Those that change for good what the others show come last. */
export const lastScenes: Scene[] = [
  {
    name: 'overview-first-event',
    path: attio,
    as: 'newcomer',
    async prepare(page) {
      await button(page, 'Connect Attio').click()
      await page.getByRole('radio', { name: 'Globex' }).check()
      await button(page, 'Allow').click()
      await page.getByText('Change anything in Attio; it will appear here.').waitFor()
    },
  },
  {
    name: 'timeline-nothing-yet',
    path: '/timeline',
    as: 'newcomer',
    prepare: page => page.getByRole('heading', { name: 'No activities yet' }).waitFor(),
  },
  {
    name: 'overview-disconnected',
    path: attio,
    as: 'newcomer',
    async prepare(page) {
      await button(page, 'Disconnect…').click()
      await page.getByRole('dialog').getByRole('textbox').fill('Globex')
      await page.keyboard.press('Enter')
      await page.getByText('The workspace was disconnected').first().waitFor()
      await button(page, 'Connect Globex again').waitFor()
    },
  },
]
