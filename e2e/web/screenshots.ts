import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import pg from 'pg'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { adminOf } from '../harness/admin.ts'
import { playDay } from '../harness/day.ts'
import { makeMonth } from '../harness/history.ts'
import { openSimulator } from '../harness/simulator.ts'
import { startWholeStack } from '../harness/stack.ts'
import { openBrowser } from './harness/browser.ts'
import { expect } from './harness/expect.ts'
import { inEveryLook } from './harness/looks.ts'
import { signIn } from './harness/sign-in.ts'
import { scenes } from './scenes/index.ts'
import type { Scene, World } from './scenes/scene.ts'

/*
 * Takes a picture of every scene, light and dark, on a large and a small screen: those shown in documents into docs/screenshots, or all into a folder
 * of their own to be looked at.
 */

const { out, only } = new Command('npm run screenshots --')
  .description('Pictures of every page and state, from the demonstration day.')
  .option('--out <folder>', 'all of them, into this folder (default: those shown in documents, into docs/screenshots)')
  .option('--only <names...>', `some scenes: ${scenes.map(({ name }) => name).join(', ')}`)
  .parse()
  .opts<{ out?: string; only?: string[] }>()
const chosen = scenes.filter(({ name, shown }) => only?.includes(name) ?? (out !== undefined || shown !== undefined))
const folder = out ? resolve(out) : fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))
const say = (text: string) => void process.stderr.write(`${text}\n`)

say('Starting everything and playing the day …')
const stack = await startWholeStack()
try {
  await playDay(stack.info)
  await makeMonth(stack.info.database_url)
  await mkdir(folder, { recursive: true })
  const browser = await openBrowser()
  await takePictures(browser).finally(browser.close)
} finally {
  await stack.stop()
}

async function takePictures(browser: Awaited<ReturnType<typeof openBrowser>>): Promise<void> {
  const { urls, organizations, database_url } = stack.info
  const pool = new pg.Pool({ connectionString: database_url, max: 1 })
  const world: World = {
    stack: stack.info,
    northwind: await openSimulator(urls.attio),
    globex: await openSimulator(urls.attio, 'globex'),
    admin: adminOf(urls.api, organizations.northwind.admin.token),
    sql: async (text, values) => (await pool.query<Record<string, string>>(text, values)).rows,
  }
  const failed: string[] = []
  for (const scene of chosen) {
    await takeScene(browser, scene, world).catch((error: Error) => {
      failed.push(scene.name)
      say(`${scene.name}: ${error.message}`)
    })
    await scene.after?.(world)
  }
  await pool.end()
  if (failed.length > 0) throw new Error(`Not what they are meant to show: ${failed.join(', ')}`)
}

async function takeScene(browser: Awaited<ReturnType<typeof openBrowser>>, scene: Scene, world: World): Promise<void> {
  const { name, shown, isLoading = false } = scene
  const options = { baseURL: stack.info.urls.frontend, deviceScaleFactor: 2, reducedMotion: 'reduce' } as const
  const path = typeof scene.path === 'string' ? scene.path : await scene.path(world)
  await browser.visit(async ({ page, trouble }) => {
    // Pages in trouble are among what is shown.
    trouble.allow(/status of 4\d\d|net::ERR_/)
    await scene.before?.(page, world)
    await enter(page, scene.as ?? 'admin', path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await scene.prepare?.(page, world)
    if (!isLoading) await expect(page.locator('[class*="Skeleton-root"]')).toHaveCount(0)
    await inEveryLook(page, async (_, { colorScheme, width }) => {
      const look = `${colorScheme}-${width}` as const
      if (!out && !shown?.includes(look)) return
      const file = join(folder, `${name}-${look}.${out ? 'png' : 'webp'}`)
      const picture = await page.screenshot()
      await writeFile(file, out ? picture : await smaller(picture))
      say(file)
    })
  }, options)
}

async function enter(page: Page, as: NonNullable<Scene['as']>, path: string): Promise<void> {
  const { northwind, globex } = stack.info.organizations
  if (as === 'stranger') return void (await page.goto(path))
  await signIn(page, { admin: northwind.admin, member: northwind.member, newcomer: globex.admin }[as].email, path)
}

/** The same to the pixel, in half the bytes. */
async function smaller(png: Buffer): Promise<Buffer> {
  return await sharp(png).webp({ lossless: true, effort: 6 }).toBuffer()
}
