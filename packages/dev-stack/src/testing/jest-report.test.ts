import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { countTests } from './jest-report.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const count = async (report: object) => {
  const file = join(folder, 'report.json')
  await writeFile(file, JSON.stringify(report))
  return await countTests(file)
}
const green = { success: true, numPassedTests: 5, numFailedTests: 0, numRuntimeErrorTestSuites: 0 }

test('a green run has no failure', async () => {
  expect(await count(green)).toEqual({ passed: 5, failed: 0 })
})

test('a test file that could not be loaded is a failure beside the failed tests', async () => {
  expect(await count({ ...green, success: false, numFailedTests: 2, numRuntimeErrorTestSuites: 1 })).toEqual({ passed: 5, failed: 3 })
})

test('a run that failed without a failed test, or left no report, is one failure', async () => {
  expect(await count({ ...green, success: false })).toEqual({ passed: 5, failed: 1 })
  expect(await countTests(join(folder, 'absent.json'))).toEqual({ passed: 0, failed: 1 })
})
