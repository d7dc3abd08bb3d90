import { readFile } from 'node:fs/promises'
import { z } from 'zod'

// What jest writes with --json (FormattedTestResults of @jest/test-result).
const report = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
})

export type Count = { passed: number; failed: number }

/** Counts a run. A file that could not even be loaded is one failure; so is a run that failed without naming a test. */
export async function countTests(file: string): Promise<Count> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return { passed: 0, failed: 1 }
  const result = report.parse(JSON.parse(text))
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites
  return { passed: result.numPassedTests, failed: result.success ? failed : Math.max(failed, 1) }
}
