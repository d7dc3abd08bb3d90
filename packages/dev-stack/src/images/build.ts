import type { Docker } from './docker.ts'
import { referenceOf, type Target } from './targets.ts'

export type BuildOptions = {
  registry?: string | undefined
  tag: string
  /** `linux/amd64,linux/arm64`: needs buildx, and `push` where there are several. */
  platform?: string | undefined
  push?: boolean | undefined
  buildArg: readonly string[]
  secret: readonly string[]
  network?: string | undefined
}

/** The arguments by which `docker` builds one image. */
export function buildArguments(target: Target, options: BuildOptions): string[] {
  const several = options.platform !== undefined || options.push === true
  return [
    ...(several ? ['buildx', 'build'] : ['build']),
    ...['--file', 'docker/Dockerfile', '--target', target, '--tag', referenceOf(target, options)],
    ...(options.platform === undefined ? [] : ['--platform', options.platform]),
    ...(several ? [options.push ? '--push' : '--load'] : []),
    ...(options.network === undefined ? [] : ['--network', options.network]),
    ...options.buildArg.flatMap(value => ['--build-arg', value]),
    ...options.secret.flatMap(value => ['--secret', value]),
    '.',
  ]
}

export type Size = { target: Target; bytes: number; ownBytes: number }

/** How large images are, and how much of that is not Node: their layers above the first. */
export async function sizesOf(docker: Docker, targets: readonly Target[], options: BuildOptions): Promise<Size[]> {
  const sizes: Size[] = []
  for (const target of targets) {
    const reference = referenceOf(target, options)
    const bytes = Number(await docker.run(['image', 'inspect', '--format', '{{.Size}}', reference]))
    const layers = (await docker.run(['history', '--human=false', '--format', '{{.Size}}', reference])).split('\n').map(Number)
    sizes.push({ target, bytes, ownBytes: bytes - (layers.at(-1) ?? 0) })
  }
  return sizes
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`

/** As a table of Markdown, which stands in docker/README.md. */
export function sizeTable(sizes: readonly Size[]): string {
  const rows = sizes.map(({ target, bytes, ownBytes }) => `| ${target} | ${megabytes(bytes)} | ${megabytes(ownBytes)} |`)
  return ['| image | size | without Node |', '|---|---|---|', ...rows].join('\n')
}
