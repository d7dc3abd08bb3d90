import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext } from 'playwright-core'
import type { Trouble } from './console.ts'

const failures = fileURLToPath(new URL('../failures/', import.meta.url))

/** Writes down what a failed visit looked like, and gives the failure back with the name of the folder in its message. */
export async function keepEvidence(failure: unknown, context: BrowserContext, trouble: Trouble): Promise<Error> {
  await mkdir(failures, { recursive: true })
  const folder = await mkdtemp(join(failures, `${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}-`))
  const pages = context.pages()
  for (const [place, page] of pages.entries()) {
    // A page that hangs or has just gone away must not hide why the test failed.
    await page.screenshot({ path: join(folder, `page-${place + 1}.png`), timeout: 5_000 }).catch(() => {})
  }
  const isTraced = await context.tracing.stop({ path: join(folder, 'trace.zip') }).then(
    () => true,
    () => false,
  )
  const addresses = pages.map(page => page.url())
  await writeFile(join(folder, 'console.txt'), `${[...addresses, '', ...trouble.found()].join('\n')}\n`)
  const note = `At ${addresses.join(', ')}. Screenshots${isTraced ? ', a trace (npx playwright show-trace)' : ''} and the console are in ${folder}`
  if (!isError(failure)) return new Error(`${String(failure)}\n${note}`)
  const told = `${failure.message}\n\n${note}`
  failure.stack = failure.stack?.replace(failure.message, () => told) ?? told
  failure.message = told
  return failure
}

/** Errors of Node's own modules are no `instanceof Error` inside jest. */
function isError(value: unknown): value is Error {
  return Object.prototype.toString.call(value) === '[object Error]'
}
