import { findChromium } from '@worksights/dev-stack/chromium'
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { type Trouble, watchConsole } from './console.ts'
import { keepEvidence } from './evidence.ts'

export type Visit = {
  page: Page
  context: BrowserContext
  /** What went wrong in any page of this visit. `visit` fails with it unless it is allowed. */
  trouble: Trouble
}

export type TestBrowser = {
  /** "Chromium 153.0.8010.0 (npm), headless": for reports. */
  about: string
  /**
   * Runs `body` in a context of its own, as nobody has been here before; `options` are the context's (`baseURL`, `viewport`, `locale`, `proxy` …). Fails
   * if `body` does, or if a page had errors in its console. Then the message names a folder with a screenshot of every page and a trace.
   */
  visit(body: (visit: Visit) => Promise<void>, options?: BrowserContextOptions): Promise<void>
  close(): Promise<void>
}

/** How long Playwright's actions wait for what they act on; less than a test's own time, so that it is they who say what was missing. */
const patienceMs = 15_000

/**
 * One browser, for a test file or a command. Throws where there is no Chromium. Without `trace`, which takes its share of every page's time, a failure
 * leaves none behind: for measuring.
 */
export async function openBrowser({ trace = true } = {}): Promise<TestBrowser> {
  const found = await findChromium()
  if (!found) throw new Error('There is no Chromium here. Install it (apt-get install chromium), or set CHROMIUM_PATH.')
  const browser = await chromium.launch({
    executablePath: found.executable,
    env: { ...process.env, ...found.env },
    // There is no graphics card, and a protocol the local servers do not speak.
    args: ['--disable-gpu', '--disable-quic'],
  })
  return {
    about: `Chromium ${browser.version()} (${found.source}), headless`,
    async visit(body, options = {}) {
      const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 }, ...options })
      context.setDefaultTimeout(patienceMs)
      if (trace) await context.tracing.start({ snapshots: true })
      const trouble = watchConsole(context)
      try {
        const page = await context.newPage()
        await body({ page, context, trouble })
        const found = trouble.found()
        if (found.length > 0) throw new Error(`The console of the browser says:\n${found.join('\n')}`)
      } catch (error) {
        throw await keepEvidence(error, context, trouble)
      } finally {
        await context.close()
      }
    },
    close: () => browser.close(),
  }
}
