import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser'
import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { targets } from '../../packages/dev-stack/src/images/targets.ts'
import { root } from '../handbook/markdown.ts'
import { jobsOf, readWorkflows } from './workflows.ts'

const workflows = readWorkflows()
const jobs = jobsOf(workflows)
const commands = jobs.flatMap(([, { steps }]) => steps.flatMap(({ run }) => run ?? []))
const errorsOf = (name: string, content: string) =>
  parseWorkflow({ name, content }, new NoOperationTraceWriter())
    .context.errors.getErrors()
    .map(({ message }) => message)

describe('each workflow', () => {
  test.each(workflows.map(({ file, text }) => [file, text]))('%s is what GitHub’s own parser takes', (file, text) => {
    expect(errorsOf(file, text)).toEqual([])
  })

  test('is refused by that parser where a key or a context is none', () => {
    const jobOf = (key: string, run: string) => `on: push\njobs:\n  a:\n    runs-on: x\n    ${key}: 3\n    steps:\n      - run: ${run}\n`
    expect(errorsOf('x.yml', jobOf('timeout-minutes', 'ls'))).toEqual([])
    expect(errorsOf('x.yml', jobOf('timeout-minute', 'ls'))).toHaveLength(1)
    expect(errorsOf('x.yml', jobOf('timeout-minutes', `\${{ nobody.knows }}`))).toHaveLength(1)
  })

  test.each(workflows.map(one => [one.file, one] as const))(
    '%s gives nothing away by default, ends where a command of a pipe fails, and does not run beside itself',
    (_, one) => {
      expect(one.permissions).toEqual({})
      expect(one.defaults).toEqual({ run: { shell: 'bash' } })
      expect(one.concurrency?.group).toMatch(/^[a-z]+-\$\{\{ github\.ref \}\}$/)
    },
  )

  test('has a group of its own: a called workflow that waits for its caller would wait for ever', () => {
    const groups = workflows.map(({ concurrency }) => concurrency?.group)
    expect(new Set(groups).size).toBe(workflows.length)
  })
})

describe('each job', () => {
  test.each(jobs)('%s says what it may do, and when it has taken too long', (_, job) => {
    expect(job.permissions).toBeDefined()
    // A job that calls a workflow has no time of its own: those it calls have.
    expect(job.uses !== undefined || (job['timeout-minutes'] ?? 0) > 0).toBe(true)
  })

  test('that writes is one of a release, and writes packages and its own identity only', () => {
    const writing = jobs.flatMap(([name, { permissions = {} }]) =>
      Object.entries(permissions).flatMap(([scope, right]) => (right === 'write' ? [`${name}: ${scope}`] : [])),
    )
    const allowed = ['chart/publish', 'release/chart', 'release/images'].flatMap(name => [`${name}: id-token`, `${name}: packages`])
    expect(writing.sort()).toEqual(allowed.sort())
  })

  test('leaves no token in the clone', () => {
    const clones = jobs.flatMap(([, { steps }]) => steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')))
    expect(clones.length).toBeGreaterThan(4)
    expect(clones.filter(step => step.with['persist-credentials'] !== false)).toEqual([])
  })
})

describe('actions of others', () => {
  const lines = workflows.flatMap(({ text }) => text.split('\n').filter(line => /^\s*(- )?uses:/.test(line)))

  test('are pinned to a commit, with the version beside it', () => {
    expect(lines.length).toBeGreaterThan(8)
    const pinned = /^\s*(?:- )?uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/
    const own = lines.flatMap(line => /uses: \.\/(\S+)$/.exec(line)?.[1] ?? [])
    expect(lines.filter(line => !pinned.test(line) && !/uses: \.\/\S+$/.test(line))).toEqual([])
    expect(own.filter(path => !existsSync(join(root, path)))).toEqual([])
  })

  test('are the same commit wherever they are used', () => {
    const pins = new Map<string, Set<string>>()
    for (const line of lines) {
      const [, action, rest] = /uses: ([\w/-]+)@(.+)$/.exec(line) ?? []
      if (action && rest) pins.set(action, (pins.get(action) ?? new Set()).add(rest))
    }
    expect([...pins].filter(([, versions]) => versions.size > 1)).toEqual([])
  })
})

describe('commands', () => {
  test('take nothing from an event as text of their own: that would be a way in', () => {
    expect(commands.filter(run => run.includes('${{'))).toEqual([])
  })

  test('name scripts, files and examples that are there', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
    const text = commands.join('\n')
    const named = [...text.matchAll(/\bnpm (?:run )?(test|(?<=run )[\w-]+)/g)].map(([, name = '']) => name)
    expect(named).toEqual(expect.arrayContaining(['test', 'images']))
    expect(named.filter(name => !(name in scripts))).toEqual([])
    const paths = [...text.matchAll(/(?<![\w/.])((?:e2e|docker|charts|packages)\/[\w./-]+|[A-Z]+\.md)/g)].map(([, path = '']) => path)
    expect(paths.length).toBeGreaterThan(3)
    const examples = readdirSync(join(root, 'charts/worksights-attio/examples')).filter(name => /^(?!external).*\.yaml$/.test(name))
    const linted = /for example in ([\w ]+);/
      .exec(text)?.[1]
      ?.split(' ')
      .map(name => `${name}.yaml`)
    expect(linted?.toSorted()).toEqual(examples.toSorted())
    expect(paths.filter(path => !path.endsWith('/examples/') && !existsSync(join(root, path)))).toEqual([])
  })
})

describe('a release', () => {
  const release = workflows.find(({ name }) => name === 'release')
  const images = release?.jobs.images
  const build = images?.steps.map(({ run }) => run ?? '').join('\n') ?? ''

  test('builds every image of the Dockerfile, for two architectures, under the name the chart asks for', () => {
    expect(images?.strategy?.matrix.target).toEqual([...targets])
    expect(build).toContain('--file docker/Dockerfile --target "$TARGET" --platform linux/amd64,linux/arm64')
    expect(build).toContain('/worksights-attio-$TARGET"')
  })

  test('says of each image what is in it and how it was made, and signs what was pushed and not a name that could move', () => {
    expect(build).toContain('--sbom=true --provenance=mode=max')
    expect(build).toMatch(/cosign sign --yes --recursive "\$image@\$digest"/)
    expect(
      commands
        .join('\n')
        .match(/cosign sign .*/g)
        ?.filter(command => !command.includes('@$digest')),
    ).toEqual([])
  })

  test('is tested before anything is pushed, and its chart comes after its images', () => {
    const needs = Object.fromEntries(Object.entries(release?.jobs ?? {}).map(([id, job]) => [id, job.needs]))
    expect(needs).toEqual({ version: undefined, test: 'version', images: 'test', chart: 'images' })
  })
})
