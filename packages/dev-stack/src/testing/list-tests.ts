import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** The test files that jest would run with these arguments; none where it cannot say, so that the run itself tells what is wrong. */
export async function listTests(jestArguments: string[]): Promise<string[]> {
  const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js', '--listTests']
  const listing = promisify(execFile)(process.execPath, [...args, ...jestArguments], { maxBuffer: 16 * 1024 * 1024 })
  const output = await listing.then(
    ({ stdout }) => stdout,
    () => '',
  )
  return output.split('\n').filter(Boolean)
}
