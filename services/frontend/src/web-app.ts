import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const placeholder = '__CSP_NONCE__'

/** The built app: files to be served as they are, and its one page. */
export type WebApp = {
  folder: string
  /** The page for one answer, whose style elements carry `nonce`. */
  page(nonce: string): string
}

/** Reads the page of the app built into `folder`. Where there is none, or none that takes a nonce, rejects with words for whoever deploys it. */
export async function openWebApp(folder: string): Promise<WebApp> {
  const file = join(folder, 'index.html')
  const html = await readFile(file, 'utf8').catch(error => {
    const advice = 'Build it and start again: npx pnpm --filter @worksights/frontend run build'
    throw new Error(`The web app is not built: ${file} cannot be read. ${advice}`, { cause: error })
  })
  const parts = html.split(placeholder)
  if (parts.length < 2) {
    throw new Error(`${file} has no place for the nonce of its styles, which would stay without effect: it must contain ${placeholder}.`)
  }
  return { folder, page: nonce => parts.join(nonce) }
}
