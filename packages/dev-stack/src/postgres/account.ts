import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The operating-system account Postgres runs as; null is whoever runs this process. */
export type Account = { uid: number; gid: number } | null

/** Postgres refuses to run as root, so root hands it to the owner of an existing cluster, else to `postgres`, else to `nobody`. */
export async function serverAccount(cluster: string): Promise<Account> {
  if (process.getuid?.() !== 0) return null
  const owner = await stat(cluster).catch(() => null)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  for (const name of ['postgres', 'nobody']) {
    const ids = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]).catch(() => null)
    if (ids) return { uid: Number(ids[0].stdout), gid: Number(ids[1].stdout) }
  }
  throw new Error(
    'Postgres refuses to run as root, and there is no user "postgres" or "nobody" to run it as. Create one (useradd --system postgres) or start as an ordinary user.',
  )
}

/** Whether the account may pass through every folder above `path` (root's own home usually bars everyone else). */
export async function canReach(path: string, account: Account): Promise<boolean> {
  if (!account) return true
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder)
    const pass = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if (!(mode & pass)) return false
    if (folder === dirname(folder)) return true
  }
}
