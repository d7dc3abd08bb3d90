import { mkdir, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { cacheFolder } from './cache-folder.ts'

const { resolve } = createRequire(import.meta.url)
const preferred = { 'system-ui': 'Inter', Helvetica: 'Inter', Arial: 'Inter', 'sans-serif': 'Inter', monospace: 'JetBrains Mono' }

/**
 * The environment in which a browser draws with fonts that npm brings, so that texts are as wide here as anywhere and a machine without fonts draws
 * them at all. What they lack comes from the fonts of the machine. Only Linux takes it: elsewhere there are always fonts.
 */
export async function fontSettings(): Promise<Record<string, string>> {
  if (process.platform !== 'linux') return {}
  const cache = await cacheFolder()
  const file = join(cache, 'fonts.conf')
  const folders = ['@expo-google-fonts/inter', '@expo-google-fonts/jetbrains-mono'].map(name => dirname(resolve(`${name}/package.json`)))
  await mkdir(cache, { recursive: true })
  await writeFile(`${file}.${process.pid}`, configuration(folders, join(cache, 'fonts')))
  await rename(`${file}.${process.pid}`, file)
  return { FONTCONFIG_FILE: file }
}

function configuration(folders: string[], cache: string): string {
  const prefer = ([family, font]: [string, string]) =>
    `<match target="pattern"><test name="family"><string>${family}</string></test><edit name="family" mode="prepend" binding="strong"><string>${font}</string></edit></match>`
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  ${folders.map(folder => `<dir>${folder}</dir>`).join('\n  ')}
  <cachedir>${cache}</cachedir>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  ${Object.entries(preferred).map(prefer).join('\n  ')}
</fontconfig>
`
}
