import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The commands of a chapter (`## title`) of the page on backups, one text a block, as an operator would paste them. */
export async function commandsOf(title: string): Promise<string[]> {
  const page = await readFile(join(root, 'docs/backup-and-restore.md'), 'utf8')
  const chapter = page.split(/^## /m).find(text => text.startsWith(`${title}\n`))
  if (!chapter) throw new Error(`There is no chapter "${title}".`)
  return [...chapter.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text)
}

export type Shell = {
  /** A folder of its own, for what commands leave behind. */
  folder: string
  /** Runs a text with these variables and no others, stopping at the first command that fails; gives what it wrote, or throws with it. */
  run(text: string, variables: Record<string, string>): Promise<string>
  close(): Promise<void>
}

/** A shell that finds the clients in `folder` first, and `worksights`. */
export async function openShell(clients: string): Promise<Shell> {
  const folder = await mkdtemp(join(tmpdir(), 'worksights-backup-'))
  const command = `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'packages/operations/src/cli.ts')}' "$@"\n`
  await writeFile(join(folder, 'worksights'), command, { mode: 0o755 })
  const path = [folder, clients, process.env.PATH ?? ''].join(delimiter)
  return {
    folder,
    run: (text, variables) =>
      new Promise((resolve, reject) => {
        execFile('/bin/sh', ['-euc', text], { cwd: folder, env: { ...variables, PATH: path } }, (error, stdout, stderr) => {
          if (error) reject(new Error(`${text}\nended with ${error.code}:\n${stdout}${stderr}`))
          else resolve(stdout + stderr)
        })
      }),
    close: () => rm(folder, { recursive: true }),
  }
}
