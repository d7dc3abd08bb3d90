import { access, constants } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const modules = fileURLToPath(new URL('../../../../node_modules', import.meta.url))

/** Where the tests keep what they unpack: within `node_modules`, or where that is not this user's to write, in the user's own cache. */
export async function cacheFolder(): Promise<string> {
  return await access(modules, constants.W_OK).then(
    () => join(modules, '.cache/worksights'),
    () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'worksights'),
  )
}
