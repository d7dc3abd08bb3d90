import { readFile, writeFile } from 'node:fs/promises'
import { startWholeStack } from '../harness/stack.ts'
import { exercise, scrapeUntil } from './exercise.ts'
import { rowsOf, withTable } from './table.ts'

/* Writes the table of docs/metrics.md from what a running stack tells. */

const page = new URL('../../docs/metrics.md', import.meta.url)
console.log('Starting everything and reading its metrics: about a minute.')
const stack = await startWholeStack()
try {
  await exercise(stack)
  const rows = rowsOf(await scrapeUntil(stack, scrapes => scrapes.get('resolver-worker')?.has('worksights_scheduled_runs_total') ?? false))
  await writeFile(page, withTable(await readFile(page, 'utf8'), rows))
  console.log(`docs/metrics.md tells of ${rows.length} metrics.`)
} finally {
  await stack.stop()
}
