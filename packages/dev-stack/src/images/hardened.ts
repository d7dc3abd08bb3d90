import type { BuildOptions } from './build.ts'
import type { Docker } from './docker.ts'
import { referenceOf, type Target, targets } from './targets.ts'

/** As a cluster with the restricted pod security standard starts them, and stricter: nothing can be written at all. */
export const strictly = ['--read-only', '--user', '1000:1000', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges']

/** Runs in an image: tells what is there that should not be. */
const search = `
const fs = require('node:fs'), path = require('node:path'), found = []
const tools = ['sh', 'bash', 'dash', 'npm', 'npx', 'corepack', 'yarn', 'pnpm', 'apt', 'apt-get', 'dpkg', 'curl', 'wget', 'perl', 'python3']
for (const folder of ['/bin', '/sbin', '/usr/bin', '/usr/sbin', '/usr/local/bin', '/app/bin'])
  for (const tool of tools) if (fs.existsSync(path.join(folder, tool))) found.push(path.join(folder, tool))
const walk = place => {
  const { mode, uid } = fs.lstatSync(place), entry = fs.lstatSync(place)
  if (entry.isSymbolicLink()) return
  if (uid !== 0 || (mode & 0o022)) found.push(place + ' could be written')
  if (/[.]test[.][tj]s$/.test(place) && !place.includes('node_modules')) found.push(place)
  if (entry.isDirectory()) for (const name of fs.readdirSync(place)) walk(path.join(place, name))
}
walk('/app')
for (const place of ['/app', '/usr', '/etc']) {
  try { fs.writeFileSync(place + '/probe', ''); found.push(place + ' was written to') } catch {}
}
if (process.getuid() !== 1000 || process.getgid() !== 1000) found.push('runs as ' + process.getuid() + ':' + process.getgid())
console.log(JSON.stringify(found))
`

/** What is wrong with each image as it lies there, whoever starts it: writable without a read-only root, or with tools in it. */
export async function searchImages(docker: Docker, options: BuildOptions): Promise<string[]> {
  const wrong: string[] = []
  const look = async (target: Target) => {
    const output = await docker.run(['run', '--rm', '--entrypoint', 'node', referenceOf(target, options), '-e', search])
    const found: string[] = JSON.parse(output.split('\n').at(-1) ?? '[]')
    wrong.push(...found.map(what => `${target}: ${what}`))
  }
  for (const target of targets) await look(target)
  return wrong
}
