import { execFile, spawn } from 'node:child_process'
import { access, constants, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { setPriority, constants as system } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { cacheFolder } from './cache-folder.ts'

/** Helm 3 is what is built: on two cores it takes two thirds of the time of Helm 4. The tests take whichever is installed. */
const version = '3.22.0'
const oldest = { major: 3, minor: 16 }

/** The path of Helm 3.16 or newer: an installed one, or the one that {@link buildHelm} made; null where there is neither. */
export async function findHelm(): Promise<string | null> {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), '/usr/local/bin', '/opt/homebrew/bin']
  for (const path of [...folders, await builtFolder()].map(folder => join(folder, 'helm'))) {
    if (await isRecent(path)) return path
  }
  return null
}

/** The path of Go, or null. */
export async function findGo(): Promise<string | null> {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), '/usr/local/go/bin', '/opt/homebrew/bin']
  for (const path of folders.map(folder => join(folder, 'go'))) {
    const isThere = access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (await isThere) return path
  }
  return null
}

/** Builds Helm into the cache with Go, at the lowest priority: tests beside it should not feel it. Resolves to what went wrong, or null. */
export async function buildHelm(go: string): Promise<string | null> {
  const cache = await cacheFolder()
  await mkdir(cache, { recursive: true })
  const draft = await mkdtemp(join(cache, 'building-'))
  try {
    const child = spawn(go, ['install', '-trimpath', '-ldflags=-s -w', `helm.sh/helm/v3/cmd/helm@v${version}`], {
      cwd: draft,
      env: { ...process.env, GOBIN: draft, CGO_ENABLED: '0', GOFLAGS: '-mod=mod' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    if (child.pid !== undefined) setPriority(child.pid, system.priority.PRIORITY_LOW)
    let output = ''
    child.stderr.on('data', chunk => (output += String(chunk)))
    const code = await new Promise(resolve => {
      child.once('error', error => resolve(error.message))
      child.once('close', (code, signal) => resolve(signal ?? code))
    })
    if (code !== 0) return `go install ended with ${code}:\n${output.trim().split('\n').slice(-15).join('\n')}`
    await rename(draft, await builtFolder())
    return null
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function builtFolder(): Promise<string> {
  return join(await cacheFolder(), `helm-${version}`)
}

async function isRecent(path: string): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)(path, ['version', '--template', '{{.Version}}'], { timeout: 20_000 })
    const [, major = 0, minor = 0] = /^v(\d+)\.(\d+)/.exec(stdout)?.map(Number) ?? []
    return major > oldest.major || (major === oldest.major && minor >= oldest.minor)
  } catch {
    return false
  }
}
