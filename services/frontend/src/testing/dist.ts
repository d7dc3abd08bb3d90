import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

export const script = `console.log(${JSON.stringify('what the app does '.repeat(200))})`

export const page = `<!doctype html><html><head><meta name="csp-nonce" content="__CSP_NONCE__" /></head><body></body></html>`

/** A folder as the build leaves one. */
export async function builtFolder(): Promise<{ folder: string; remove(): Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'frontend-'))
  const folder = join(root, 'dist')
  const files: Record<string, string | Buffer> = {
    'index.html': page,
    'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'assets/index-Ab12.js': script,
    'assets/index-Ab12.js.br': brotliCompressSync(script),
    'assets/index-Ab12.js.gz': gzipSync(script),
    'assets/small-Cd34.css': 'body{margin:0}',
    '.env': 'SECRET=hidden',
    '../outside.txt': 'hidden',
  }
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  }
  return { folder, remove: () => rm(root, { recursive: true }) }
}
