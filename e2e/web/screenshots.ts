import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import sharp from 'sharp'
import { playDay } from '../harness/day.ts'
import { makeMonth } from '../harness/history.ts'
import { startWholeStack } from '../harness/stack.ts'
import { openBrowser } from './harness/browser.ts'
import { expect } from './harness/expect.ts'
import { inEveryLook } from './harness/looks.ts'
import { signIn } from './harness/sign-in.ts'
import { scenes } from './scenes.ts'

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
const chosen = scenes.filter(({ name }) => only?.includes(name) ?? true)
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
  const { urls, organizations } = stack.info
  for (const { name, as = 'admin', path, shown, prepare } of chosen) {
    const options = { baseURL: urls.frontend, deviceScaleFactor: 2, reducedMotion: 'reduce' } as const
    await browser.visit(async ({ page }) => {
      await signIn(page, organizations.northwind[as].email, path)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await prepare?.(page, stack.info)
      await expect(page.locator('[class*="Skeleton-root"]')).toHaveCount(0)
      await inEveryLook(page, async (_, { colorScheme, width }) => {
        const look = `${colorScheme}-${width}` as const
        if (!out && !shown?.includes(look)) return
        const file = join(folder, `${name}-${look}.png`)
        await writeFile(file, await smaller(await page.screenshot()))
        say(file)
      })
    }, options)
  }
}

/** A page has few colours: with a palette of them it is a third of the size and looks the same. */
async function smaller(png: Buffer): Promise<Buffer> {
  return await sharp(png).png({ palette: true, quality: 95, effort: 10 }).toBuffer()
}
