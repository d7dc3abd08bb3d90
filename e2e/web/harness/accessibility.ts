import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { inEveryLook } from './looks.ts'

declare global {
  interface Window {
    /** There once `axe.source` has run in the page. */
    axe: typeof axe
  }
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']
/**
 * Checks the page as it stands against WCAG 2.2 AA and axe's best practice, light and dark, at 1280 and 390 pixels, and that it is never wider than the
 * screen. Fails with every rule broken and where; `state` is what the page shows, for the message. Leaves the page as it was.
 */
export async function checkAccessibility(page: Page, state: string): Promise<void> {
  const complaints: string[] = []
  await inEveryLook(page, async look => {
    for (const complaint of [...(await violations(page)), ...(await overflow(page))]) complaints.push(`${look}: ${complaint}`)
  })
  if (complaints.length > 0) throw new Error(`"${state}" is not accessible:\n${complaints.join('\n')}`)
}

async function violations(page: Page): Promise<string[]> {
  // Evaluated by the debugger, which no Content-Security-Policy holds back; nothing of the page's own policy is switched off for it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const results = await page.evaluate(
    values =>
      window.axe.run(document, {
        runOnly: { type: 'tag', values },
        resultTypes: ['violations'],
        rules: { 'target-size': { enabled: true } },
      }),
    rules,
  )
  return results.violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id} (${impact}): ${help}\n    ${target.join(' ')}\n    ${indented(failureSummary)}`),
  )
}

const indented = (text: string) => text.replaceAll('\n', '\n    ')

async function overflow(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const sticksOut = (element: Element) => element.getBoundingClientRect().right > clientWidth + 0.5
    const widest = [...document.body.querySelectorAll('*')].filter(sticksOut).slice(0, 5)
    const names = widest.map(element => `${element.tagName.toLowerCase()}${[...element.classList].map(name => `.${name}`).join('')}`)
    return [`the page is ${scrollWidth} px wide; what sticks out: ${names.join(', ')}`]
  })
}
