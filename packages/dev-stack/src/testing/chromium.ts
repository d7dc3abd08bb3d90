import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { chromiumFromNpm } from './chromium-from-npm.ts'
import { fontSettings } from './fonts.ts'

export type Chromium = {
  executable: string
  /** What the browser's process needs beside the environment it is started from. */
  env: Record<string, string>
  /** For reports: `CHROMIUM_PATH`, `npm` or `installed`. */
  source: string
}

const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser']
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  join(process.env.HOME ?? '', 'Applications/Google Chrome.app/Contents/MacOS/Google Chrome'),
]

/**
 * The browser of the tests, or null where there is none: the one of `CHROMIUM_PATH`; on Linux x64 the one from npm; else an installed one. npm's goes
 * before an installed one so that a test that fails for one fails for all, and since it is up in a third of the time. Throws if `CHROMIUM_PATH` leads
 * to no browser.
 */
export async function findChromium(): Promise<Chromium | null> {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen) {
    if (!(await isBrowser(chosen)))
      throw new Error(`CHROMIUM_PATH is ${chosen}, which is no Chromium that runs: "${chosen} --version" fails.`)
    return { executable: chosen, env: await fontSettings(), source: 'CHROMIUM_PATH' }
  }
  const fromNpm = await chromiumFromNpm()
  if (fromNpm && (await isBrowser(fromNpm.executable, fromNpm.env))) {
    return { executable: fromNpm.executable, env: { ...fromNpm.env, ...(await fontSettings()) }, source: 'npm' }
  }
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), '/usr/bin', '/usr/local/bin', '/opt/google/chrome']
  for (const executable of [...names.flatMap(name => folders.map(folder => join(folder, name))), ...applications]) {
    if (await isBrowser(executable)) return { executable, env: await fontSettings(), source: 'installed' }
  }
  return null
}

/** A file alone proves little: some distributions put a script in place of Chromium that only says what to install. */
async function isBrowser(path: string, env: Record<string, string> = {}): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    const { stdout } = await promisify(execFile)(path, ['--version'], { env: { ...process.env, ...env }, timeout: 20_000 })
    return /(Chrom|Edg)\S* [\d.]+/.test(stdout)
  } catch {
    return false
  }
}
