import { execFile } from 'node:child_process'
import { access, chmod, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import { cacheFolder } from './cache-folder.ts'

/**
 * The headless Chromium that the package `@sparticuz/chromium` carries, unpacked once (about a second, 210 MB); null on systems it is not made for.
 * Its `env` names the libraries it needs, which come with it: a machine with nothing but Node can run it, as any user.
 */
export async function chromiumFromNpm(): Promise<{ executable: string; env: Record<string, string> } | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const manifest = JSON.parse(await readFile(join(dirname(entry), '../package.json'), 'utf8'))
  const { version } = z.object({ version: z.string() }).parse(manifest)
  const cache = await cacheFolder()
  const folder = join(cache, `chromium-${version}`)
  if (!(await exists(folder))) await unpack(entry, cache, folder)
  return { executable: join(folder, 'chromium'), env: { LD_LIBRARY_PATH: join(folder, 'al2023/lib') } }
}

/**
 * The package unpacks into the system's temporary folder, under fixed names, and takes whatever is there already, be it of another version or another
 * user: so it is given an empty one. It brings libraries only where it believes to run in AWS Lambda. Two test files may do this at a time: the
 * first to finish wins.
 */
async function unpack(entry: string, cache: string, folder: string): Promise<void> {
  await mkdir(cache, { recursive: true })
  const draft = await mkdtemp(join(cache, 'unpacking-'))
  try {
    const script = `const { default: chromium } = await import(${JSON.stringify(pathToFileURL(entry).href)}); await chromium.executablePath()`
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      env: { PATH: process.env.PATH, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    })
    for (const path of [draft, join(draft, 'chromium')]) await chmod(path, 0o755)
    await rename(draft, folder).catch(async error => {
      if (!(await exists(folder))) throw error
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
