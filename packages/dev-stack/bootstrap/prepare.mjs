import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exists, fingerprint, manifests, readStamp, writeStamp } from './stamps.mjs'
import { BootstrapError, command, step } from './steps.mjs'

export const root = fileURLToPath(new URL('../../../', import.meta.url))
/** Node 24, which the workspace brings itself; the host's may be older. */
export const node = join(root, 'node_modules/.bin/node')
/** The environment in which `node` and the workspace's tools are found first. */
export const environment = { ...process.env, PATH: [join(root, 'node_modules/.bin'), process.env.PATH ?? ''].join(delimiter) }

/** Makes a clone ready to run: libraries installed, the database client generated, the web app built, each only when its sources changed. */
export async function prepare() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 20) {
    throw new BootstrapError(`Node ${process.versions.node} is too old: this needs Node 20 or newer (https://nodejs.org/en/download).`)
  }
  if (process.platform === 'win32') throw new BootstrapError('Windows is not supported as such: run this inside WSL.')
  await install()
  await generate()
  await build()
}

async function install() {
  const stamp = join(root, 'node_modules/.worksights-installed')
  const wanted = fingerprint(root, [join(root, 'pnpm-lock.yaml'), join(root, 'pnpm-workspace.yaml'), ...manifests(root)])
  if (readStamp(stamp) === wanted && exists(node)) return
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const pnpm = manifest.packageManager // "pnpm@12.x.y"
  const fresh = !exists(node)
  await step(
    { name: 'Installing libraries, Node 24 and Postgres', expect: fresh ? 'the first time: about a minute' : 'they changed' },
    () =>
      command(
        'npm',
        ['exec', '--yes', `--package=${pnpm}`, '--', 'pnpm', 'install', '--frozen-lockfile', '--config.confirmModulesPurge=false'],
        {
          cwd: root,
          advice: [
            'Libraries could not be installed. What helps most often:',
            '  - no network or a proxy: set HTTPS_PROXY, or the registry and proxy in ~/.npmrc (npm config set proxy …)',
            '  - a private registry: npm login',
            '  - "frozen-lockfile": package.json and pnpm-lock.yaml disagree; run pnpm install and commit the lock file',
            '  - a half-written node_modules: delete it and run this again',
          ].join('\n'),
        },
      ),
  )
  writeStamp(stamp, wanted)
}

async function generate() {
  const database = join(root, 'packages/database')
  const stamp = join(root, 'node_modules/.worksights-generated')
  const sources = ['prisma', 'prisma.config.ts', 'package.json'].map(name => join(database, name))
  const wanted = fingerprint(root, [...sources, join(root, 'pnpm-lock.yaml')])
  if (readStamp(stamp) === wanted && exists(join(database, 'src/generated'))) return
  await step({ name: 'Generating the database client' }, () =>
    command(join(root, 'node_modules/.bin/pnpm'), ['--filter', '@worksights/database', 'run', 'generate'], {
      cwd: root,
      env: environment,
      advice: 'The database client could not be generated from packages/database/prisma/schema.prisma.',
    }),
  )
  writeStamp(stamp, wanted)
}

async function build() {
  const frontend = join(root, 'services/frontend')
  const stamp = join(root, 'node_modules/.worksights-built')
  const sources = ['web', 'public', 'index.html', 'vite.config.ts', 'package.json'].map(name => join(frontend, name))
  const wanted = fingerprint(root, [...sources, join(root, 'packages/api-client/src'), join(root, 'pnpm-lock.yaml')])
  if (readStamp(stamp) === wanted && exists(join(frontend, 'dist/index.html'))) return
  await step({ name: 'Building the web app', expect: 'some seconds' }, () =>
    command(join(root, 'node_modules/.bin/pnpm'), ['--filter', '@worksights/frontend', 'run', 'build'], {
      cwd: root,
      env: environment,
      advice: 'The web app could not be built from services/frontend/web.',
    }),
  )
  writeStamp(stamp, wanted)
}
