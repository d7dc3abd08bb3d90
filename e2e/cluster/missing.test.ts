import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Facts, missingOf } from './missing.ts'
import { type Options, readOptions } from './options.ts'

const script = fileURLToPath(new URL('run.ts', import.meta.url))
const flags = ['--context', 'kind-worksights', '--images', 'local', '--tag', 'dev', '--namespace', 'trial']
const options = optionsOf(...flags)
const all: Facts = {
  ...{ helm: '/usr/bin/helm', kubectl: '/usr/bin/kubectl', contexts: ['kind-worksights'], server: { version: '1.34' } },
  ...{ forbidden: [], namespaceExists: false, pullConfigReadable: true },
}
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'worksights-cluster-test-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function optionsOf(...argv: string[]): Options {
  const read = readOptions(argv)
  if (!('options' in read)) throw new Error('These flags were refused.')
  return read.options
}

test('a run begins where nothing is missing', () => {
  expect(missingOf(all, options)).toEqual([])
})

test.each<[what: string, change: Partial<Facts>, told: string]>([
  ['no helm', { helm: null }, 'helm 3.16 or later'],
  ['no kubectl', { kubectl: null, contexts: [], server: null }, 'kubectl: install it'],
  ['another context', { contexts: ['production'], server: null }, 'no such context; there are production'],
  ['no context at all', { contexts: [], server: null }, 'there is none: set KUBECONFIG'],
  ['a cluster that does not answer', { server: { error: 'connection refused' } }, 'does not answer. connection refused'],
  ['a cluster that is too old', { server: { version: '1.29' } }, 'Kubernetes 1.30 or later: the cluster of kind-worksights is 1.29'],
  ['no right', { forbidden: ['create deployments.apps'] }, 'rights to create deployments.apps: ask'],
  ['a namespace that is there', { namespaceExists: true }, 'trial is there already'],
  ['a file that cannot be read', { pullConfigReadable: false }, '--pull-config'],
])('one thing is named, and what to do: %s', (_what, change, told) => {
  const missing = missingOf({ ...all, ...change }, options)
  expect(missing).toHaveLength(1)
  expect(missing[0]).toContain(told)
})

test('all that is missing is named at once', () => {
  const missing = missingOf({ ...all, helm: null, forbidden: ['create pods', 'delete namespaces'], namespaceExists: true }, options)
  expect(missing).toHaveLength(3)
  expect(missing.join()).toContain('rights to create pods, to delete namespaces: ask')
})

type Ended = { code: number; stdout: string; stderr: string }

/** The script as npm starts it, with a kubectl that only knows what `answers` says and writes down what it was asked. */
async function start(args: readonly string[], kubectl: string | null): Promise<Ended & { asked: string[] }> {
  const bin = await mkdtemp(join(folder, 'bin-'))
  const log = join(bin, 'asked')
  await writeFile(log, '')
  if (kubectl !== null) {
    await writeFile(
      join(bin, 'kubectl'),
      `#!/bin/sh\necho "$*" >> ${log}\ncase "$*" in\n${kubectl}\n*) echo "refused: $*" >&2; exit 1;;\nesac\n`,
    )
    await chmod(join(bin, 'kubectl'), 0o755)
  }
  const env = { ...process.env, PATH: bin }
  const ended = await new Promise<Ended>(resolve => {
    execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
  return { ...ended, asked: (await readFile(log, 'utf8')).split('\n').filter(Boolean) }
}

const reachable = `*"config get-contexts"*) echo kind-worksights;;
*" version "*) echo '{"serverVersion":{"major":"1","minor":"34+"}}';;
*"get namespace"*) ;;`

test('what a cluster refuses ends the run with exit code 2, and nothing was asked of it but questions', async () => {
  const { code, stderr, asked } = await start(
    flags,
    `${reachable}\n*"auth can-i delete namespaces"*) echo no; exit 1;;\n*"auth can-i"*) echo yes;;`,
  )
  expect(stderr).toContain('rights to delete namespaces: ask')
  expect(stderr).not.toContain('to create')
  expect(code).toBe(2)
  expect(asked.length).toBeGreaterThan(10)
  for (const question of asked) expect(question).toMatch(/config get-contexts|version|auth can-i|get namespace trial/)
})

test('without kubectl a run ends with exit code 2 and says where to get it', async () => {
  expect(await start(flags, null)).toMatchObject({ code: 2, stderr: expect.stringContaining('kubectl: install it') })
})

test('flags that are wrong end with exit code 2, all told at once; help with 0', async () => {
  const { code, stderr } = await start(
    ['--context', 'a', '--images', 'local', '--tag', 'latest', '--rate', '0', '--api-url', 'postgres://a'],
    null,
  )
  expect(code).toBe(2)
  for (const words of ['--tag is "latest"', '--rate is below 1', '--owner-url goes together']) expect(stderr).toContain(words)
  expect((await start(['--context', 'a'], null)).code).toBe(2)
  const help = await start(['--help'], null)
  expect(help.code).toBe(0)
  expect(help.stdout).toContain('Exit code 0')
})
