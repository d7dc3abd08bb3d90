import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { succeeds } from './commands.ts'
import { countTests } from './jest-report.ts'
import { listTests } from './list-tests.ts'
import { type Part, parts } from './parts.ts'

// What `npm test` runs, from the root of the project: the static checks, then every test this machine can run. With arguments, which go to
// jest, only the tests. The last line is `N passed, N failed`; a failed check counts as one failure.

type Building = { part: Part; done: Promise<string | null> }

const bin = (name: string) => join('node_modules/.bin', name)
const jestArguments = process.argv.slice(2)
const failures: string[] = []
const files = await listTests(jestArguments)
const wanted = parts.filter(({ tests }) => !tests || files.some(file => file.includes(tests)))

const building = await startBuilding(wanted)
if (jestArguments.length === 0) {
  await check('Types', bin('tsc'), ['--noEmit'])
  await check('Types of the web app', bin('tsc'), ['--noEmit', '-p', 'services/frontend/web'])
  await check('Types of the tests of everything', bin('tsc'), ['--noEmit', '-p', 'e2e'])
  await check('Format and lint', bin('biome'), ['check', '.'])
}
const later = building.flatMap(({ part }) => part.tests ?? [])
const missing = await provide(wanted.filter(part => !building.some(one => one.part === part)))
const leftOut = [...missing.flatMap(({ tests }) => tests ?? []), ...later]
const hasOthers = files.length === 0 || files.some(file => !leftOut.some(tests => file.includes(tests)))
const count = hasOthers ? await runJest(['/node_modules/', ...leftOut].map(pattern => `--testPathIgnorePatterns=${pattern}`)) : none()
for (const { part, done } of building) {
  const fault = await done
  if (fault !== null) {
    console.log(`✗ ${part.name}: ${fault}`)
    missing.push(part)
    continue
  }
  const more = await runJest([`--testMatch=<rootDir>/${part.tests}**/*.test.ts`])
  count.passed += more.passed
  count.failed += more.failed
}

for (const part of missing) console.log(`Not run on this machine: ${part.name}. Install ${part.install}.`)
if (process.env.CI === 'true') failures.push(...missing.map(part => `${part.name} could not run, which CI does not accept`))
for (const failure of failures) console.log(`Failed: ${failure}`)
const failed = count.failed + failures.length
console.log(`${count.passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

function none(): { passed: number; failed: number } {
  return { passed: 0, failed: 0 }
}

async function check(name: string, command: string, args: string[]): Promise<void> {
  const started = performance.now()
  const ok = await succeeds(command, args, { quiet: true })
  console.log(`${ok ? '✓' : '✗'} ${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`)
  if (!ok) failures.push(name.toLowerCase())
}

/** Begins to build what is missing and can be built here, and does not wait for it. */
async function startBuilding(wanted: Part[]): Promise<Building[]> {
  const started: Building[] = []
  for (const part of wanted) {
    if (!part.build || (await part.isAvailable())) continue
    const build = await part.build()
    if (!build) continue
    console.log(`… Building ${build.about}, beside the rest, for: ${part.name}`)
    started.push({ part, done: build.done.catch(error => String(error)) })
  }
  return started
}

/** Installs what is missing where this may be done unasked (root on Debian or Ubuntu); gives the parts that stay out. */
async function provide(wanted: Part[]): Promise<Part[]> {
  const missing: Part[] = []
  for (const part of wanted) {
    if (await part.isAvailable()) continue
    if (part.debian.length > 0 && process.getuid?.() === 0 && (await succeeds('apt-get', ['--version'], { quiet: true }))) {
      console.log(`… Installing ${part.debian.join(', ')} for: ${part.name}`)
      await installFromDebian(part.debian)
    }
    if (!(await part.isAvailable())) missing.push(part)
  }
  return missing
}

async function installFromDebian(packages: string[]): Promise<void> {
  const install = () =>
    // RUNLEVEL=1 keeps the package from starting a server of its own: the tests start theirs.
    succeeds('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
      quiet: true,
      env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    })
  if (!(await install()) && (await succeeds('apt-get', ['update'], { quiet: true }))) await install()
}

async function runJest(selection: string[]): Promise<{ passed: number; failed: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'worksights-report-'))
  const file = join(folder, 'report.json')
  try {
    await succeeds(process.execPath, [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      '--json',
      `--outputFile=${file}`,
      ...jestArguments,
      ...selection,
    ])
    return await countTests(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
