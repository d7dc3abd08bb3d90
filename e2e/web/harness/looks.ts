import type { Page } from 'playwright-core'

const looks = [
  { colorScheme: 'light', width: 1280, height: 800 },
  { colorScheme: 'dark', width: 1280, height: 800 },
  { colorScheme: 'dark', width: 390, height: 844 },
  { colorScheme: 'light', width: 390, height: 844 },
] as const

export type Look = (typeof looks)[number]

/** Shows one page, as it stands, light and dark on a large and a small screen, and leaves it as it was. */
export async function inEveryLook(page: Page, body: (name: string, look: Look) => Promise<void>): Promise<void> {
  const viewport = page.viewportSize()
  const colorScheme = await page.evaluate(() => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'))
  for (const look of looks) {
    await page.setViewportSize(look)
    await page.emulateMedia({ colorScheme: look.colorScheme })
    await atRest(page)
    await body(`${look.colorScheme} ${look.width} px`, look)
  }
  if (viewport) await page.setViewportSize(viewport)
  await page.emulateMedia({ colorScheme })
  await atRest(page)
}

/**
 * Waits until the page has drawn and moves no more: colours in the middle of a transition have no contrast to judge. What goes on for ever (a spinner)
 * is not waited for.
 */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise(resolve => requestAnimationFrame(resolve))
    await frame()
    await frame()
    const ending = document.getAnimations().filter(animation => Number.isFinite(animation.effect?.getComputedTiming().endTime))
    await Promise.allSettled(ending.map(animation => animation.finished))
    await frame()
  })
}
