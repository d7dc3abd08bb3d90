import { cp, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Copies the built web app to `folder` and gives that; undefined where it was not built. A build replaces every file, so a stack that goes on while
 * somebody builds (every `npm test` does, once something changed) would serve a page whose scripts are gone.
 */
export async function copyWebApp(built: string, folder: string): Promise<string | undefined> {
  await rm(folder, { recursive: true, force: true })
  if (!(await stat(join(built, 'index.html')).catch(() => null))) return undefined
  await cp(built, folder, { recursive: true })
  return folder
}
